import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport

/// A small company whose facts arrive in random pieces, in any order, changed and repeated.
struct ScatteredCompany {
  /// One fact by column name.
  struct Fact {
    var kind: FactKind
    var fields: [String: FactBuilder.FieldValue]
  }

  /// What arrives together.
  struct Delivery {
    var facts: [Fact]
    var record: ImportRecord
  }

  /// The deliveries, oldest first.
  private(set) var deliveries: [Delivery] = []
  private var generator: SeededGenerator
  private let leadCount: Int
  private var day = 400.0

  /// The agreement of the company: channels under other names, some of which no fact names.
  static let agreement = Agreement(
    currency: "EUR",
    calendar: LocalCalendar(zoneName: "Europe/Berlin") ?? .utc,
    channels: [
      ChannelName(name: "Search", aliases: ["google", "c1"]),
      ChannelName(name: "Fairs", aliases: ["c2"]),
      ChannelName(name: "Friends", aliases: ["nobody says so"]),
    ],
    hash: "0123456789abcdef"
  )

  /// A company.
  ///
  /// - Parameters:
  ///   - seed: What it follows from.
  ///   - leadCount: About how many leads it has.
  ///   - deliveryCount: In how many pieces its facts arrive.
  init(seed: UInt64, leadCount: Int = 40, deliveryCount: Int = 6) {
    generator = SeededGenerator(seed: seed)
    self.leadCount = leadCount
    for number in 0..<deliveryCount {
      day += Double(generator.next(upperBound: UInt64(30))) + 0.25
      // The first delivery is large, as the first import of a company is.
      let count = number == 0 ? leadCount * 6 : chance(0.2) ? 1 : pick(leadCount * 2)
      var facts = (0..<count).map { _ in fact() }
      if number > 0, chance(0.5), let other = deliveries.randomElement(using: &generator) {
        facts += other.facts.prefix(pick(10))
      }
      facts.shuffle(using: &generator)
      var record = FactBuilder.record(
        source: chance(0.8) ? "crm" : "ads",
        seenDay: day,
        exportedDay: chance(0.3) ? day - Double(pick(20)) : nil
      )
      record.sequence = number + 1
      deliveries.append(Delivery(facts: facts, record: record))
    }
  }

  private mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < probability
  }

  private mutating func pick(_ count: Int) -> Int {
    Int.random(in: 0..<max(1, count), using: &generator)
  }

  private mutating func lead() -> FactBuilder.FieldValue {
    .text(chance(0.03) ? "" : "lead-\(pick(leadCount))")
  }

  private mutating func word(_ words: [String]) -> FactBuilder.FieldValue {
    .text(words.randomElement(using: &generator) ?? "")
  }

  /// A time around the delivery, at times in the future, to the day or without a date.
  private mutating func time(_ spread: Double = 300) -> FactBuilder.FieldValue {
    if chance(0.1) { return .time(.missing) }
    let at = day - spread * Double.random(in: -0.08..<1, using: &generator)
    if chance(0.3) { return .time(FactBuilder.time(at.rounded(.down), precision: .day)) }
    return .time(FactBuilder.time(at))
  }

  private mutating func fact() -> Fact {
    switch pick(100) {
    case 0..<20: leadFact()
    case 20..<50:
      Fact(
        kind: .stageEvent,
        fields: [
          "lead": lead(), "at": time(),
          "stage": word(["mql", "sql", "won", "lost", "recycled", "reopened", "lead", "odd"]),
        ]
      )
    case 50..<65:
      Fact(
        kind: .activity,
        fields: [
          "id": .text(chance(0.1) ? "" : "a\(pick(leadCount * 5))"), "lead": lead(), "at": time(),
          "kind": word(["call", "email", "note"]), "outcome": word(["", "reached", "no answer"]),
          "owner": word(["", "ann", "bob"]), "automated": .number(chance(0.2) ? 1 : 0),
        ]
      )
    case 65..<72:
      Fact(
        kind: .touch,
        fields: ["id": .text("t\(pick(leadCount * 3))"), "lead": lead(), "at": time()]
      )
    case 72..<80:
      Fact(
        kind: .meeting,
        fields: [
          "id": .text("m\(pick(leadCount / 2))"), "lead": lead(), "booked": time(),
          "starts": time(40), "outcome": word(["", "held", "no show", "cancelled"]),
          "owner": word(["", "ann", "bob"]),
        ]
      )
    case 80..<93: dealFact()
    case 93..<97: spendFact()
    case 97..<99:
      Fact(
        kind: .owner,
        fields: ["id": word(["ann", "bob"]), "zone": word(["", "Europe/Berlin", "Asia/Tokyo"])]
      )
    default: rareFact()
    }
  }

  private mutating func leadFact() -> Fact {
    Fact(
      kind: .lead,
      fields: [
        "id": lead(), "created": time(),
        "channel": word(["", "c\(pick(5))", "new-\(pick(9))", "GOOGLE", "c-1"]),
        "campaign": word(["", "spring", "autumn"]), "segment": word(["", "big", "small"]),
        "owner": word(["", "ann", "bob", "cem"]),
        "status": word(["", "", "mql", "sql", "lost", "strange"]),
        "score_at_hand_off": chance(0.5) ? .number(Int64(pick(100))) : .text(""),
      ]
    )
  }

  private mutating func dealFact() -> Fact {
    Fact(
      kind: .deal,
      fields: [
        "id": .text(chance(0.05) ? "" : "d\(pick(leadCount / 2))"), "lead": lead(),
        "created": time(), "closed": time(60), "outcome": word(["won", "lost", "open", "", "?"]),
        "amount": chance(0.8) ? .number(Int64(pick(100_000))) : .text(""),
        "probability": chance(0.5) ? .number(Int64(pick(1_000_001))) : .text(""),
        "currency": word(["", "EUR", "USD", "GBP"]), "owner": word(["", "ann"]),
        "channel": word(["", "", "c3"]),
      ]
    )
  }

  private mutating func spendFact() -> Fact {
    Fact(
      kind: .spend,
      fields: [
        "channel": word(["", "c1", "c2", "Search"]), "campaign": word(["", "spring", "autumn"]),
        "from": time(), "to": time(), "amount": .number(Int64(pick(9_000))),
        "currency": word(["", "USD"]),
      ]
    )
  }

  /// What makes everything be read anew; seldom, for updates are what is tested.
  private mutating func rareFact() -> Fact {
    guard chance(0.15) || deliveries.isEmpty else { return leadFact() }
    switch pick(3) {
    case 0: return Fact(kind: .merge, fields: ["from": lead(), "into": lead()])
    case 1:
      return Fact(
        kind: .merge,
        fields: [
          "from": .text("other-\(pick(5))"), "into": lead(),
          "reason": .text(LeadRegister.aliasReason),
        ]
      )
    default:
      return Fact(
        kind: .currencyRate,
        fields: [
          "from": .text("USD"), "to": .text("EUR"), "day": time(),
          "rate": .number(900_000 + Int64(pick(100_000))),
        ]
      )
    }
  }
}
