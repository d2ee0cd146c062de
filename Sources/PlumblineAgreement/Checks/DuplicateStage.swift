import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A stage that stands twice in the path or twice among the detours.
  static let duplicateStage = AgreementCheck(code: "agreement.duplicate-stage") { draft, report in
    for stages in [draft.path ?? [], draft.detours ?? []] {
      var first: [String: YAMLPosition] = [:]
      for stage in stages {
        let key = WordKey.of(stage.id.value)
        if let position = first[key] {
          report(
            "stage \"\(stage.id.value.shownInMessage)\" is given twice, first in line "
              + "\(position.line).",
            at: stage.id.position,
            remedy: "Remove one of the two, or give it another id."
          )
        } else {
          first[key] = stage.id.position
        }
      }
    }
  }
}
