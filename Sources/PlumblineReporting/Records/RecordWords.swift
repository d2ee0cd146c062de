import PlumblineCore

/// A number of a funnel in words.
struct RecordWords {
  private let agreement: Agreement
  private let words: StageWords

  init(_ agreement: Agreement) {
    self.agreement = agreement
    words = StageWords(agreement)
  }

  /// Why a number is not as large as the list of its leads; nothing where it is.
  static func returns(of leads: Int, countedAs number: Int) -> String {
    number == leads
      ? "" : " The number is \(Format.count(number)): a lead that came back is counted again."
  }

  /// What leads behind a number have in common: `went on from “MQL” to “SQL”`.
  func clause(_ number: String, _ count: Int) -> String {
    let parts = number.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let stage = agreement.pathIndex(of: parts[1]) else { return number }
    let (name, next) = (words.label(stage), words.label(stage + 1))
    let isOne = count == 1
    switch parts[0] {
    case "reached": return "reached “\(name)”"
    case "advanced": return "went on from “\(name)” to “\(next)”"
    case "detoured": return "left the path from “\(name)”"
    case "open": return "\(isOne ? "is" : "are") still at “\(name)”"
    case let detour where agreement.detours.contains { $0.id == detour }:
      return "left the path from “\(name)” as “\(words.label(detour))”"
    default:
      return "\(isOne ? "has" : "have") a date for “\(next)” before that for “\(name)”"
    }
  }

  /// The number itself; nil where a funnel has no such number.
  func count(_ number: String, in row: FunnelRow) -> Int? {
    let parts = number.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let stage = agreement.pathIndex(of: parts[1]) else { return nil }
    if parts[0] == "reached" { return row.reached[stage] }
    guard row.transitions.indices.contains(stage) else { return nil }
    let count = row.transitions[stage].count
    switch parts[0] {
    case "advanced": return count.advanced
    case "detoured": return count.detoured.reduce(0, +)
    case "open": return count.open
    case "residual": return count.residual
    case let detour:
      return zip(agreement.detours, count.detoured).first { $0.0.id == detour }?.1
    }
  }
}
