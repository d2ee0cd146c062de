import Foundation
import PlumblineCore
import PlumblineReporting

/// What may be done about leads that get a second chance; each works without scripts.
enum ReboundForms {
  /// The most characters of a reason.
  static let longestReason = 200

  /// What was decided, as a form says it.
  ///
  /// - Throws: `InputError` with code `rebound.no-day`, `rebound.no-reason` or `rebound.no-verdict`.
  static func verdict(_ form: FormFields) throws -> ReboundDecision.Verdict {
    switch form["verdict"] {
    case "accept": return .accepted
    case "snooze":
      guard let day = form["until"].flatMap({ CivilDate($0) }) else {
        throw InputError(
          code: "rebound.no-day",
          "it is not said until when.",
          remedy: "Choose the day on which the lead is to be shown again, such as 2026-01-31."
        )
      }
      return .snoozed(until: day)
    case "decline":
      let reason = form["reason"]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
      guard !reason.isEmpty, reason.count <= longestReason else {
        throw InputError(
          code: "rebound.no-reason",
          reason.isEmpty ? "no reason is given." : "the reason has \(reason.count) characters.",
          remedy: "Say in at most \(longestReason) characters why not, without names."
        )
      }
      return .declined(reason: reason)
    default:
      throw InputError(
        code: "rebound.no-verdict",
        "it is not said what was decided.",
        remedy: "Go back, and accept, put off or decline the lead."
      )
    }
  }

  /// Accept, put off, decline one lead.
  static func decision(on entry: ReboundRecord.Entry) -> Markup {
    func form(_ verdict: String, _ inside: [Markup], _ button: String) -> Markup {
      .element(
        "form",
        ["method": "post", "action": "/rebound/decision", "class": "decision"],
        [
          .lines(
            [
              Forms.token, hidden("lead", entry.lead), hidden("list", entry.list),
              hidden("verdict", verdict),
            ] + inside + [
              .element(
                "button",
                [
                  "class": verdict == "accept" ? "" : "quiet",
                  "aria-label": "\(button) \(entry.lead)",
                ],
                button
              )
            ]
          )
        ]
      )
    }
    let until = Markup.element(
      "label",
      [:],
      [.text("Until "), .void("input", ["type": "date", "name": "until", "required": ""])]
    )
    let reason = Markup.element(
      "label",
      [:],
      [
        .text("Why not "),
        .void(
          "input",
          [
            "name": "reason", "required": "", "maxlength": "\(longestReason)",
            "autocomplete": "off",
          ]
        ),
      ]
    )
    return .lines([
      form("accept", [], "Accept"),
      .element(
        "details",
        ["class": "more"],
        [
          .element("summary", [:], "Not now"), form("snooze", [until], "Put off"),
          form("decline", [reason], "Decline"),
        ]
      ),
    ])
  }

  /// What may be done about a whole list: accept all, take it out, look at the others.
  static func list(
    _ list: String,
    _ page: ReboundPage,
    from first: Int,
    canDecide: Bool
  ) -> [Markup] {
    var parts: [Markup] = []
    let count = page.proposed(for: list).count
    let first = min(max(0, first), count)
    let part = LeadAddress.part(list)
    var links: [Markup] = []
    func link(_ title: String, _ from: Int) {
      links.append(
        .element(
          "a",
          ["class": "button quiet", "href": "/rebound?list=\(part)&from=\(from)"],
          title
        )
      )
    }
    if first > 0 { link("Those before", max(0, first - ReboundPage.rowsOfPage)) }
    if first + ReboundPage.rowsOfPage < count {
      link("Those after", first + ReboundPage.rowsOfPage)
    }
    if canDecide, page.acceptedCount(for: list) > 0 {
      links.append(
        .element(
          "a",
          ["class": "button quiet", "href": "/rebound/export?list=\(part)"],
          "Take the list out as CSV"
        )
      )
    }
    if !links.isEmpty { parts.append(.element("p", ["class": "choices"], [.lines(links)])) }
    if canDecide, count > 0 {
      parts.append(
        .element(
          "form",
          ["method": "post", "action": "/rebound/decision", "class": "decision"],
          [
            .lines([
              Forms.token, hidden("list", list), hidden("verdict", "accept"),
              .element(
                "button",
                ["class": "quiet"],
                "Accept all \(Format.count(count)) of \(list)"
              ),
            ])
          ]
        )
      )
    }
    return parts
  }

  /// Takes out who is forgotten.
  static func forgotten(canExport: Bool) -> Markup {
    canExport
      ? .element(
        "p",
        [:],
        [.element("a", ["href": "/rebound/export"], "Take the forgotten leads out as CSV")]
      ) : .none
  }

  private static func hidden(_ name: String, _ value: String) -> Markup {
    .void("input", ["type": "hidden", "name": name, "value": value])
  }
}
