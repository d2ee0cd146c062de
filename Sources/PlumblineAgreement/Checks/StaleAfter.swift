import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A time to move on for leads that have nowhere to go.
  static let staleAfter = AgreementCheck(code: "agreement.stale-after") { draft, report in
    for detour in draft.detoursInForce {
      guard let days = detour.staleAfterDays else { continue }
      report(
        "leads at the detour \"\(detour.id.value.shownInMessage)\" cannot become stale: they left "
          + "the path.",
        at: days.position,
        remedy: "Remove \"stale_after\" there; \"recycle\" says when they are taken up again."
      )
    }
    guard let last = draft.pathInForce.last, let days = last.staleAfterDays else { return }
    report(
      "leads at the last stage \"\(last.id.value.shownInMessage)\" cannot become stale: nothing "
        + "comes after it.",
      at: days.position,
      remedy: "Remove \"stale_after\" there."
    )
  }
}
