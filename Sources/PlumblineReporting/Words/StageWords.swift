public import PlumblineCore

/// The stages of a path in the words of whoever reads, or in words that need no glossary.
struct StageWords {
  let agreement: Agreement
  private let reader: ReaderWords

  init(_ agreement: Agreement) {
    self.agreement = agreement
    reader = ReaderWords(agreement)
  }

  /// A stage's name for a heading: `meeting booked`, `MQL`.
  func label(_ index: Int) -> String {
    agreement.path.indices.contains(index) ? label(agreement.path[index].id) : Format.absent
  }

  /// The name of a stage or a detour for a heading.
  func label(_ id: String) -> String { reader.word(id) ?? Self.usualLabel(id) }

  /// The reader's word for a term of answers, such as `win_rate`; nil for the usual one.
  func word(_ term: String) -> String? { reader.word(term) }

  /// A stage id for a heading, whoever reads.
  static func usualLabel(_ id: String) -> String {
    ["cac", "icp", "mql", "pql", "sal", "sla", "sql", "sqo"].contains(id)
      ? id.uppercased() : id.replacing("_", with: " ").printable
  }

  /// A step of the path: `opportunity → won`.
  func step(_ from: Int, _ to: Int) -> String { "\(label(from)) → \(label(to))" }

  /// A step given by ids.
  func step(_ from: String, _ to: String) -> String { "\(label(from)) → \(label(to))" }

  /// The leads at a stage as a head of sales calls them: `held meetings`.
  func plural(_ index: Int) -> String {
    let stage = agreement.path[index]
    if index > 0, reader.word(stage.id) != nil { return "leads at “\(label(index))”" }
    switch stage.id {
    case "lead": return "leads"
    case "mql": return "leads that marketing calls qualified"
    case "sql": return "leads that sales accepted"
    case "opportunity": return "opportunities"
    case "meeting_booked": return "booked meetings"
    case "meeting_held": return "held meetings"
    default: return index == 0 ? "leads" : "leads at “\(label(index))”"
    }
  }

  /// What leads do when they reach a stage from the one before: `are won`.
  func reach(_ index: Int) -> String {
    let stage = agreement.path[index]
    if reader.word(stage.id) != nil { return "reach “\(label(index))”" }
    switch stage.id {
    case "mql": return "are called qualified by marketing"
    case "sql": return "are accepted by sales"
    case "meeting_booked": return "get a meeting booked"
    case "meeting_held":
      return index > 0 && agreement.path[index - 1].id == "meeting_booked"
        ? "are held" : "come to a meeting"
    case "opportunity": return "become opportunities"
    case "won":
      return index > 0 && agreement.path[index - 1].id == "opportunity"
        ? "are won" : "become customers"
    default: return "reach “\(label(index))”"
    }
  }

  /// What a stage means: the agreement's sentence, or what shows that it was reached.
  func meaning(of stage: Stage) -> String {
    if !stage.meaning.isEmpty { return stage.meaning.printable }
    let shown = stage.evidence.map { evidence in
      switch evidence {
      case .leadCreated: "the lead came into being"
      case .meetingBooked: "a meeting was booked"
      case .meetingHeld: "a meeting was held"
      case .dealCreated: "a deal was opened"
      case .dealWon: "a deal was won"
      case .dealLost: "a deal was lost"
      }
    }
    let named = "the data says “\(label(stage.id))”"
    return shown.isEmpty ? named : "\(shown.joined(separator: " or ")), or \(named)"
  }
}

extension Agreement {
  /// The name of a stage or a detour in the words of whoever reads: `MQL`.
  public func label(of id: String) -> String { StageWords(self).label(id) }
}

extension FunnelDimension {
  /// One thing of this kind: `channel`, `rep`.
  var word: String { self == .owner ? "rep" : rawValue }

  /// Many of them.
  var plural: String { "\(word)s" }
}

extension String {
  /// The name with an 's: `Meta's`, `Google Ads'`.
  var possessive: String { hasSuffix("s") ? self + "'" : self + "'s" }

  /// The text with its first letter large.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
