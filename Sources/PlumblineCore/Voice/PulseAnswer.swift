public import PlumblineStatistics

/// What a survey's answers say: by question, by span of time and by team, small groups hidden.
///
/// A group is hidden where fewer than `PulseSurvey.smallestGroup` answered. Then others are hidden
/// with it, the smallest first, until those hidden are at least two groups and together no small
/// group either: what is shown, subtracted from the total, says nothing about fewer people than
/// that. A total of a small group is hidden itself. A span that is not over is not shown: a later
/// look would tell what a single answer changed.
public struct PulseAnswer: Sendable {
  /// What a group answered.
  public enum Summary: Hashable, Sendable {
    /// The mean of the scores, and the range that the data support.
    case scores(mean: Double, interval: ConfidenceInterval)
    /// How many chose each of the choices.
    case choices([Int])
    /// What was written, in the order of the alphabet.
    case texts([String])
  }

  /// The answers of some people to one question in one span.
  public struct Group: Sendable {
    /// The team; nil for all together.
    public let team: String?
    /// How many answered; nil where that is hidden.
    public let count: Int?
    /// What they answered; nil where that is hidden.
    public let summary: Summary?

    /// Whether it is kept back.
    public var isHidden: Bool { count == nil }
  }

  /// One span of one question.
  public struct Span: Sendable {
    /// The first day.
    public let start: CivilDate
    /// The first day behind it.
    public let end: CivilDate
    /// Everybody who answered.
    public let all: Group
    /// Each team that answered, in the order of the alphabet.
    public let teams: [Group]
  }

  /// One question with its spans, oldest first.
  public struct Course: Sendable {
    /// The question.
    public let question: PulseSurvey.Question
    /// Its spans.
    public let spans: [Span]
  }

  /// How a mean has changed.
  public struct Change: Hashable, Sendable {
    /// The first day of the span before.
    public let since: CivilDate
    /// The difference of the means, on the scale.
    public let difference: Double
    /// The range that the data support for it.
    public let interval: ConfidenceInterval

    /// Whether the data show that something changed at all.
    public var isClear: Bool { interval.lower > 0 || interval.upper < 0 }
  }

  /// The survey.
  public let survey: PulseSurvey
  /// The last day that counts.
  public let through: CivilDate
  /// The questions in the survey's order.
  public let courses: [Course]
  /// How many answers lie in spans that are not over.
  public let waiting: Int
  /// How many answers count.
  public let counted: Int

  /// What answers say.
  ///
  /// - Parameters:
  ///   - survey: The questions.
  ///   - replies: The answers, in any order.
  ///   - through: The last day that counts.
  /// - Precondition: The answers fit the questions.
  /// - Complexity: O(answers log answers).
  public init(_ survey: PulseSurvey, _ replies: [PulseSurvey.Reply], through: CivilDate) {
    self.survey = survey
    self.through = through
    let period = survey.period
    let shown = replies.filter {
      period.end(ofSpanFrom: period.start(of: $0.day)).dayNumber <= through.dayNumber + 1
    }
    counted = shown.count
    waiting = replies.count - shown.count
    courses = survey.questions.indices.map { question in
      let own = shown.filter { $0.question == question }
      let spans = Dictionary(grouping: own) { period.start(of: $0.day) }
      return Course(
        question: survey.questions[question],
        spans: spans.sorted { $0.key < $1.key }.map { start, replies in
          Self.span(survey, survey.questions[question], start, replies)
        }
      )
    }
  }

  /// How the mean of a group in the last span differs from the last one before in which it is shown.
  ///
  /// - Parameters:
  ///   - course: A question with its spans.
  ///   - team: The team; nil for all together.
  /// - Returns: nil where there are no two spans to compare, or where there are no means.
  public func change(in course: Course, of team: String?) -> Change? {
    guard case .scale(let scale) = course.question.scale else { return nil }
    let groups = course.spans.compactMap { span in
      (team == nil ? span.all : span.teams.first { $0.team == team }).map { (span.start, $0) }
    }
    guard let (_, newest) = groups.last, let now = Self.mean(newest),
      let (since, before) = groups.dropLast().compactMap({ start, group in
        Self.mean(group).map { (start, $0) }
      }).last
    else { return nil }
    let width = Double(scale.upperBound - scale.lowerBound)
    let difference = now.mean - before.mean
    // Newcombe's hybrid score interval, of two means instead of two shares.
    func distance(_ one: Double, _ other: Double) -> Double {
      (one * one + other * other).squareRoot()
    }
    return Change(
      since: since,
      difference: difference,
      interval: ConfidenceInterval(
        lower: max(
          -width,
          difference - distance(now.mean - now.interval.lower, before.interval.upper - before.mean)
        ),
        upper: min(
          width,
          difference + distance(now.interval.upper - now.mean, before.mean - before.interval.lower)
        )
      )
    )
  }

  private static func mean(_ group: Group) -> (mean: Double, interval: ConfidenceInterval)? {
    guard case .scores(let mean, let interval) = group.summary else { return nil }
    return (mean, interval)
  }

  // MARK: What is hidden

  private static func span(
    _ survey: PulseSurvey,
    _ question: PulseSurvey.Question,
    _ start: CivilDate,
    _ replies: [PulseSurvey.Reply]
  ) -> Span {
    let teams = Dictionary(grouping: replies, by: \.team).sorted { $0.key < $1.key }
    let hidden = hidden(teams.map(\.value.count), smallest: survey.smallestGroup)
    func group(_ team: String?, _ replies: [PulseSurvey.Reply], isHidden: Bool) -> Group {
      Group(
        team: team,
        count: isHidden ? nil : replies.count,
        summary: isHidden ? nil : summary(question, replies)
      )
    }
    return Span(
      start: start,
      end: survey.period.end(ofSpanFrom: start),
      all: group(nil, replies, isHidden: replies.count < survey.smallestGroup),
      teams: teams.enumerated().map { group($1.key, $1.value, isHidden: hidden.contains($0)) }
    )
  }

  /// Which of the groups of a total are hidden.
  ///
  /// - Parameters:
  ///   - counts: How many are in each group.
  ///   - smallest: Smaller groups are hidden.
  /// - Returns: The positions of those that are.
  static func hidden(_ counts: [Int], smallest: Int) -> Set<Int> {
    let bySize = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
    var hidden: Set<Int> = []
    var sum = 0
    for index in bySize {
      let isSmall = counts[index] < smallest
      let isNeeded = !hidden.isEmpty && (hidden.count < 2 || sum < smallest)
      guard isSmall || isNeeded else { break }
      hidden.insert(index)
      sum += counts[index]
    }
    return hidden
  }

  private static func summary(
    _ question: PulseSurvey.Question,
    _ replies: [PulseSurvey.Reply]
  ) -> Summary {
    switch question.scale {
    case .scale(let scale):
      let scores = replies.compactMap { reply -> Int? in
        if case .score(let score) = reply.value { score } else { nil }
      }
      return summary(scores, scale)
    case .choice(let choices):
      var counts = choices.map { _ in 0 }
      for reply in replies {
        if case .choice(let index) = reply.value { counts[index] += 1 }
      }
      return .choices(counts)
    case .text:
      return .texts(
        replies.compactMap { reply in
          if case .text(let text) = reply.value { text } else { nil }
        }.sorted()
      )
    }
  }

  /// A mean with Wilson's range of a share: no answers between two ends can spread more than answers
  /// at the ends themselves, so the range is never too narrow, and it stays on the scale.
  private static func summary(_ scores: [Int], _ scale: ClosedRange<Int>) -> Summary {
    let lowest = Double(scale.lowerBound)
    let width = Double(scale.upperBound - scale.lowerBound)
    let sum = scores.reduce(0.0) { $0 + Double($1) }
    let count = Double(scores.count)
    let mean = sum / count
    let share = ConfidenceInterval.wilson(
      successes: min(count, max(0, (sum - count * lowest) / width)),
      trials: count
    )
    return .scores(
      mean: mean,
      interval: ConfidenceInterval(
        lower: min(mean, lowest + width * share.lower),
        upper: max(mean, lowest + width * share.upper)
      )
    )
  }
}
