/// Writes the tables of an answer.
struct BenchmarkWriter {
  private let shape: BenchmarkShape
  private let longSteps: [LongStep]
  private var cellRevenue: [Int128]
  private var ownerRevenue: [Int128]
  private var spend: [Int128]

  init(_ shape: BenchmarkShape, _ longSteps: [LongStep]) {
    self.shape = shape
    self.longSteps = longSteps
    cellRevenue = Array(repeating: 0, count: shape.cellCount)
    ownerRevenue = Array(repeating: 0, count: shape.names.owners.count)
    spend = Array(repeating: 0, count: shape.channels.count * shape.cohorts.starts.count)
  }

  private var names: BenchmarkNames { shape.names }
  private var channels: Range<Int> { shape.channels }
  private var cohorts: BenchmarkCohorts { shape.cohorts }

  private static let counts =
    "leads,n1,n2,n3,n4,n5,n6,p1,p2,p3,p4,p5,n34,n56,rev"
  private static let quantiles = "won_p50,won_p90,touched,ft_p50,in1bh"

  private var isSorted: Bool {
    !(names.channels.hasComma || names.segments.hasComma || names.owners.hasComma)
      && longSteps.isEmpty
      // Only years of four digits follow one another as their texts do.
      && cohorts.starts.allSatisfy { (-719_528..<2_932_897).contains($0.dayNumber) }
  }

  mutating func add(
    revenue: Int128,
    _ channel: Int,
    _ segment: Int,
    _ owner: Int,
    _ day: Int32
  ) {
    let pair = (channel - channels.lowerBound) * names.segments.count + segment
    cellRevenue[pair * cohorts.starts.count + cohorts.number(of: day)] += revenue
    ownerRevenue[owner] += revenue
  }

  mutating func add(spend amount: Int64, _ channel: Int, _ cohort: Int) {
    spend[(channel - channels.lowerBound) * cohorts.starts.count + cohort] += Int128(amount)
  }

  /// One line a channel, segment and cohort with leads.
  func cells(
    _ counts: [BenchmarkCounts],
    _ quantiles: [BenchmarkValues.Quantiles]
  ) -> [UInt8] {
    var text = BenchmarkText(
      header: "channel,segment,cohort,\(Self.counts),spend,\(Self.quantiles)",
      isSorted: isSorted,
      capacity: counts.count * 160 + 256
    )
    let (segments, cohortCount) = (names.segments.count, cohorts.starts.count)
    let dates = cohorts.starts.map { Array($0.description.utf8) }
    for channel in 0..<channels.count {
      let leads = (0..<cohortCount).map { cohort in
        (0..<segments).reduce(0) { sum, segment in
          sum + counts[(channel * segments + segment) * cohortCount + cohort].leads
        }
      }
      for segment in 0..<segments {
        for cohort in 0..<cohortCount {
          let cell = (channel * segments + segment) * cohortCount + cohort
          guard counts[cell].leads > 0 else { continue }
          text.begin(names.channels.names[channels.lowerBound + channel])
          text.add(names.segments.names[segment])
          text.add(dates[cohort])
          add(counts[cell], cellRevenue[cell], &text)
          text.add(
            Self.floored(
              spend[channel * cohortCount + cohort] * Int128(counts[cell].leads),
              Int128(leads[cohort])
            )
          )
          add(counts[cell], quantiles[cell], &text)
          text.end()
        }
      }
    }
    return text.finished()
  }

  /// One line an owner with leads.
  func owners(
    _ counts: [BenchmarkCounts],
    _ quantiles: [BenchmarkValues.Quantiles]
  ) -> [UInt8] {
    var text = BenchmarkText(
      header: "owner,\(Self.counts),\(Self.quantiles)",
      isSorted: isSorted,
      capacity: counts.count * 160 + 256
    )
    for (owner, counts) in counts.enumerated() where counts.leads > 0 {
      text.begin(names.owners.names[owner])
      add(counts, ownerRevenue[owner], &text)
      add(counts, quantiles[owner], &text)
      text.end()
    }
    return text.finished()
  }

  private func add(
    _ counts: BenchmarkCounts,
    _ revenue: Int128,
    _ text: inout BenchmarkText
  ) {
    text.add(counts.leads)
    for step in 0..<6 { text.add(counts.reached[step]) }
    for step in 0..<5 { text.add(counts.passed[step]) }
    text.add(counts.shown)
    text.add(counts.closed)
    text.add(revenue)
  }

  private func add(
    _ counts: BenchmarkCounts,
    _ quantiles: BenchmarkValues.Quantiles,
    _ text: inout BenchmarkText
  ) {
    text.add(quantiles.wonMedian)
    text.add(quantiles.wonNinth)
    text.add(counts.touched)
    text.add(quantiles.touchMedian)
    text.add(counts.prompt)
  }

  private static func floored(_ number: Int128, _ divisor: Int128) -> Int128 {
    let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }

  /// One line a channel, step and number of days in which something ended.
  func outcomes(_ counts: [UInt32]) -> [UInt8] {
    var text = BenchmarkText(
      header: "channel,stage,lag,next,lost,recycled,censored",
      isSorted: isSorted,
      capacity: counts.count / 4 * 32 + 256
    )
    let stride = shape.outcomeStride
    let order = Self.textOrder(below: shape.lagCount)
    let days = order.map { Array("\($0)".utf8) }
    for channel in 0..<channels.count {
      let name = names.channels.names[channels.lowerBound + channel]
      for step in 0..<BenchmarkAsk.stepCount {
        let base = (channel * BenchmarkAsk.stepCount + step) * stride
        for (lag, day) in zip(order, days) {
          let place = base + lag * 4
          guard counts[place] | counts[place + 1] | counts[place + 2] | counts[place + 3] != 0
          else { continue }
          text.begin(name)
          text.add(step)
          text.add(day)
          for outcome in 0..<4 { text.add(Int(counts[place + outcome])) }
          text.end()
        }
      }
    }
    addLongSteps(&text)
    return text.finished()
  }

  /// Steps of many years, which no table has room for.
  private func addLongSteps(_ text: inout BenchmarkText) {
    var counts: [LongStep: [Int]] = [:]
    for step in longSteps where channels.contains(step.channel) {
      var key = step
      key.outcome = 0
      counts[key, default: [0, 0, 0, 0]][step.outcome] += 1
    }
    for (step, outcomes) in counts {
      text.begin(names.channels.names[step.channel])
      text.add(step.step)
      text.add(step.days)
      for count in outcomes { text.add(count) }
      text.end()
    }
  }

  /// The numbers from 0 on in the order of their decimal digits: 0, 1, 10, 100, 101, …, 2, 20.
  static func textOrder(below count: Int) -> [Int] {
    var order: [Int] = count > 0 ? [0] : []
    order.reserveCapacity(count)
    func visit(_ number: Int) {
      guard number < count else { return }
      order.append(number)
      for digit in 0..<10 { visit(number * 10 + digit) }
    }
    for digit in 1..<10 { visit(digit) }
    return order
  }
}
