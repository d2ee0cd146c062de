import PlumblineStatistics

/// One pass over journeys for one question: which episodes, and in which cells.
///
/// Filters are looked at once a code, cells are found by numbers; words are made at the end.
struct CellPass: Sendable {
  enum Outcome: Equatable { case notEntered, advanced, open, residual, detoured(Int) }

  let history: CompanyHistory
  let journeys: Journeys
  let question: FunnelQuestion
  let days: LocalDays
  /// The question's dimensions, then those of its filters.
  let all: [CodedDimension]
  /// For each filter, the values that it lets through.
  let passing: [[Bool]]
  /// From the first to the last instant by which an episode is dated.
  private let entries: ClosedRange<Instant>

  /// The question's dimensions.
  var dimensions: ArraySlice<CodedDimension> { all.prefix(question.by.count) }

  /// A pass.
  ///
  /// - Complexity: O(leads).
  init(_ history: CompanyHistory, _ journeys: Journeys, _ question: FunnelQuestion) {
    self.history = history
    self.journeys = journeys
    self.question = question
    let entries = journeys.reached[question.datedBy]
    let (earliest, latest) = Self.range(of: entries) ?? (history.asOf, history.asOf)
    self.entries = earliest...latest
    let calendar = history.agreement.calendar
    days = LocalDays(
      calendar,
      min(earliest, history.asOf).seconds...max(latest, history.asOf).seconds
    )
    // A clock set back over midnight puts an earlier instant on a later day.
    var first = calendar.day(of: earliest).dayNumber - 1
    var last = calendar.day(of: latest).dayNumber + 1
    let wanted = question.by + question.filters.map(\.dimension)
    if wanted.contains(.cohort) || wanted.contains(.week), question.isSpendKnown {
      let today = calendar.day(of: history.asOf).dayNumber
      for spend in history.spend {
        guard let span = SpendSpan(spend, question, lastDay: today) else { continue }
        first = min(first, span.days.lowerBound)
        last = max(last, span.days.upperBound)
      }
    }
    let range = first...last
    all = wanted.map { CodedDimension($0, history, days: range) }
    passing = zip(all.dropFirst(question.by.count), question.filters).map { dimension, filter in
      dimension.passing(filter)
    }
  }

  private static func range(of entries: [TimePoint]) -> (Instant, Instant)? {
    var (lowest, highest) = (Int64.max, Int64.min)
    for entry in entries {
      // A missing point lies above all others, an undated one below.
      lowest = min(lowest, entry.rawValue == .min ? .max : entry.rawValue)
      highest = max(highest, entry.rawValue == .max ? .min : entry.rawValue)
    }
    guard lowest <= highest else { return nil }
    return (TimePoint(rawValue: lowest).instant, TimePoint(rawValue: highest).instant)
  }

  /// Whether the cells of other episodes of the same leads have numbers here.
  func covers(_ other: Journeys) -> Bool {
    guard all.contains(where: \.isPeriod),
      let (earliest, latest) = Self.range(of: other.reached[question.datedBy])
    else { return true }
    return entries.contains(earliest) && entries.contains(latest)
  }

  // MARK: Reading

  /// Calls `body` with a reader of episodes, which is good until then.
  func withReader<Result>(_ body: (EpisodeReader) -> Result) -> Result {
    withColumns([]) { columns in
      withPassing([]) { passing in
        days.withView { days in
          columns.withUnsafeBufferPointer { columns in
            passing.withUnsafeBufferPointer { passing in
              body(
                EpisodeReader(
                  columns: columns,
                  passing: passing,
                  dimensionCount: question.by.count,
                  days: days,
                  hasDays: question.firstDay != nil || question.lastDay != nil,
                  firstDay: question.firstDay ?? .min,
                  lastDay: question.lastDay ?? .max
                )
              )
            }
          }
        }
      }
    }
  }

  private func withColumns<Result>(
    _ columns: [EpisodeReader.Column],
    _ body: ([EpisodeReader.Column]) -> Result
  ) -> Result {
    guard columns.count < all.count else { return body(columns) }
    let dimension = all[columns.count]
    return dimension.numbers.withAddress { numbers in
      dimension.codes.withAddress { codes in
        withColumns(columns + [EpisodeReader.Column(dimension, numbers, codes)], body)
      }
    }
  }

  private func withPassing<Result>(
    _ known: [UnsafeBufferPointer<Bool>],
    _ body: ([UnsafeBufferPointer<Bool>]) -> Result
  ) -> Result {
    guard known.count < passing.count else { return body(known) }
    return passing[known.count].withUnsafeBufferPointer { withPassing(known + [$0], body) }
  }

  /// The episodes that the question wants, in order.
  ///
  /// - Parameter isCandidate: Looked at first.
  /// - Returns: Their rows.
  /// - Complexity: O(episodes).
  func wantedRows(where isCandidate: (Int) -> Bool = { _ in true }) -> [Int] {
    let entries = journeys.reached[question.datedBy]
    return withReader { reader in
      (0..<journeys.count).filter { row in
        isCandidate(row)
          && reader.isWanted(Int(journeys.leads[row]), Int(journeys.attempts[row]), entries[row])
      }
    }
  }

  /// What became of an episode after a stage.
  func outcome(from stage: Int, row: Int) -> Outcome {
    let entered = journeys.reached[stage][row]
    guard entered.isPresent else { return .notEntered }
    let next = journeys.reached[stage + 1][row]
    if next.isPresent {
      let isBackwards = entered.isDated && next.isDated && days.is(next, before: entered)
      return isBackwards ? .residual : .advanced
    }
    let exit = journeys.exits[row]
    return exit.isPresent && !exit.precedes(entered)
      ? .detoured(Int(journeys.detours[row])) : .open
  }
}
