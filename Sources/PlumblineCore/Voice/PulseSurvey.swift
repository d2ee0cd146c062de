/// A few questions that both teams are asked again and again.
public struct PulseSurvey: Hashable, Sendable {
  /// What may be answered.
  public enum Scale: Hashable, Sendable {
    /// A whole number of a range.
    case scale(ClosedRange<Int>)
    /// One of these words.
    case choice([String])
    /// Anything.
    case text
  }

  /// A question.
  public struct Question: Hashable, Sendable {
    /// The word used in files.
    public var id: String
    /// The question as people read it.
    public var text: String
    /// What may be answered.
    public var scale: Scale

    /// A question.
    public init(id: String, text: String, scale: Scale) {
      self.id = id
      self.text = text
      self.scale = scale
    }

    /// An answer as files and forms write it; nil where it does not fit the question.
    ///
    /// Words with an @ are taken out of free text: they tell who somebody is.
    ///
    /// - Parameter answer: What was written.
    /// - Returns: The answer.
    public func value(of answer: String) -> Reply.Value? {
      switch scale {
      case .scale(let range): return Int(answer).flatMap { range.contains($0) ? .score($0) : nil }
      case .choice(let choices):
        let key = WordKey.of(answer)
        return choices.firstIndex { WordKey.of($0) == key }.map { .choice($0) }
      case .text:
        return .text(
          answer.split(whereSeparator: \.isWhitespace)
            .map { $0.contains("@") ? "[address]" : String($0) }.joined(separator: " ")
        )
      }
    }
  }

  /// An answer that nobody signed.
  public struct Reply: Hashable, Sendable {
    /// What was answered.
    public enum Value: Hashable, Sendable {
      case score(Int)
      /// The position of the choice.
      case choice(Int)
      case text(String)
    }

    /// The question's position in the survey.
    public var question: Int
    /// What was answered.
    public var value: Value
    /// The team of whoever answered.
    public var team: String
    /// When: a day, or the first day of a week where only that is known.
    public var day: CivilDate

    /// An answer.
    public init(question: Int, value: Value, team: String, day: CivilDate) {
      self.question = question
      self.value = value
      self.team = team
      self.day = day
    }
  }

  /// The questions.
  public var questions: [Question]
  /// The spans over which answers are taken together: always the same, so that no two of them can be
  /// subtracted from each other.
  public var period: MarketingSLA.Period
  /// Smaller groups are hidden; never below `PulseSurvey.leastGroup`.
  public let smallestGroup: Int

  /// No survey shows what fewer people than this answered.
  public static let leastGroup = 5

  /// A survey; groups under five are hidden whatever is asked for.
  public init(
    questions: [Question],
    period: MarketingSLA.Period = .month,
    smallestGroup: Int = PulseSurvey.leastGroup
  ) {
    self.questions = questions
    self.period = period
    self.smallestGroup = max(smallestGroup, Self.leastGroup)
  }
}

extension MarketingSLA.Period {
  /// The first day of the span that holds a day.
  public func start(of day: CivilDate) -> CivilDate {
    switch self {
    case .week: return day.startOfWeek
    case .month: return day.startOfMonth
    case .quarter:
      let (year, month, _) = day.components
      return CivilDate(year: year, month: (month - 1) / 3 * 3 + 1, day: 1) ?? day.startOfMonth
    }
  }

  /// The first day of the span behind the one that begins on a day.
  public func end(ofSpanFrom start: CivilDate) -> CivilDate {
    // The longest spans have 7, 31 and 92 days; no two of them fit into twice the shortest.
    let inNext = [.week: 7, .month: 31, .quarter: 92][self] ?? 7
    return self.start(of: CivilDate(dayNumber: start.dayNumber + inNext))
  }
}
