import PlumblineAgreement
import PlumblineCore
import PlumblineReporting

/// A draft of the agreement beside what it means, with its faults at their lines.
struct AgreementDraftView {
  /// The text as it is in the field.
  var text: String
  /// The SHA-256 of the text from which it was made.
  var base: String
  /// What saving it would do.
  var draft: AgreementSaver.Draft
  /// What stands in the way or is to be looked at, as the reader may see it.
  var findings: [Diagnostic]
  /// The version that is in `agreement.yaml`.
  var presentVersion: String?
  /// Whether the reader may save it.
  var maySave: Bool
  /// Whether names of sales are not for the reader, who therefore may not change the text.
  var leavesOutNames = false
  /// The agreement that the text is, as the reader may see it; nil when it cannot be read.
  var meant: Agreement?
  /// Another text that was saved meanwhile.
  var rival: String?
  /// Lines that were changed for the reader, and what could not be.
  var proposal: AgreementRewrite?

  /// The form with the meaning beside it.
  var markup: Markup {
    .element(
      "form",
      ["class": "agreement", "method": "post", "action": "/agreement/check", "id": "agreement"],
      [
        .lines([
          Forms.token, .void("input", ["type": "hidden", "name": "base", "value": base]), rivalText,
          .element(
            "div",
            ["class": "beside"],
            [
              written,
              .element(
                "section",
                ["class": "meant", "id": "meaning", "aria-live": "polite"],
                [meaning]
              ),
            ]
          ),
        ])
      ]
    )
  }

  /// What the draft means, or what is wrong with it.
  var meaning: Markup {
    var parts: [Markup] = [.element("h2", [:], "What it means")]
    if !faults.isEmpty {
      let count = Format.count(faults.count, "fault")
      parts += [
        .element(
          "p",
          ["class": "fault"],
          "\(count): the text cannot be saved before they are mended."
        ),
        AgreementListing(text, findings).markup,
      ]
    } else {
      if !others.isEmpty { parts.append(AgreementListing(text, others).markup) }
      if !leavesOutNames { parts.append(.element("p", ["class": "note"], effect)) }
    }
    if let agreement = meant {
      let sections = AgreementShowSections(agreement)
      parts += [.element("p", ["class": "strong"], sections.headline), sections.markup]
    } else {
      parts.append(
        .element("p", [:], "What it means is shown here once the text can be read.")
      )
    }
    return .lines(parts)
  }

  private var faults: [Diagnostic] { findings.filter { $0.severity == .error } }
  private var others: [Diagnostic] { findings.filter { $0.severity != .error } }

  /// What saving would do, in a sentence.
  private var effect: String {
    if draft.isUnchanged { return "This is the agreement as it stands." }
    let version = draft.alone?.version ?? ""
    if let frozen = draft.frozen {
      return "Saved, it is the new version \(version). Version \(frozen) is frozen first: what it "
        + "said keeps counting for its time."
    }
    if version == presentVersion {
      return "Saved, it takes the place of version \(version), which nobody has frozen or signed. "
        + "Give it another version and a later first day to keep what that said."
    }
    return "Saved, it is the new version \(version)."
  }

  private var written: Markup {
    .element(
      "section",
      ["class": "written"],
      [
        .lines([
          .element("h2", [:], "As it is written"),
          .element(
            "label",
            ["for": "agreement-text"],
            leavesOutNames
              ? "The text of agreement.yaml"
              : "The text of agreement.yaml; a draft until it is saved"
          ),
          leavesOutNames ? .element("p", ["class": "note"], Self.withoutNames) : .none,
          .element(
            "div",
            ["class": "numbered"],
            [
              .element(
                "textarea",
                leavesOutNames
                  ? [
                    "class": "text", "id": "agreement-text", "name": "text", "rows": "34",
                    "spellcheck": "false", "wrap": "off", "readonly": "readonly",
                  ]
                  : [
                    "class": "text", "id": "agreement-text", "name": "text", "rows": "34",
                    "spellcheck": "false", "autocomplete": "off", "wrap": "off",
                  ],
                // The first line break inside a field is not part of its text.
                [.verbatim("\n" + text)]
              )
            ]
          ),
          proposed, buttons,
        ])
      ]
    )
  }

  private static let withoutNames =
    "Names of sales are left out for you, so the text is here to be read: leadership changes it."

  private var buttons: Markup {
    if leavesOutNames {
      return text.isEmpty
        ? .none
        : .element(
          "p",
          ["class": "buttons"],
          [
            .element(
              "button",
              ["class": "quiet", "formaction": "/agreement/price"],
              "What would it change?"
            )
          ]
        )
    }
    return .element(
      "p",
      ["class": "buttons"],
      [
        .element("button", ["class": "quiet"], "Check it"),
        .text(" "),
        .element(
          "button",
          ["class": "quiet", "formaction": "/agreement/price"],
          "What would it change?"
        ),
        .text(" "),
        maySave
          ? .element("button", ["formaction": "/agreement/save"], "Save it as the agreement")
          : .element(
            "span",
            ["class": "note"],
            "Leadership saves it: copy the text to them, or open it there."
          ),
      ]
    )
  }

  private var proposed: Markup {
    guard let proposal else { return .none }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let changed = proposal.lines.filter { $0 <= lines.count }
    return .lines([
      .element("h3", [:], "Changed for you"),
      changed.isEmpty
        ? .element("p", [:], "Nothing.")
        : .element(
          "ol",
          ["class": "listing"],
          changed.map { number in
            .element(
              "li",
              ["class": "changed", "data-line": "\(number)", "value": "\(number)"],
              [.element("code", [:], String(lines[number - 1]))]
            )
          }
        ),
      .bullets(
        proposal.unplaced.map { "To be written by hand: \(Self.words($0))." }
      ),
    ])
  }

  private static func words(_ change: AgreementRewrite.Change) -> String {
    switch change {
    case .version(let name): "version \(name)"
    case .effective(let day): "effective \(day)"
    case .skips(let rule): "skips \(rule.rawValue) under stages"
    case .returns(let rule): "returns \(rule.rawValue) under stages"
    case .confirmed(let stage, let by, let days):
      "confirmed_by for the stage \(stage): \(by) within \(Format.days(days))"
    case .mqlAt(let score): "mql_at \(score) under score"
    case .gate(let stage, let score): "a gate with the score \(score) for the stage \(stage)"
    case .horizon(let step, let days): "\(step) \(Format.days(days)) under horizons"
    }
  }

  private var rivalText: Markup {
    guard let rival else { return .none }
    return .element(
      "section",
      ["class": "fault"],
      [
        .lines([
          .element("h2", [:], "Somebody saved another text meanwhile"),
          .element(
            "p",
            [:],
            "Nothing of yours was saved and nothing is lost: theirs is here, yours is below. Put what "
              + "is missing into yours; saving it then takes the place of theirs."
          ),
          .element("label", ["for": "agreement-rival"], "The text that was saved meanwhile"),
          .element(
            "textarea",
            ["class": "text", "id": "agreement-rival", "readonly": "readonly", "rows": "14"],
            [.verbatim("\n" + rival)]
          ),
        ])
      ]
    )
  }
}
