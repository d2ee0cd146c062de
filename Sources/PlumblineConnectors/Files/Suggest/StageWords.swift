/// What the stages of other systems are called in an agreement that follows the usual path.
enum StageWords {
  /// A stage of an agreement.
  struct Meaning: Hashable {
    /// The stage's id.
    var id: String
    /// What speaks against it; nil where the word is plain.
    var doubt: String?
  }

  /// What a value means, nil when it is no stage of the usual path.
  static func meaning(ofValue value: String) -> Meaning? { meanings[HeaderWords(value).phrase] }

  /// What the name of a column means that holds a date or a yes: `Became an MQL Date`, `is_sql`.
  static func meaning(ofColumn name: HeaderWords) -> Meaning? {
    let words = name.words.filter { !noise.contains($0) && !$0.allSatisfy(\.isNumber) }
    return meanings[words.joined(separator: " ")]
  }

  private static let noise: Set = [
    "a", "an", "at", "became", "date", "datetime", "day", "days", "entered", "first", "flag", "has",
    "in", "into", "is", "last", "on", "reached", "since", "the", "time", "timestamp", "was", "when",
    "within",
  ]

  private static let meanings: [String: Meaning] = {
    var meanings: [String: Meaning] = [:]
    for (id, phrases) in plain {
      for phrase in phrases { meanings[phrase] = Meaning(id: id) }
    }
    for (id, doubt, phrases) in doubtful {
      for phrase in phrases { meanings[phrase] = Meaning(id: id, doubt: doubt) }
    }
    return meanings
  }()

  private static let plain: [(id: String, phrases: [String])] = [
    (
      "disqualified", ["disqualified", "unqualified", "junk lead", "junk", "not qualified", "spam"]
    ),
    ("lead", ["lead", "new lead", "new"]),
    ("lost", ["lost", "closed lost", "lost lead", "verloren", "perdu", "perdido", "perso"]),
    (
      "meeting_booked",
      [
        "meeting booked", "meeting scheduled", "appointment scheduled", "appointment booked",
        "demo scheduled", "demo booked", "call booked", "meeting set", "termin vereinbart",
      ]
    ),
    (
      "meeting_held",
      ["meeting held", "meeting completed", "demo completed", "demo held", "demo done"]
    ),
    ("mql", ["mql", "marketing qualified", "marketing qualified lead", "marketingqualifiedlead"]),
    ("opportunity", ["opportunity", "opportunity created", "open deal", "opp", "opportunité"]),
    ("recycled", ["recycled", "recycle"]),
    ("sql", ["sql", "sales qualified", "sales qualified lead", "salesqualifiedlead"]),
    (
      "won",
      [
        "won", "closed won", "deal won", "customer", "client", "kunde", "gewonnen", "gagné",
        "ganado",
        "ganho", "vinto", "cliente",
      ]
    ),
  ]

  private static let doubtful: [(id: String, doubt: String, phrases: [String])] = [
    (
      "disqualified", "a bad lead may also be counted as lost",
      ["bad timing", "bad lead", "no fit"]
    ),
    ("lead", "a subscriber has not asked for anything yet", ["subscriber"]),
    (
      "lost", "it may be a detour of its own",
      [
        "rejected", "withdrawn", "declined", "cancelled", "canceled", "churned", "dropped",
        "abandoned",
        "deleted",
      ]
    ),
    (
      "meeting_held", "it may mean that the demo is only booked",
      ["demo", "meeting", "presentation"]
    ),
    (
      "mql", "it may mean something else than what marketing calls qualified",
      [
        "pre qualified", "engaged lead",
      ]
    ),
    (
      "recycled", "it may mean that the lead is still being worked",
      [
        "nurture", "nurturing", "contact in future", "on hold",
      ]
    ),
    (
      "sql", "it may also be what marketing calls qualified (mql)",
      [
        "qualified", "lead qualified", "qualified lead", "qualification", "accepted", "sal",
        "sales accepted", "sales accepted lead",
      ]
    ),
    (
      "won", "it may mean something that comes before a signed contract",
      [
        "converted", "conversion", "disbursed", "disbursement", "loan disbursed", "purchased",
        "purchase", "sold", "signed", "activated", "enrolled", "paid",
      ]
    ),
    ("won", "an evangelist is usually, not always, a customer", ["evangelist"]),
  ]

  /// Whether a value says that a deal is won, that it is lost, or neither.
  static func dealOutcome(_ value: String) -> String? {
    switch meaning(ofValue: value)?.id {
    case "won": return isOutcomeWord(value) ? "won" : nil
    case "disqualified", "lost": return "lost"
    default: break
    }
    let words = HeaderWords(value)
    // HubSpot's own names of the stages are written in one word.
    if words.words.contains("won") || words.keys.contains("closedwon") { return "won" }
    if words.words.contains("lost") || words.keys.contains("closedlost") { return "lost" }
    return nil
  }

  /// Of the words for customers, those that a deal can be in.
  private static func isOutcomeWord(_ value: String) -> Bool {
    !["client", "cliente", "conversion", "customer", "evangelist", "kunde"]
      .contains(HeaderWords(value).phrase)
  }
}
