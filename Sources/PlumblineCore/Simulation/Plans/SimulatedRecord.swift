import PlumblineStatistics

/// What a simulated company has on record on the day of a plan.
struct SimulatedRecord {
  let process: SalesProcess
  /// All leads so far, as they are known; what comes of them is not drawn yet.
  let lives: [SimulatedLife]

  /// The midnight that begins the day of the plan: Monday 2024-07-01, UTC.
  static let today = Instant(seconds: 1_719_792_000)

  /// The agreement under which records are read.
  static let agreement = Agreement(
    currency: "USD",
    path: ["lead", "mql", "sql", "opportunity", "won"].map { Stage(id: $0) },
    detours: [Stage(id: "lost")]
  )

  /// A record of so many weeks up to the day of the plan.
  init(_ process: SalesProcess, using generator: inout SeededGenerator) {
    self.process = process
    var lives: [SimulatedLife] = []
    for week in stride(from: -process.recordInWeeks, to: 0, by: 1) {
      lives += process.week(
        from: Double(7 * week),
        mean: process.leadsPerWeek,
        using: &generator
      ).map { $0.asOf(0) }
    }
    self.lives = lives
  }

  /// The record as a history, built from facts as an import would bring them.
  func history() -> CompanyHistory {
    var batch = FactBatch()
    let currency = Int64(batch.texts[.currency].intern(Self.agreement.currency))
    let stages = (Self.agreement.path + Self.agreement.detours).map {
      Int64(batch.texts[.stage].intern($0.id))
    }
    let channel = Int64(batch.texts[.channel].intern("Web"))
    let outcomes = ["open", "won", "lost"].map { Int64(batch.texts[.other].intern($0)) }
    let (no, none) = (Int64(TextDictionary.missing), FactColumn.noNumber)
    var line: UInt32 = 1
    for (number, life) in lives.enumerated() {
      line += 1
      let lead = Int64(batch.texts[.lead].intern("L\(number)"))
      // In the order of each kind's columns, see `FactKind.schema`.
      batch[.lead].append(
        [lead, Self.time(life.reached[0]), channel, no, no, no, no, none, none],
        file: 0,
        line: line
      )
      let opportunity = process.steps.count - 1
      for (position, day) in life.reached.enumerated()
      where position > 0 && position < opportunity {
        batch[.stageEvent].append(
          [lead, stages[position], Self.time(day), no, no, no],
          file: 0,
          line: line
        )
      }
      if let exit = life.exit {
        batch[.stageEvent].append(
          [lead, stages[process.steps.count + 1], Self.time(exit), no, no, no],
          file: 0,
          line: line
        )
      }
      guard life.reached.count > opportunity else { continue }
      let won = life.won(in: process)
      let closed = won ?? life.exit
      batch[.deal].append(
        [
          Int64(batch.texts[.other].intern("D\(number)")), lead,
          Self.time(life.reached[opportunity]), closed.map(Self.time) ?? TimePoint.missing.rawValue,
          no, won != nil ? outcomes[1] : life.exit != nil ? outcomes[2] : outcomes[0],
          life.amount.map { Int64($0.rounded()) } ?? none, currency, no, no, no, none,
        ],
        file: 0,
        line: line
      )
    }
    var ledger = Ledger()
    ledger.add(
      batch,
      of: ImportRecord(
        source: "simulated",
        seenAt: Self.today.seconds,
        exportedAt: Self.today.seconds,
        mappingHash: "",
        files: [ImportedFile(name: "simulated.csv", contentHash: "", byteCount: 0)]
      )
    )
    return CompanyHistory(ledger, under: Self.agreement, asOf: Self.today)
  }

  /// What the leads on record bring by a day, each played on from where it is.
  func revenueToCome(byDay day: Double, using generator: inout SeededGenerator) -> Double {
    var sum = 0.0
    for life in lives where life.isOpen(in: process) {
      var future = life
      process.advance(&future, from: 0, using: &generator)
      if let won = future.won(in: process), won < day { sum += (future.amount ?? 0).rounded() }
    }
    return sum
  }

  /// What leads that come from now on bring by a day, so many in each week.
  static func revenueOfNewLeads(
    _ process: SalesProcess,
    perWeek: Double,
    byDay day: Double,
    using generator: inout SeededGenerator
  ) -> Double {
    var sum = 0.0
    for start in stride(from: 0.0, to: day, by: 7) {
      for life in process.week(from: start, mean: perWeek, using: &generator) {
        if let won = life.won(in: process), won < day { sum += (life.amount ?? 0).rounded() }
      }
    }
    return sum
  }

  private static func time(_ day: Double) -> Int64 {
    let seconds = Int64((day * 86_400).rounded(.down))
    return TimePoint(Instant(seconds: today.seconds + seconds)).rawValue
  }
}
