import PlumblineCore
import PlumblineReporting

/// A question of a survey as a part of a form; none has to be answered.
struct PulseField {
  private let question: PulseSurvey.Question
  private let name: String

  init(_ question: PulseSurvey.Question, name: String) {
    self.question = question
    self.name = name
  }

  /// The question with what may be answered.
  var markup: Markup {
    switch question.scale {
    case .scale(let range): choices(range.map { ("\($0)", "\($0)") }, kind: "scale")
    case .choice(let words): choices(words.map { ($0, $0) }, kind: "choice")
    case .text:
      .element(
        "label",
        ["class": "words"],
        [
          .text(question.text),
          .element(
            "textarea",
            ["name": name, "rows": "4", "maxlength": "\(PulseAnswering.longestText)"],
            [Markup]()
          ),
        ]
      )
    }
  }

  private func choices(_ choices: [(value: String, words: String)], kind: String) -> Markup {
    .element(
      "fieldset",
      ["class": kind],
      [
        .lines(
          [.element("legend", [:], question.text)]
            + choices.map { value, words in
              .element(
                "label",
                [:],
                [
                  .void("input", ["type": "radio", "name": name, "value": value]),
                  .text(" \(words)"),
                ]
              )
            }
            + (kind == "scale"
              ? [.element("p", ["class": "note"], "From the least (left) to the most (right).")]
              : [])
        )
      ]
    )
  }
}
