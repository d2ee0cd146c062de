public import PlumblineCore
import PlumblineStatistics

/// What a survey's answers say, as JSON; every key is documented in `Documentation/json.md`.
public struct PulseJSON: Sendable {
  private let wire: PulseWire

  /// An answer to be written.
  ///
  /// - Parameter answer: What the survey's answers say.
  public init(_ answer: PulseAnswer) { wire = PulseWire(answer) }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}

/// What a survey's answers say in JSON.
struct PulseWire: Codable, Hashable, Sendable {
  struct Choice: Codable, Hashable, Sendable {
    let choice: String
    let answers: ShareWire
  }

  struct Group: Codable, Hashable, Sendable {
    @OrNull var team: String?
    let isHidden: Bool
    @OrNull var answers: Int?
    @OrNull var mean: Double?
    @OrNull var lower: Double?
    @OrNull var upper: Double?
    let choices: [Choice]
    let texts: [String]

    init(_ group: PulseAnswer.Group, _ question: PulseSurvey.Question) {
      _team = OrNull(wrappedValue: group.team)
      isHidden = group.isHidden
      _answers = OrNull(wrappedValue: group.count)
      var mean: Double?
      var interval: ConfidenceInterval?
      var choices: [Choice] = []
      var texts: [String] = []
      switch (group.summary, question.scale) {
      case (.scores(let value, let range)?, _): (mean, interval) = (value, range)
      case (.choices(let counts)?, .choice(let names)):
        let total = counts.reduce(0, +)
        choices = zip(names, counts).map { Choice(choice: $0, answers: ShareWire($1, of: total)) }
      case (.texts(let found)?, _) where group.team != nil: texts = found
      default: break
      }
      _mean = OrNull(wrappedValue: Rounded.share(mean))
      _lower = OrNull(wrappedValue: Rounded.share(interval?.lower))
      _upper = OrNull(wrappedValue: Rounded.share(interval?.upper))
      self.choices = choices
      self.texts = texts
    }
  }

  struct Span: Codable, Hashable, Sendable {
    let from: String
    let before: String
    let all: Group
    let teams: [Group]
  }

  struct Change: Codable, Hashable, Sendable {
    @OrNull var team: String?
    let since: String
    @OrNull var difference: Double?
    @OrNull var lower: Double?
    @OrNull var upper: Double?
    let isClear: Bool
  }

  struct Question: Codable, Hashable, Sendable {
    let id: String
    let text: String
    let type: String
    let spans: [Span]
    let changes: [Change]
  }

  var format = JSONText.format
  var kind = "pulse"
  let headline: String
  let period: MarketingSLA.Period
  let smallestGroup: Int
  let through: String
  let counted: Int
  let waiting: Int
  let questions: [Question]
  let notes: [String]

  init(_ answer: PulseAnswer) {
    headline = PulseWords.headline(answer)
    period = answer.survey.period
    smallestGroup = answer.survey.smallestGroup
    through = answer.through.description
    counted = answer.counted
    waiting = answer.waiting
    questions = answer.courses.map { course in
      let teams: [String?] = [nil] + (course.spans.last?.teams.map(\.team) ?? [])
      let type =
        switch course.question.scale {
        case .scale: "scale"
        case .choice: "choice"
        case .text: "text"
        }
      return Question(
        id: course.question.id,
        text: course.question.text,
        type: type,
        spans: course.spans.map { span in
          Span(
            from: span.start.description,
            before: span.end.description,
            all: Group(span.all, course.question),
            teams: span.teams.map { Group($0, course.question) }
          )
        },
        changes: teams.compactMap { team in
          answer.change(in: course, of: team).map { change in
            Change(
              team: team,
              since: change.since.description,
              difference: Rounded.share(change.difference),
              lower: Rounded.share(change.interval.lower),
              upper: Rounded.share(change.interval.upper),
              isClear: change.isClear
            )
          }
        }
      )
    }
    notes = PulseWords.notes(answer)
  }
}
