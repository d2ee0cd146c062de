import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

struct FunnelBenchmarkTests {
  private static let base = BenchmarkCompany.exportSecond

  private func text(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(
      separator: "\n",
      omittingEmptySubsequences: false
    ).map(String.init)
  }

  @Test func `answers nothing with headers`() throws {
    let tables = try BenchmarkExport(leads: []).answer(BenchmarkAsk("base"), before: Self.base)
    #expect(text(tables.outcomes) == ["channel,stage,lag,next,lost,recycled,censored", "", ""])
    #expect(text(tables.cells).count == 3)
    #expect(text(tables.owners).count == 3)
  }

  @Test func `answers nothing of a channel that nobody has`() throws {
    let export = BenchmarkExport(leads: [["1", "2025-06-02 09:00:00", "a", "c", "s", "o"]])
    for channel in ["b", "A", ""] {
      let tables = try export.answer(BenchmarkAsk("x", channel: channel), before: Self.base)
      #expect(text(tables.owners).count == 3)
    }
  }

  /// Three leads of one channel, worked out by hand.
  ///
  /// Monday 2 June 2025, 09:00, is when two of them were created.
  /// 1: MQL after an hour, SQL on the 4th, recycled on the 5th, meeting booked skipped, showed on
  /// the 10th, won on the 12th; called at 10:00:00 sharp, one business hour later.
  /// 2: MQL before it existed, so only its second one on the 3rd counts; lost on the 20th; called
  /// the day after at 10:00:01, more than an hour; a mail by a machine comes earlier.
  /// 3: nothing but a note; created on Saturday, mailed on Monday at 9:30: half an hour.
  /// 4: created in the second that no longer counts.
  private static let small = BenchmarkExport(
    leads: [
      ["1", "2025-06-02 09:00:00", "mail", "c", "smb", "ann"],
      ["2", "2025-06-02 09:00:00", "mail", "c", "mid", ""],
      ["3", "2025-06-07 12:00:00", "mail", "c", "smb", "ann"],
      ["4", "2025-07-01 00:00:00", "mail", "c", "smb", "bob"],
    ],
    events: [
      ["1", "mql", "2025-06-02 10:00:00"], ["1", "sql", "2025-06-04 09:00:00"],
      ["1", "recycled", "2025-06-05 09:00:00"], ["1", "showed", "2025-06-10 09:00:00"],
      ["1", "won", "2025-06-12 09:00:00"], ["1", "won", "2025-06-12 09:00:00"],
      ["2", "mql", "2025-06-01 09:00:00"], ["2", "mql", "2025-06-03 09:00:00"],
      ["2", "lost", "2025-06-20 09:00:00"], ["2", "sql", "2025-07-01 00:00:00"],
      ["9", "mql", "2025-06-03 09:00:00"],
    ],
    touches: [
      ["1", "call", "2025-06-02 10:00:00", "ann"], ["1", "call", "2025-06-02 08:00:00", "ann"],
      ["2", "email", "2025-06-02 09:10:00", "automation"],
      ["2", "call", "2025-06-02 10:00:01", "bob"],
      ["3", "note", "2025-06-07 12:10:00", "ann"], ["3", "email", "2025-06-09 09:30:00", "ann"],
    ],
    deals: [
      ["1", "100.00", "EUR", "2025-06-12 09:00:00", "true"],
      ["1", "50.01", "GBP", "2025-06-30 23:59:59", "true"],
      ["1", "70.00", "USD", "2025-07-01 00:00:00", "true"],
      ["2", "10.00", "USD", "2025-06-20 09:00:00", "false"], ["3", "10.00", "USD", "", ""],
      ["9", "10.00", "USD", "2025-06-12 09:00:00", "true"],
    ],
    spend: [
      ["mail", "2025-06-01", "100.00"], ["mail", "2025-06-30", "1.00"],
      ["mail", "2025-07-01", "5.00"], ["mail", "2025-05-31", "7.00"],
      ["web", "2025-06-03", "9.00"],
    ]
  )

  @Test(arguments: 1...3)
  func `agrees with what was worked out by hand`(threads: Int) throws {
    let tables = try Self.small.answer(BenchmarkAsk("base"), before: Self.base, threads: threads)
    // 100.00 EUR are 108.00 USD, 50.01 GBP are 63.5127: 1,715,127 ten-thousandths. Spend: 101.00 of
    // June over three leads.
    #expect(
      text(tables.cells).dropFirst() == [
        "mail,mid,2025-06-01,1,1,0,0,0,0,0,1,0,0,0,0,0,0,0,3366,,,1,3601,0",
        "mail,smb,2025-06-01,2,1,1,0,1,0,1,1,1,1,1,1,0,0,1715127,6733,864000,864000,2,3600,2", "",
      ]
    )
    #expect(
      text(tables.owners).dropFirst() == [
        ",1,1,0,0,0,0,0,1,0,0,0,0,0,0,0,,,1,3601,0",
        "ann,2,1,1,0,1,0,1,1,1,1,1,1,0,0,1715127,864000,864000,2,3600,2", "",
      ]
    )
    // Lead 1: to MQL within a day, to SQL after 47 hours, recycled after a day, won after two.
    // Lead 2: to MQL after a day, lost after 17. Lead 3: still there after 23 days and a half.
    #expect(
      text(tables.outcomes).dropFirst() == [
        "mail,0,0,1,0,0,0", "mail,0,1,1,0,0,0", "mail,0,23,0,0,0,1", "mail,1,1,1,0,0,0",
        "mail,1,17,0,1,0,0", "mail,2,1,0,0,1,0", "mail,4,2,1,0,0,0", "",
      ]
    )
  }

  @Test func `counts an MQL only when sales accepts it within 30 days`() throws {
    func reached(_ events: [[String]]) throws -> String {
      let export = BenchmarkExport(
        leads: [["1", "2025-01-01 00:00:00", "a", "c", "s", "o"]],
        events: events
      )
      let tables = try export.answer(BenchmarkAsk("redef", isConfirmed: true), before: Self.base)
      return text(tables.owners)[1].split(separator: ",")[2...3].joined(separator: ",")
    }
    #expect(try reached([["1", "mql", "2025-01-02 00:00:00"]]) == "0,0")
    let mql = ["1", "mql", "2025-01-02 00:00:00"]
    #expect(try reached([mql, ["1", "sql", "2025-02-01 00:00:00"]]) == "1,1")
    #expect(try reached([mql, ["1", "sql", "2025-02-01 00:00:01"]]) == "0,1")
    #expect(try reached([mql, ["1", "sql", "2025-01-02 00:00:00"]]) == "1,1")
    #expect(try reached([mql, ["1", "sql", "2025-01-01 23:59:59"]]) == "0,1")
  }

  @Test func `keeps steps of a lifetime and leads before 1970`() throws {
    let export = BenchmarkExport(
      leads: [
        ["1", "1960-02-29 00:00:00", "a", "c", "s", "o"],
        ["2", "1960-03-01 00:00:00", "a", "c", "s", "o"],
        ["3", "1969-12-31 23:59:59", "a", "c", "s", ""],
      ],
      events: [["2", "lost", "2025-06-30 00:00:00"]],
      touches: [["3", "call", "1970-01-01 00:00:00", "o"]],
      spend: [["a", "1960-03-09", "1.00"]]
    )
    for ask in [BenchmarkAsk("base"), BenchmarkAsk("weekly", grain: .week)] {
      let plain = PlainBenchmark(export: export, end: Self.base).answer(ask)
      #expect(text(try export.answer(ask, before: Self.base).cells) == text(plain.cells))
      #expect(text(try export.answer(ask, before: Self.base).outcomes) == text(plain.outcomes))
    }
  }

  @Test func `sorts lines whatever names have in them`() throws {
    let names = ["a", "a,b", "a,0", "a!", "ab", "", "é", "a,0,1", "Z"]
    var random = SeededGenerator(seed: 5)
    let export = BenchmarkExport(
      leads: (0..<60).map { number in
        let name = names[random.integer(below: names.count)]
        let day = String("0\(1 + random.integer(below: 28))".suffix(2))
        return ["\(number)", "2025-0\(1 + number % 6)-\(day) 00:00:00", name, "c", "s", name]
      }
    )
    let ask = BenchmarkAsk("base")
    let tables = try export.answer(ask, before: Self.base)
    let plain = PlainBenchmark(export: export, end: Self.base).answer(ask)
    #expect(text(tables.outcomes) == text(plain.outcomes))
    #expect(text(tables.owners) == text(plain.owners))
  }

  @Test(arguments: [1, 2, 40, 250], UInt64(0)..<2)
  func `agrees with the plain reading of any company`(leads: Int, seed: UInt64) throws {
    let company = BenchmarkCompany(leads: leads, seed: seed)
    let weekly = BenchmarkAsk("weekly", grain: .week, isConfirmed: true)
    for (asks, end, withDelta) in [
      (BenchmarkAsk.all.dropLast(), Self.base, false),
      ([BenchmarkAsk("delta")], BenchmarkCompany.deltaSecond, true),
      ([weekly], Self.base - 40 * 86_400, true),
    ] {
      let export = BenchmarkExport(company, withDelta: withDelta)
      let history = export.history(before: end)
      let plain = PlainBenchmark(export: export, end: end)
      for ask in asks {
        let expected = plain.answer(ask)
        let journeys = Journeys(history, rule: ask.rule)
        let tables = try FunnelBenchmark(history, journeys).answer(ask)
        #expect(text(tables.cells) == text(expected.cells), "\(ask.name)")
        #expect(text(tables.owners) == text(expected.owners), "\(ask.name)")
        #expect(text(tables.outcomes) == text(expected.outcomes), "\(ask.name)")
      }
    }
  }

  @Test func `does not depend on the number of threads`() throws {
    let export = BenchmarkExport(BenchmarkCompany(leads: 40, seed: 9))
    let history = export.history(before: Self.base)
    for ask in BenchmarkAsk.all.prefix(2) {
      let journeys = Journeys(history, rule: ask.rule)
      let one = try FunnelBenchmark(history, journeys, threads: 1).answer(ask, threads: 1)
      for threads in [2, 3, 50] {
        let prepared = try FunnelBenchmark(history, journeys, threads: threads)
        #expect(prepared.answer(ask, threads: threads) == one)
        #expect(prepared.answer(ask, threads: 1) == one)
      }
    }
  }

  @Test func `does not depend on where its parts begin`() throws {
    let history = BenchmarkExport(BenchmarkCompany(leads: 40, seed: 9)).history(before: Self.base)
    for ask in BenchmarkAsk.all.prefix(3) {
      let journeys = Journeys(history, rule: ask.rule)
      let count = journeys.leads.count
      let whole = try FunnelBenchmark(history, journeys, threads: 1).answer(ask)
      for onlyAsk in [nil, ask] {
        let preparation = FunnelBenchmark.Preparation(history.texts, for: onlyAsk)
        for bounds in [[0, 0, 1, count], [0, 7, 7, 8, count, count], [0, count - 1, count]] {
          let parts = try zip(bounds, bounds.dropFirst()).enumerated().map { place, ends in
            try preparation.part(history, journeys, rows: ends.0..<ends.1, isFirst: place == 0)
          }
          #expect(FunnelBenchmark(preparation, parts).answer(ask) == whole)
        }
      }
    }
  }

  @Test(arguments: [
    Agreement(path: Array(Stage.defaultPath.dropLast())), Agreement(detours: [Stage(id: "lost")]),
    Agreement(detours: []),
  ])
  func `refuses another path and other detours`(agreement: Agreement) throws {
    let history = FactBuilder().history(agreement)
    let journeys = Journeys(history, rule: BenchmarkAsk("base").rule)
    #expect(throws: InputError.self) { try FunnelBenchmark(history, journeys) }
  }

  @Test func `counts working hours of any calendar`() throws {
    let export = BenchmarkExport(BenchmarkCompany(leads: 100, seed: 3))
    // A holiday long ago changes nothing, but has the clock of calendars at work.
    let usual = WorkingTime.usual
    let holidays = WorkingTime(
      weekdays: usual.weekdays,
      shifts: usual.shifts,
      holidays: [CivilDate(dayNumber: 0)]
    )
    let ask = BenchmarkAsk("base")
    let quick = try export.answer(ask, before: Self.base)
    let slow = try export.answer(
      ask,
      before: Self.base,
      under: BenchmarkExport.agreement(holidays)
    )
    #expect(quick == slow)
  }
}
