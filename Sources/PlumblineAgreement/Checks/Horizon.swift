import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A horizon for something that is not a step forward on the path.
  static let horizon = AgreementCheck(code: "agreement.horizon") { draft, report in
    let path = draft.pathInForce.map(\.id.value)
    let detours = draft.detoursInForce.map(\.id.value)
    for (transition, _) in draft.horizonsInDays {
      let shown = transition.value.shownInMessage
      let ids = transition.value.split(separator: "-", omittingEmptySubsequences: false)
        .map(String.init)
      guard ids.count == 2 else {
        report(
          "\"\(shown)\" does not name a transition.",
          at: transition.position,
          remedy: "Write two stages of the path with a hyphen, such as \"meeting_held-won\"."
        )
        continue
      }
      let unknown = ids.filter { !path.contains($0) }
      for id in unknown where draft.hasAllStages {
        report(
          detours.contains(id)
            ? "the horizon \"\(shown)\" names the detour \"\(id.shownInMessage)\"."
            : "the horizon \"\(shown)\" names stage \"\(id.shownInMessage)\", which is not on the "
              + "path.",
          at: transition.position,
          remedy: Suggestion.nearest(to: id, among: path).map {
            "Did you mean \"\($0.shownInMessage)\"?"
          }
            ?? "Stages of the path: \(path.joined(separator: ", ").shownInMessage)."
        )
      }
      if unknown.isEmpty, let from = path.firstIndex(of: ids[0]),
        let to = path.firstIndex(of: ids[1]),
        from >= to
      {
        report(
          from == to
            ? "the horizon \"\(shown)\" leads nowhere: both stages are the same."
            : "the horizon \"\(shown)\" goes backwards: \"\(ids[1].shownInMessage)\" comes before "
              + "\"\(ids[0].shownInMessage)\".",
          at: transition.position,
          remedy: from == to ? nil : "Did you mean \"\("\(ids[1])-\(ids[0])".shownInMessage)\"?"
        )
      }
    }
  }
}
