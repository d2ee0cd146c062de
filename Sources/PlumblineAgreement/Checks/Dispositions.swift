import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// Reasons that cannot be told apart, or that say nothing.
  static let dispositions = AgreementCheck(code: "agreement.dispositions") { draft, report in
    guard let reasons = draft.dispositions else { return }
    if reasons.isEmpty, draft.hasAllDispositions {
      report(
        "\"dispositions\" lists nothing that sales may say.",
        at: draft.dispositionsPosition ?? YAMLPosition(line: 1, column: 1),
        remedy: "Remove it to take the usual list, or name at least one."
      )
    }
    var owners: [String: Positioned<String>] = [:]
    for reason in reasons {
      let shown = reason.id.value.shownInMessage
      if !isId(reason.id.value) {
        let id = idLike(reason.id.value)
        report(
          "disposition id \"\(shown)\" may hold only lower-case letters, digits and _, and begins "
            + "with a letter.",
          at: reason.id.position,
          remedy: isId(id) ? "Write {id: \(id), also: [\"\(shown)\"]}." : "Give it a short id."
        )
      }
      if let first = owners.updateValue(reason.id, forKey: WordKey.of(reason.id.value)) {
        report(
          "disposition \"\(shown)\" is given twice, first in line \(first.position.line).",
          at: reason.id.position,
          remedy: "Remove one of the two, or give it another id."
        )
      }
    }
    for reason in reasons {
      for alias in reason.aliases {
        let key = WordKey.of(alias.value)
        if let owner = owners[key], WordKey.of(owner.value) != WordKey.of(reason.id.value) {
          report(
            "\"\(alias.value.shownInMessage)\" names both disposition "
              + "\"\(owner.value.shownInMessage)\" and disposition "
              + "\"\(reason.id.value.shownInMessage)\".",
            at: alias.position,
            remedy: "Keep it in one of the two."
          )
        } else {
          owners[key] = reason.id
        }
      }
    }
    let usual = reasons.filter { $0.defaultPosition != nil }
    for reason in usual.dropFirst() {
      report(
        "both \"\(usual[0].id.value.shownInMessage)\" and \"\(reason.id.value.shownInMessage)\" are "
          + "the default.",
        at: reason.defaultPosition ?? reason.id.position,
        remedy: "A CRM fills in one: keep \"default: true\" there."
      )
    }
  }
}
