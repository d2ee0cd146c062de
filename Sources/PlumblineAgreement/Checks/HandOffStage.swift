import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A hand-off to sales at a stage after which nothing can be won.
  static let handOff = AgreementCheck(code: "agreement.hand-off") { draft, report in
    guard let handOff = draft.handOff else { return }
    let path = draft.pathInForce.map(\.id.value)
    let shown = handOff.value.shownInMessage
    guard let index = path.firstIndex(of: handOff.value) else {
      guard draft.hasAllStages else { return }
      report(
        draft.detoursInForce.contains { $0.id.value == handOff.value }
          ? "\"hand_off\" names the detour \"\(shown)\"."
          : "\"hand_off\" names stage \"\(shown)\", which is not on the path.",
        at: handOff.position,
        remedy: Suggestion.nearest(to: handOff.value, among: path.dropLast()).map {
          "Did you mean \"\($0.shownInMessage)\"?"
        }
          ?? "Stages that can hand leads to sales: "
          + "\(path.dropLast().joined(separator: ", ").shownInMessage)."
      )
      return
    }
    guard index == path.count - 1, path.count > 1 else { return }
    report(
      "\"hand_off\" names the last stage of the path, after which nothing can be won.",
      at: handOff.position,
      remedy: "Name the stage at which sales takes over, such as "
        + "\"\(path[max(0, path.count - 2)].shownInMessage)\"."
    )
  }
}
