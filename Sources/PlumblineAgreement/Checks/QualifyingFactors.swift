import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A qualifying factor that is given twice, or whose answer is both yes and no.
  static let qualifyingFactors = AgreementCheck(code: "agreement.qualifying-factors") {
    draft,
    report in
    var first: [String: YAMLPosition] = [:]
    for factor in draft.qualifyingFactors ?? [] {
      let shown = factor.id.value.shownInMessage
      let key = WordKey.of(factor.id.value)
      if let position = first[key] {
        report(
          "qualifying factor \"\(shown)\" is given twice, first in line \(position.line).",
          at: factor.id.position,
          remedy: "Keep one of the two."
        )
      } else {
        first[key] = factor.id.position
      }
      let yes = Set(factor.yes.map { WordKey.of($0.value) })
      for word in factor.no where yes.contains(WordKey.of(word.value)) {
        report(
          "\"\(word.value.shownInMessage)\" means both yes and no of \"\(shown)\".",
          at: word.position,
          remedy: "Keep it in one of the two lists."
        )
      }
    }
  }
}
