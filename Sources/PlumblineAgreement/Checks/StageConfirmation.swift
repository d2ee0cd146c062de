import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A stage that is to be confirmed by something that cannot confirm it.
  static let confirmation = AgreementCheck(code: "agreement.confirmation") { draft, report in
    let path = draft.pathInForce
    let ids = path.map(\.id.value)
    let detours = draft.detoursInForce
    for detour in detours {
      guard let entry = detour.confirmation else { continue }
      report(
        "the detour \"\(detour.id.value.shownInMessage)\" cannot wait to be confirmed: leaving the "
          + "path counts at once.",
        at: entry.position,
        remedy: "Remove \"confirmed_by\" there."
      )
    }
    for (index, stage) in path.enumerated() {
      guard let entry = stage.confirmation else { continue }
      let shown = stage.id.value.shownInMessage
      guard index > 0 else {
        report(
          "the first stage \"\(shown)\" cannot wait to be confirmed: a lead is in it from the "
            + "beginning.",
          at: entry.position,
          remedy: "Remove \"confirmed_by\" there."
        )
        continue
      }
      guard let by = entry.stage, draft.hasAllStages || ids.contains(by.value) else { continue }
      let later = ids.dropFirst(index + 1)
      let remedy =
        later.isEmpty
        ? "Remove \"confirmed_by\" there: nothing comes after the last stage."
        : Suggestion.nearest(to: by.value, among: Array(later)).map {
          "Did you mean \"\($0.shownInMessage)\"?"
        } ?? "Stages that can confirm it: \(later.joined(separator: ", ").shownInMessage)."
      guard let position = ids.firstIndex(of: by.value) else {
        report(
          detours.contains { $0.id.value == by.value }
            ? "\"\(shown)\" is to be confirmed by the detour \"\(by.value.shownInMessage)\"."
            : "\"\(shown)\" is to be confirmed by stage \"\(by.value.shownInMessage)\", which is not "
              + "on the path.",
          at: by.position,
          remedy: remedy
        )
        continue
      }
      guard position <= index else { continue }
      report(
        position == index
          ? "\"\(shown)\" is to be confirmed by itself."
          : "\"\(shown)\" is to be confirmed by \"\(by.value.shownInMessage)\", which comes before it.",
        at: by.position,
        remedy: remedy
      )
    }
  }
}
