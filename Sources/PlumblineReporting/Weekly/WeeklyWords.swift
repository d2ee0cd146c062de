import PlumblineCore
import PlumblineStatistics

/// The page for both teams in words: what text, Markdown, HTML, mail and JSON say alike.
struct WeeklyWords {
  /// The most ids that a line names.
  static let mostIDs = 5

  let answer: WeeklyAnswer
  let agreement: Agreement
  let stages: StageWords

  init(_ answer: WeeklyAnswer, _ agreement: Agreement) {
    self.answer = answer
    self.agreement = agreement
    stages = StageWords(agreement)
  }

  var provenance: Provenance {
    Provenance(
      agreement: agreement,
      asOf: answer.asOf,
      question: answer.question,
      horizons: []
    )
  }

  // MARK: The period

  /// `week` or `month`.
  var kind: String { answer.period.kind.rawValue }

  /// `2026-W26, 2026-06-22 to 2026-06-28`.
  var periodText: String {
    "\(answer.period), \(answer.period.firstDay) to \(answer.period.lastDay)"
  }

  /// What the page is.
  var title: String {
    let company = agreement.company.isEmpty ? "" : "\(agreement.company.printable): "
    return "\(company)marketing and sales, \(kind) \(periodText)"
  }

  /// What the page is about, as a sentence.
  var scope: String {
    let state = Format.instant(answer.asOf, agreement.calendar)
    return "\(kind.capitalizedFirst) \(periodText)\(answer.isOver ? "" : ", not over yet"). What "
      + "became of leads is as of \(state). Handed to sales means: reached "
      + "\(stages.label(agreement.handOffStage))."
  }

  // MARK: The answer in one sentence

  /// The whole page in one sentence that can be read aloud.
  var headline: String {
    let loop = answer.loop
    guard loop.handedOverCount + loop.carriedOverCount > 0 else {
      return "No lead was handed to sales in \(kind) \(answer.period), and none was waiting"
        + (answer.changes.isQuiet ? "." : "; \(changeClause).")
    }
    var clauses = [
      "In \(kind) \(answer.period) \(Format.count(loop.handedOverCount, "lead")) "
        + "\(loop.handedOverCount == 1 ? "was" : "were") handed to sales\(volumeClause)"
    ]
    if let touch = answer.promises.first(where: { $0.promise == .firstTouch }),
      let clause = touchClause(touch)
    {
      clauses.append(clause)
    }
    if let clause = waitingClause { clauses.append(clause) }
    clauses.append(changeClause)
    return clauses.joined(separator: "; ") + "."
  }

  private var volumeClause: String {
    if let target = answer.promises.first(where: { $0.promise == .qualifiedLeads })?.target {
      return ", \(amount(target)) promised"
    }
    let change = answer.changes.counts.first { $0.stage == agreement.handOffStage }
    guard let usual = change?.usual else { return "" }
    return ", \(range(usual)) would be usual"
  }

  private func touchClause(_ line: PromiseLine) -> String? {
    guard let share = line.share, let target = line.target else { return nil }
    return
      "\(Format.count(line.kept)) of the \(Format.count(line.base - line.unknown)) whose first "
      + "touch fell due got it in time, \(Format.percent(share, line.interval)) against the "
      + "\(Format.percent(target)) promised"
  }

  /// The leads that wait although a promise about them is broken.
  private var waitingClause: String? {
    guard answer.isFollowUpJudged else { return nil }
    let untouched = answer.loop.entries.count { $0.fate == .neverTouched }
    let late = answer.loop.entries.count { $0.fate == .openPastPromise }
    switch (untouched, late) {
    case (0, 0): return "none waits past what was promised"
    case (_, 0):
      return "\(Format.count(untouched)) \(untouched == 1 ? "waits" : "wait") past the promise, "
        + "touched by nobody"
    case (0, _): return "\(Format.count(late)) \(late == 1 ? "waits" : "wait") past the promise"
    default:
      return "\(Format.count(untouched + late)) \(untouched + late == 1 ? "waits" : "wait") past "
        + "the promise, \(Format.count(untouched)) of them touched by nobody"
    }
  }

  /// Whether anything is out of the usual.
  var changeClause: String {
    let changes = answer.changes
    guard changes.isJudged else { return "there are too few weeks to say what is usual" }
    guard !changes.isQuiet else { return "nothing is outside what is usual" }
    let count = changes.unusualCounts.count + changes.watch.alerts.count
    return "\(Format.count(count, "thing")) \(count == 1 ? "is" : "are") outside what is usual"
  }

  // MARK: Small things

  /// A number that need not be whole: `12`, `93.3`.
  func amount(_ number: Double) -> String {
    let isWhole = abs(number - number.rounded()) < 0.05
    return Format.fixed(number, decimals: isWhole || number >= 100 ? 0 : 1)
  }

  /// A range of counts: `14 to 52`.
  func range(_ counts: ClosedRange<Int>) -> String {
    "\(Format.count(counts.lowerBound)) to \(Format.count(counts.upperBound))"
  }

  /// Some ids, and how many more there are: `100231, 100240 and 7 more`.
  func ids(_ leads: [String], most: Int = WeeklyWords.mostIDs) -> String {
    let names = leads.map(\.printable)
    guard names.count > most else { return names.joined(separator: ", ") }
    return names.prefix(most).joined(separator: ", ") + " and "
      + "\(Format.count(names.count - most)) more"
  }
}
