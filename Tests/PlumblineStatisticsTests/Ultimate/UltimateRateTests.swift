import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Ultimate rate` {
  private func counts(
    _ converted: [Int: Int],
    exited: [Int: Int] = [:],
    open: [Int: Int] = [:]
  ) -> LagCounts {
    var counts = LagCounts()
    for (day, count) in converted { counts.add(.converted, lagInDays: day, count: count) }
    for (day, count) in exited { counts.add(.exited, lagInDays: day, count: count) }
    for (day, count) in open { counts.add(.open, lagInDays: day, count: count) }
    return counts
  }

  /// Fifty conversions spread over four weeks, a hundred exits over six, the rest open for long.
  private var ordinary: LagCounts {
    var counts = LagCounts()
    for day in 0..<28 { counts.add(.converted, lagInDays: day, count: day < 22 ? 2 : 1) }
    for day in 0..<42 { counts.add(.exited, lagInDays: day, count: day < 16 ? 3 : 2) }
    counts.add(.open, lagInDays: 150, count: 100)
    return counts
  }

  private func codes(_ rate: UltimateRate?) -> [String]? { rate?.reservations.map(\.code) }

  @Test func `nobody converted, no rate`() {
    #expect(UltimateRate(LagCounts()) == nil)
    #expect(UltimateRate(counts([:], exited: [3: 40], open: [9: 60])) == nil)
    #expect(UltimateRate(counts([:], open: [9: 60]), exits: .stillOpen) == nil)
    #expect(UltimateRate(ordinary, families: []) == nil)
  }

  /// Odd data give an answer with finite shares that add up, and it is not reported.
  @Test(
    arguments: [
      ("one conversion", [3: 1], [:], [:]),
      ("one conversion, others open", [3: 1], [:], [10: 50]),
      ("one conversion, others gone", [3: 1], [5: 40], [:]),
      ("one conversion in the open-ended bucket", [800: 1], [2: 3], [900: 3]),
      ("ten in one day", [0: 10], [0: 10], [0: 10]),
      ("very young", [0: 2, 1: 1], [0: 5, 1: 4, 2: 4], [0: 80, 1: 90, 2: 80]),
      ("a million open", [3: 20], [4: 9], [2: 1_000_000]),
    ] as [(String, [Int: Int], [Int: Int], [Int: Int])]
  )
  func `odd data are answered and not reported`(
    name: String,
    converted: [Int: Int],
    exited: [Int: Int],
    open: [Int: Int]
  ) throws {
    let counts = counts(converted, exited: exited, open: open)
    for treatment in [UltimateRate.ExitTreatment.modelled, .stillOpen] {
      let rate = try #require(UltimateRate(counts, exits: treatment))
      let shares = rate.shares
      #expect(agree(shares.converts + shares.exits + shares.neither, 1))
      #expect([shares.converts, shares.exits, shares.neither].allSatisfy { (0...1).contains($0) })
      let areFinite = rate.logLikelihoods.values.allSatisfy { $0.isFinite }
      #expect(areFinite)
      #expect(rate.lower.map { $0 <= rate.rate + 1e-9 } ?? true)
      #expect(rate.upper.map { $0 >= rate.rate - 1e-9 } ?? true)
      let conversions = counts.total(.converted)
      #expect(rate.reservations.first == .tooFewConversions(have: conversions, need: 30))
    }
  }

  @Test func `everybody converted`() throws {
    var all = LagCounts()
    for day in 0..<14 { all.add(.converted, lagInDays: day, count: 5) }
    let rate = try #require(UltimateRate(all))
    #expect(rate.rate > 0.99)
    #expect(rate.lower.map { $0 > 0.93 } == true)
    #expect(rate.shares.exits == 0)
    // Where all have converted nothing is too high.
    #expect(rate.upper == nil)
    #expect(codes(rate) == ["interval_too_wide"])
  }

  @Test func `nobody is open`() throws {
    let closed = counts(
      [2: 20, 5: 20, 9: 15, 16: 5],
      exited: [1: 30, 4: 30, 12: 40, 40: 40]
    )
    let rate = try #require(UltimateRate(closed))
    #expect(agree(rate.rate, 0.3, absolute: 0.005))
    #expect(agree(rate.shares.exits, 0.7, absolute: 0.01))
    // As wide as the interval of a plain proportion, 60 of 200.
    let plain = ConfidenceInterval.wilson(successes: 60, trials: 200)
    #expect(agree(rate.lower, plain.lower, absolute: 0.005))
    #expect(agree(rate.upper, plain.upper, absolute: 0.005))
  }

  @Test func `an ordinary group is reported`() throws {
    let rate = try #require(UltimateRate(ordinary))
    #expect(rate.reservations == [])
    #expect(!rate.isShapeBorrowed)
    #expect(rate.rate > 0.18 && rate.rate < 0.22)
    #expect(rate.lower.map { $0 < rate.rate } == true)
    #expect(rate.upper.map { $0 > rate.rate } == true)
    #expect(rate.converted(byDay: 0) == 0)
    #expect(agree(rate.converted(byDay: 1e9), rate.rate))
  }

  @Test func `names every reason not to report`() throws {
    let few = counts([2: 3, 5: 4, 9: 3], exited: [3: 20, 9: 20], open: [100: 50])
    #expect(codes(UltimateRate(few)) == ["too_few_conversions", "interval_too_wide"])

    // Conversions keep coming as often as ever when the data end.
    var young = LagCounts()
    for day in 0..<14 {
      young.add(.converted, lagInDays: day, count: 4)
      young.add(.open, lagInDays: day, count: 60)
    }
    let early = try #require(UltimateRate(young))
    #expect(codes(early) == ["interval_too_wide", "follow_up_too_short"])
    #expect(early.upper == nil)

    // Two waves of conversions, which no single hump can follow.
    let waves = counts(
      [1: 150, 2: 150, 60: 150, 62: 150],
      exited: [30: 100],
      open: [400: 400]
    )
    let rough = try #require(UltimateRate(waves))
    #expect(codes(rough) == ["poor_fit"])
    if case .poorFit(let share, let need) = rough.reservations.last {
      #expect(share < need && need == 0.9)
    }
  }

  @Test func `agrees with an independent search`() throws {
    let table = try ReferenceTable("ultimate")
    #expect(table.rows.count == 10)
    for row in table.rows {
      let isCure = row.text("method") == "ultimate_cure"
      let family = try #require(LagFamily(rawValue: row.text("family")))
      let rate = try #require(
        UltimateRate(
          LagCounts(
            converted: row.integers("converted"),
            exited: isCure ? Array(repeating: 0, count: 59) : row.integers("exited"),
            open: row.integers("open")
          ),
          exits: isCure ? .stillOpen : .modelled,
          families: isCure ? [family] : LagFamily.allCases
        )
      )
      #expect(rate.family == family)
      #expect(agree(rate.rate, row.number("converts"), absolute: 2e-4), "\(row)")
      for (end, column) in [(rate.lower, "lower"), (rate.upper, "upper")] {
        if row.text(column).isEmpty {
          #expect(end == nil, "\(row)")
        } else {
          #expect(agree(end, row.number(column), absolute: 2e-4), "\(row)")
        }
      }
      if isCure { continue }
      #expect(agree(rate.shares.exits, row.number("exits"), absolute: 2e-4), "\(row)")
      for family in LagFamily.allCases {
        let expected = row.number(family.rawValue)
        #expect(agree(rate.logLikelihoods[family], expected, absolute: 1e-4), "\(row)")
      }
    }
  }

  @Test func `exits that count as open pull the cure model's rate up`() throws {
    let modelled = try #require(UltimateRate(ordinary))
    let cure = try #require(UltimateRate(ordinary, exits: .stillOpen))
    #expect(cure.shares.exits == 0)
    #expect(cure.shape.exit == nil)
    #expect(cure.rate > modelled.rate + 0.03)
  }
}

@Suite struct `Ultimate rate with borrowed waits` {
  private func group(_ converted: Int, _ exited: Int, _ open: Int) -> LagCounts {
    var counts = LagCounts()
    for index in 0..<converted { counts.add(.converted, lagInDays: (index * 7 + 2) % 40) }
    for index in 0..<exited { counts.add(.exited, lagInDays: (index * 5 + 1) % 50) }
    counts.add(.open, lagInDays: 90, count: open)
    return counts
  }

  @Test func `no groups, no rates`() {
    #expect(UltimateRate.estimates([]).isEmpty)
    #expect(UltimateRate.estimates([LagCounts(), group(0, 9, 9)]).allSatisfy { $0 == nil })
  }

  @Test func `few conversions take the waits of all and keep their own share`() throws {
    let groups = [group(80, 200, 120), group(12, 20, 20), group(29, 10, 10), group(30, 10, 10)]
    let rates = UltimateRate.estimates(groups)
    #expect(rates.map { $0?.isShapeBorrowed } == [false, true, true, false])
    let small = try #require(rates[1])
    let pooled = try #require(UltimateRate(groups.dropFirst().reduce(groups[0], +)))
    #expect(small.shape == pooled.shape)
    #expect(small.conversionsBehindShape == 151)
    #expect(agree(small.rate, 12 / 52.0, absolute: 0.02))
    #expect(small.reservations.first != .tooFewConversions(have: 12, need: 30))
  }

  @Test func `a group in which nobody converted gets an upper end but is not reported`() throws {
    let rates = UltimateRate.estimates([group(80, 200, 120), group(0, 30, 20), LagCounts()])
    let none = try #require(rates[1])
    #expect(none.rate < 0.001)
    #expect(none.lower == nil)
    #expect(none.upper.map { $0 < 0.1 } == true)
    #expect(none.reservations.map(\.code) == ["interval_too_wide"])
    #expect(rates[2] == nil)
  }

  @Test func `borrowing from few is said`() throws {
    let rates = UltimateRate.estimates([group(9, 30, 20), group(8, 30, 20)])
    for rate in rates {
      #expect(rate?.reservations.first == .tooFewConversions(have: 17, need: 30))
    }
  }

  /// A borrowed interval is narrower: it need not find the waits itself.
  @Test func `borrowing narrows the interval of a young group`() throws {
    var young = LagCounts()
    for day in 0..<12 { young.add(.converted, lagInDays: day, count: 1) }
    for day in 0..<14 { young.add(.exited, lagInDays: day, count: 2) }
    for day in 0..<14 { young.add(.open, lagInDays: day, count: 6) }
    let own = try #require(UltimateRate(young))
    let borrowed = try #require(UltimateRate.estimates([group(80, 200, 120), young])[1])
    let (lower, upper) = (try #require(borrowed.lower), try #require(borrowed.upper))
    let width = upper - lower
    #expect(own.upper.map { $0 - (own.lower ?? 0) > 1.5 * width } ?? true)
  }
}

/// 600 leads over 40 weeks of which 22 % convert and 66 % leave in the end.
@Suite struct `Ultimate rate recovery` {
  private static let truth = 0.22

  private static func company(_ generator: inout SeededGenerator) -> LagCounts {
    // Weibull waits are powers of exponential ones.
    func wait(_ scale: Double, _ power: Double) -> Double {
      var square = generator.exponential(mean: 1)
      if power == 0.5 { square = square.squareRoot() }
      return scale * square
    }
    var counts = LagCounts()
    for _ in 0..<600 {
      let age = generator.uniform() * 280
      let draw = generator.uniform()
      let outcome: LagOutcome = draw < truth ? .converted : draw < 0.88 ? .exited : .open
      let time = outcome == .converted ? wait(45, 0.5) : wait(30, 1)
      if outcome == .open || time >= age {
        counts.add(.open, lagInDays: Int(age))
      } else {
        counts.add(outcome, lagInDays: Int(time))
      }
    }
    return counts
  }

  @Test func `finds the truth on average and within its intervals`() throws {
    var generator = SeededGenerator(seed: 22)
    let worlds = 40
    var (sum, covered, reported) = (0.0, 0, 0)
    for _ in 0..<worlds {
      let rate = try #require(UltimateRate(Self.company(&generator)))
      sum += rate.rate
      if (rate.lower ?? 0) <= Self.truth && Self.truth <= (rate.upper ?? 1) { covered += 1 }
      if rate.reservations.isEmpty { reported += 1 }
    }
    // The standard error of the mean of 40 is 0.003.
    #expect(agree(sum / Double(worlds), Self.truth, absolute: 0.009), "\(sum / Double(worlds))")
    // 38 expected; chance alone moves it by 1.4.
    #expect(covered >= 34, "\(covered)")
    #expect(reported >= 30, "\(reported)")
  }
}
