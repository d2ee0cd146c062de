import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A second chance after a detour that does not exist, or on a list that cannot be written.
  static let recycle = AgreementCheck(code: "agreement.recycle") { draft, report in
    let detours = draft.detoursInForce.map(\.id.value)
    let known = Set(detours)
    let path = Set(draft.pathInForce.map(\.id.value))
    var first: [[String]: YAMLPosition] = [:]
    for rule in draft.recycle {
      let shown = rule.detour.value.shownInMessage
      if draft.hasAllStages, !known.contains(rule.detour.value) {
        report(
          path.contains(rule.detour.value)
            ? "\"when\" names stage \"\(shown)\", which is on the path."
            : "\"when\" names \"\(shown)\", which is no detour.",
          at: rule.detour.position,
          remedy: Suggestion.nearest(to: rule.detour.value, among: detours).map {
            "Did you mean \"\($0.shownInMessage)\"?"
          }
            ?? (detours.isEmpty
              ? "Name the detours under \"stages\" first."
              : "The detours are: \(detours.joined(separator: ", ").shownInMessage).")
        )
      }
      if rule.reason?.isEmpty == true {
        report(
          "\"when\" names no reason after the colon.",
          at: rule.detour.position,
          remedy: "Write \"\(shown): bad timing\", or \"\(shown)\" alone for any reason."
        )
      }
      if !isListName(rule.list.value) {
        report(
          "\"\(rule.list.value.shownInMessage)\" cannot name a list: it becomes the name of a file.",
          at: rule.list.position,
          remedy: "Use letters, digits, blanks, \".\", \"-\" and \"_\", beginning with a letter or "
            + "digit."
        )
      }
      let key = [WordKey.of(rule.detour.value)] + [rule.reason.map(WordKey.of)].compactMap { $0 }
      if let position = first[key] {
        report(
          "two rules take up the same leads, the first in line \(position.line).",
          at: rule.detour.position,
          remedy: "Keep one of the two."
        )
      } else {
        first[key] = rule.detour.position
      }
    }
  }

  private static func isListName(_ name: String) -> Bool {
    func isWord(_ byte: UInt8) -> Bool {
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
    guard let first = name.utf8.first, isWord(first), name.utf8.count <= 60 else { return false }
    return name.utf8.allSatisfy { isWord($0) || " ._-".utf8.contains($0) }
  }
}
