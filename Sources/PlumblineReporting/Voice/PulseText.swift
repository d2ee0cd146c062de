public import PlumblineCore
import PlumblineStatistics

/// What a survey's answers say, as text for people.
public struct PulseText: Sendable {
  private let answer: PulseAnswer
  private let layout: TextLayout

  /// An answer to be shown.
  ///
  /// - Parameters:
  ///   - answer: What the survey's answers say.
  ///   - layout: How wide, and whether for a terminal.
  public init(_ answer: PulseAnswer, layout: TextLayout = TextLayout()) {
    self.answer = answer
    self.layout = layout
  }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    page.paragraph(headline, ink: .strong)
    for course in answer.courses { add(course, &page) }
    page.heading("How this is counted")
    page.bullets(PulseWords.notes(answer))
    return page.text
  }

  private var headline: String { PulseWords.headline(answer) }

  private func add(_ course: PulseAnswer.Course, _ page: inout TextPage) {
    page.heading(course.question.text)
    guard !course.spans.isEmpty else {
      page.paragraph(
        "No answers yet in a \(answer.survey.period.rawValue) that is over.",
        indent: 2
      )
      return
    }
    switch course.question.scale {
    case .scale, .choice: table(course, &page)
    case .text: texts(course, &page)
    }
  }

  private func table(_ course: PulseAnswer.Course, _ page: inout TextPage) {
    var table = TextTable([
      .whole("from"), .text("team"), .number("answers"), .wrapped("answer", least: 24),
    ])
    for span in course.spans.suffix(6) {
      for group in span.teams + [span.all] {
        table.add(
          [
            span.start.description, group.team ?? "all",
            group.count.map { Format.count($0) } ?? "hidden",
            PulseWords.summary(group, course.question),
          ],
          ink: group.isHidden ? .faint : .plain
        )
      }
    }
    page.table(table)
    var changes: [String] = []
    let teams: [String?] = [nil] + (course.spans.last?.teams.map(\.team) ?? [])
    for team in teams {
      if let change = answer.change(in: course, of: team) {
        changes.append(PulseWords.change(change, team))
      }
    }
    page.bullets(changes)
  }

  private func texts(_ course: PulseAnswer.Course, _ page: inout TextPage) {
    guard let span = course.spans.last else { return }
    for group in span.teams {
      let team = group.team ?? "all"
      guard case .texts(let texts) = group.summary else {
        page.paragraph("\(team), from \(span.start): hidden.", indent: 2)
        continue
      }
      page.paragraph("\(team), from \(span.start):", indent: 2)
      page.bullets(texts, indent: 4)
    }
  }
}

/// A survey in words.
enum PulseWords {
  static func headline(_ answer: PulseAnswer) -> String {
    let questions = Format.count(answer.courses.count, "question")
    guard answer.counted > 0 else {
      return answer.waiting == 0
        ? "Nobody has answered yet."
        : "\(Format.count(answer.waiting, "answer")) so far, in a \(answer.survey.period.rawValue) "
          + "that is not over."
    }
    return "\(Format.count(answer.counted, "answer")) to \(questions), by "
      + "\(answer.survey.period.rawValue)."
  }

  static func summary(_ group: PulseAnswer.Group, _ question: PulseSurvey.Question) -> String {
    switch (group.summary, question.scale) {
    case (.scores(let mean, let interval)?, .scale(let scale)):
      return "\(Format.fixed(mean, decimals: 1)) "
        + "(\(Format.fixed(interval.lower, decimals: 1)) to "
        + "\(Format.fixed(interval.upper, decimals: 1))) of \(scale.upperBound)"
    case (.choices(let counts)?, .choice(let choices)):
      let total = counts.reduce(0, +)
      return zip(choices, counts).map { choice, count in
        "\(choice.printable) \(Format.percent(Double(count) / Double(max(total, 1)), .wilson(successes: Double(count), trials: Double(total))))"
      }.joined(separator: "; ")
    default: return ""
    }
  }

  static func change(_ change: PulseAnswer.Change, _ team: String?) -> String {
    let who = team?.printable ?? "all"
    let size =
      "\(Format.signed(change.difference, decimals: 1)) "
      + "(\(Format.signed(change.interval.lower, decimals: 1)) to "
      + "\(Format.signed(change.interval.upper, decimals: 1)))"
    return "\(who), against the span from \(change.since): \(size)"
      + (change.isClear ? "." : "; no clear change.")
  }

  static func notes(_ answer: PulseAnswer) -> [String] {
    let least = Format.count(answer.survey.smallestGroup)
    var notes = [
      "Groups under \(least) are hidden, and others with them, so that nothing shown can be "
        + "subtracted from a total to find them. Nobody's name is read or kept.",
      "A \(answer.survey.period.rawValue) is shown once it is over.",
      "Ranges are 95 % ranges of what the group as a whole would say; for scales they take the answers "
        + "to lie as far apart as they can, so they are rather too wide than too narrow.",
    ]
    if answer.waiting > 0 {
      notes.append("\(Format.count(answer.waiting, "answer")) not shown yet.")
    }
    return notes
  }
}
