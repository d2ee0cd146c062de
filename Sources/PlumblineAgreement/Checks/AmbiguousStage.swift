import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A word of the data that two stages claim.
  static let ambiguousStage = AgreementCheck(code: "agreement.ambiguous-stage") { draft, report in
    let stages = draft.pathInForce + draft.detoursInForce
    var owners = Dictionary(stages.map { (WordKey.of($0.id.value), $0.id.value) }) {
      first,
      _ in first
    }
    for stage in stages {
      for alias in stage.aliases {
        let key = WordKey.of(alias.value)
        if let owner = owners[key], WordKey.of(owner) != WordKey.of(stage.id.value) {
          report(
            "\"\(alias.value.shownInMessage)\" names both stage \"\(owner.shownInMessage)\" and "
              + "stage \"\(stage.id.value.shownInMessage)\".",
            at: alias.position,
            remedy: "Keep it in one of the two; upper case, blanks, \"-\" and \"_\" do not matter."
          )
        } else {
          owners[key] = stage.id.value
        }
      }
    }
  }
}
