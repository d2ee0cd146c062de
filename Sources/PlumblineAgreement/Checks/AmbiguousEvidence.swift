import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// One kind of fact that shows two stages at once.
  static let ambiguousEvidence = AgreementCheck(code: "agreement.ambiguous-evidence") {
    draft,
    report in
    var owners: [Stage.Evidence: AgreementDraft.StageEntry] = [:]
    for stage in draft.pathInForce + draft.detoursInForce {
      for evidence in stage.evidenceInForce {
        if let owner = owners[evidence.value], owner.id.value != stage.id.value {
          report(
            "\"\(evidence.value.rawValue)\" shows both stage \"\(owner.id.value.shownInMessage)\" "
              + "and stage \"\(stage.id.value.shownInMessage)\".",
            at: max(evidence.position, owner.id.position),
            remedy: "Give it to one stage; \"evidence: []\" takes it from a stage that has it by "
              + "its name."
          )
        } else {
          owners[evidence.value] = stage
        }
      }
    }
  }
}
