import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A plan for what does not exist, or with numbers that cannot come true.
  static let plan = AgreementCheck(code: "agreement.plan") { draft, report in
    var names = Dictionary(
      draft.channels.flatMap { channel in
        channel.aliases.map { (WordKey.of($0.value), channel.name.value) }
      }
    ) { first, _ in first }
    for channel in draft.channels { names[WordKey.of(channel.name.value)] = nil }
    var first: [String: YAMLPosition] = [:]
    for entry in draft.plan ?? [] {
      if let name = entry.channel {
        let key = WordKey.of(name.value)
        if let channel = names[key] {
          report(
            "the plan names \"\(name.value.shownInMessage)\", which is another name of channel "
              + "\"\(channel.shownInMessage)\".",
            at: name.position,
            remedy: "Write \"\(channel.shownInMessage)\"."
          )
        } else if let position = first[key] {
          report(
            "channel \"\(name.value.shownInMessage)\" is planned twice, first in line "
              + "\(position.line).",
            at: name.position,
            remedy: "Keep one of the two; upper case does not matter."
          )
        }
        first[key] = first[key] ?? name.position
      }
      checkNumbers(of: entry, in: draft, report)
    }
  }

  private static func checkNumbers(
    of entry: AgreementDraft.PlanEntry,
    in draft: AgreementDraft,
    _ report: Report
  ) {
    if let leads = entry.leads, !(0...1e9).contains(leads.value.value) {
      report(
        "\"leads\" must be between 0 and 1000000000 a month, not \(leads.value).",
        at: leads.position
      )
    }
    if let deal = entry.meanDeal {
      AgreementCheck.checkAmount(deal, named: "mean_deal", in: draft, report)
    }
    for (transition, rate) in entry.rates {
      checkTransition(transition, in: draft, report)
      if !(0...1).contains(rate.value.value) {
        report(
          "\"\(transition.value.shownInMessage)\" of \"rates\" must be between 0 and 1, not "
            + "\(rate.value).",
          at: rate.position,
          remedy: ExactDecimal.percent("\(rate.value) %").map {
            "Write \(rate.value) % as \($0)."
          }
        )
      }
    }
  }

  private static func checkTransition(
    _ transition: Positioned<String>,
    in draft: AgreementDraft,
    _ report: Report
  ) {
    guard draft.hasAllStages else { return }
    let path = draft.pathInForce.map(\.id.value)
    let steps = zip(path, path.dropFirst()).map { "\($0)-\($1)" }
    guard !steps.contains(transition.value) else { return }
    report(
      "the plan names \"\(transition.value.shownInMessage)\", which is no step from one stage of "
        + "the path to the next.",
      at: transition.position,
      remedy: Suggestion.nearest(to: transition.value, among: steps).map {
        "Did you mean \"\($0.shownInMessage)\"?"
      } ?? "The steps are: \(steps.joined(separator: ", ").shownInMessage)."
    )
  }
}
