public import PlumblineCore
import PlumblineStatistics

/// Small random companies with every kind of trouble, cut into imports.
public struct RandomCompany {
  /// The agreement under which it is read.
  public static func agreement(zone: String = "UTC") -> Agreement {
    Agreement(
      calendar: LocalCalendar(zoneName: zone) ?? .utc,
      channels: [ChannelName(name: "Paid", aliases: ["Meta", "Google Ads"])]
    )
  }

  private static let stages = [
    "lead", "mql", "sql", "meeting_booked", "meeting_held", "opportunity", "won", "lost",
    "recycled", "reopened", "no such stage",
  ]

  /// One batch an import, oldest first, none of them merged with what came before.
  public let batches: [FactBatch]

  /// A company.
  ///
  /// - Parameters:
  ///   - seed: Makes it this company and no other.
  ///   - importCount: How many imports there are.
  public init(seed: UInt64, importCount: Int) {
    var random = SeededGenerator(seed: seed)
    let leadCount = Int.random(in: 0...12, using: &random)
    batches = (0..<importCount).map { _ in
      var facts = FactBuilder()
      for _ in 0..<Int.random(in: 0...30, using: &random) {
        Self.addFact(&facts, leadCount, &random)
      }
      return facts.batch
    }
  }

  private static func day(_ random: inout SeededGenerator) -> (Double?, TimePoint.Precision) {
    let day = (Double.random(in: 0..<130, using: &random) * 4).rounded() / 4
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return (nil, .exact)
    case 1, 2: return (day.rounded(.down), .day)
    default: return (day, .exact)
    }
  }

  private static func addFact(
    _ facts: inout FactBuilder,
    _ leadCount: Int,
    _ random: inout SeededGenerator
  ) {
    // One more than there are leads: some facts name a lead that nobody knows.
    let lead = "L\(Int.random(in: 0...max(1, leadCount), using: &random))"
    let (day, precision) = day(&random)
    let object = "\(Int.random(in: 0..<6, using: &random))"
    let id = Bool.random(using: &random) ? object : ""
    let owner = ["", "ann", "bob"][Int.random(in: 0..<3, using: &random)]
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<5:
      guard lead != "L\(leadCount)" else { return }
      facts.lead(
        lead,
        day: day,
        channel: ["", "Meta", "google ads", "Fair", "FAIR"][Int.random(in: 0..<5, using: &random)],
        owner: owner,
        segment: ["", "smb"][Int.random(in: 0..<2, using: &random)],
        campaign: ["", "c1", "c2"][Int.random(in: 0..<3, using: &random)],
        status: Int.random(in: 0..<3, using: &random) == 0
          ? stages[Int.random(in: 0..<stages.count, using: &random)] : "",
        scoreAtHandOff: Bool.random(using: &random) ? nil : 7,
        precision: precision
      )
    case 5..<10:
      facts.stage(
        lead,
        stages[Int.random(in: 0..<stages.count, using: &random)],
        day: day,
        precision: precision
      )
    case 10..<14:
      facts.activity(
        id,
        lead: Int.random(in: 0..<8, using: &random) == 0 ? "" : lead,
        kind: ["call", "note", "email"][Int.random(in: 0..<3, using: &random)],
        day: day,
        owner: owner,
        outcome: ["", "connected", "done"][Int.random(in: 0..<3, using: &random)],
        isAutomated: Int.random(in: 0..<4, using: &random) == 0,
        precision: precision
      )
    case 14, 15:
      facts.meeting(
        id,
        lead: lead,
        booked: day,
        starts: day.map { $0 + Double.random(in: 0...30, using: &random) },
        outcome: ["", "held", "no show"][Int.random(in: 0..<3, using: &random)]
      )
    case 16, 17:
      facts.deal(
        id,
        lead: lead,
        created: day,
        closed: Bool.random(using: &random)
          ? day.map { $0 + Double.random(in: 0...30, using: &random) } : nil,
        outcome: ["", "won", "lost", "open", "Closed Won"][Int.random(in: 0..<5, using: &random)],
        amount: Bool.random(using: &random) ? Int64.random(in: 1...999, using: &random) : nil,
        currency: ["", "EUR", "GBP"][Int.random(in: 0..<3, using: &random)]
      )
    case 18:
      facts.spend(
        ["", "Meta", "Fair"][Int.random(in: 0..<3, using: &random)],
        day: Double(Int.random(in: 0..<120, using: &random)),
        amount: Int64.random(in: 0...500, using: &random),
        campaign: ["", "c1"][Int.random(in: 0..<2, using: &random)]
      )
    default: addRare(&facts, lead, day, &random)
    }
  }

  private static func addRare(
    _ facts: inout FactBuilder,
    _ lead: String,
    _ day: Double?,
    _ random: inout SeededGenerator
  ) {
    let other = "L\(Int.random(in: 0...5, using: &random))"
    switch Int.random(in: 0..<6, using: &random) {
    case 0: facts.merge(lead, into: other)
    case 1: facts.alias("A\(Int.random(in: 0...2, using: &random))", of: lead)
    case 2: facts.stage("A\(Int.random(in: 0...2, using: &random))", "sql", day: day)
    case 3: facts.owner("ann", zone: "Europe/Berlin")
    case 4:
      facts.add(.touch, ["lead": .text(lead), "at": .time(FactBuilder.time(day))])
    default:
      facts.add(
        .currencyRate,
        [
          "from": .text("GBP"), "to": .text("EUR"),
          "day": .time(FactBuilder.time((day ?? 3).rounded(), precision: .day)),
          "rate": .number(Int64.random(in: 1_000_000...1_500_000, using: &random)),
        ]
      )
    }
  }

  /// The store of the imports, each fact compared with what came before.
  ///
  /// - Parameters:
  ///   - pieceSize: The most rows of a piece.
  ///   - isTold: Whether records say which kinds of object they changed.
  ///   - exportedDays: The day each import was exported, nil where nobody said.
  /// - Returns: The store.
  /// - Throws: What the store throws.
  public func store(
    pieceSize: Int,
    isTold: Bool,
    exportedDays: [Double?]
  ) throws -> MemoryFactStore {
    let store = MemoryFactStore(pieceSize: pieceSize)
    for (number, batch) in batches.enumerated() {
      var ledger = try Ledger(reading: store)
      var record = FactBuilder.record(
        source: number % 3 == 2 ? "other" : "test",
        seenDay: 100 + 10 * Double(number),
        exportedDay: exportedDays[number]
      )
      let (news, novelty) = ledger.addNews(of: batch, record)
      record.changedKinds = isTold ? novelty.changedKinds : nil
      _ = try store.append(news, of: record, after: number)
    }
    return store
  }

  /// The same imports in a ledger that never saw a store.
  public func ledger(exportedDays: [Double?]) -> Ledger {
    var ledger = Ledger()
    for (number, batch) in batches.enumerated() {
      ledger.add(
        batch,
        of: FactBuilder.record(
          source: number % 3 == 2 ? "other" : "test",
          seenDay: 100 + 10 * Double(number),
          exportedDay: exportedDays[number]
        )
      )
    }
    return ledger
  }
}
