public import PlumblineCore

/// What a survey's answers say, for a page; the same words as `PulseText`.
public struct PulseSections: Sendable {
  /// So many spans are shown, the newest.
  private static let mostSpans = 6

  private let answer: PulseAnswer

  /// An answer to be shown.
  ///
  /// - Parameter answer: What the survey's answers say.
  public init(_ answer: PulseAnswer) { self.answer = answer }

  /// How many answered, in a sentence.
  public var headline: String { PulseWords.headline(answer) }

  /// Each question with its answers, and how they are counted.
  public var markup: Markup {
    .lines(
      answer.courses.enumerated().map(section) + [
        .element(
          "section",
          [:],
          [
            .element("h2", [:], "How this is counted"), .bullets(PulseWords.notes(answer)),
          ]
        )
      ]
    )
  }

  private func section(_ index: Int, _ course: PulseAnswer.Course) -> Markup {
    let content: [Markup]
    if course.spans.isEmpty {
      content = [
        .element("p", [:], "No answers yet in a \(answer.survey.period.rawValue) that is over.")
      ]
    } else if case .text = course.question.scale {
      content = texts(course)
    } else {
      content = [table(index, course), .bullets(changes(course))]
    }
    return .element(
      "section",
      [:],
      [.lines([.element("h2", [:], course.question.text)] + content)]
    )
  }

  private func table(_ index: Int, _ course: PulseAnswer.Course) -> Markup {
    var table = MarkupTable(
      "pulse-\(index)",
      caption: "Answers by \(answer.survey.period.rawValue) and team",
      [.text("From"), .text("Team"), .number("Answers"), .text("Answer")]
    )
    for span in course.spans.suffix(Self.mostSpans) {
      for group in span.teams + [span.all] {
        table.add(
          [
            span.start.description, group.team ?? "all",
            group.count.map { Format.count($0) } ?? "hidden",
            PulseWords.summary(group, course.question),
          ],
          kind: group.isHidden ? "note" : ""
        )
      }
    }
    return table.markup
  }

  private func changes(_ course: PulseAnswer.Course) -> [String] {
    let teams: [String?] = [nil] + (course.spans.last?.teams.map(\.team) ?? [])
    return teams.compactMap { team in
      answer.change(in: course, of: team).map { PulseWords.change($0, team) }
    }
  }

  private func texts(_ course: PulseAnswer.Course) -> [Markup] {
    guard let span = course.spans.last else { return [] }
    return span.teams.flatMap { group -> [Markup] in
      let name = "\(group.team ?? "all"), from \(span.start)"
      guard case .texts(let texts) = group.summary else {
        return [.element("p", [:], "\(name): hidden.")]
      }
      return [.element("h3", [:], name), .bullets(texts)]
    }
  }
}
