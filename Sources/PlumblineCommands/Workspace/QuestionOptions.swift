public import ArgumentParser
import Foundation
public import PlumblineCore

/// Which episodes a question is about, and as of when.
struct QuestionOptions: ParsableArguments {
  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: """
      Only leads whose value matches, such as channel=Meta, owner=rep-01,rep-02, cohort=2026-01, \
      attempt=1, or segment= for those without one. Several conditions must all hold.
      """
  )
  var `where`: [String] = []

  @Option(help: "Only leads that came in on this day or later, as 2026-01-31.")
  var from: String?

  @Option(help: "Only leads that came in on this day or earlier, as 2026-01-31.")
  var to: String?

  @Option(
    help: "How a skipped stage counts: strict, any, filled or ordered. (default: the agreement's)"
  )
  var skips: SkipRule?

  @Option(
    help: """
      What a return after leaving the path is: new_episode or same_episode. (default: the \
      agreement's)
      """
  )
  var returns: ReturnRule?

  @Option(
    help: """
      What if a stage counted only when another followed within so many days, as mql:sql:30? \
      Without the other, as mql::30, the next is meant. Several conditions must all hold; "none" \
      takes away the agreement's.
      """
  )
  var confirmed: [String] = []

  @Option(
    help: """
      What if a lead needed so many points of the score to count as an MQL: to enter the first \
      stage whose gate asks for a score, else the stage that hands leads to sales?
      """
  )
  var mqlAt: Int?

  @Option(
    help: """
      What if a step of the path were judged within so many days, as mql-sql:14? Several may be \
      given.
      """
  )
  var horizon: [String] = []

  @OptionGroup var past: PastOptions

  @Option(
    name: .customLong("as"),
    help: "Whose words the answer speaks: marketing, sales or leadership; numbers are the same."
  )
  var reader: Reader?

  /// The time up to which facts count, as it was written.
  var asOf: String? {
    get { past.asOf }
    set { past.asOf = newValue }
  }

  /// The newest import that counts; all when nil.
  var knownBy: Int? {
    get { past.knownBy }
    set { past.knownBy = newValue }
  }

  /// The agreement with the rule of this question in place of its own.
  ///
  /// - Throws: `InputError` when a condition names no stages of the path.
  func changed(_ agreement: Agreement) throws -> Agreement {
    var agreement = agreement
    if let reader { agreement.reader = reader }
    if let returns { agreement.ask(returns: returns) }
    if !confirmed.isEmpty {
      agreement.askedConfirmations = try confirmed.filter { $0 != "none" }.map {
        try Self.confirmation($0, agreement)
      }
    }
    if let mqlAt {
      guard agreement.scoredStage != nil else { throw Self.noScoredStage }
      agreement.ask(score: mqlAt)
    }
    for text in horizon {
      let (name, days) = try Self.horizon(text, agreement)
      agreement.ask(days: days, forStep: name)
    }
    return agreement
  }

  private static let noScoredStage = InputError(
    code: "option.no-scored-stage",
    "--mql-at: on this path no stage lets leads in by a score.",
    remedy: "It takes a stage between the first and the last; see the agreement's stages."
  )

  private static func horizon(
    _ text: String,
    _ agreement: Agreement
  ) throws -> (name: String, days: Int) {
    let parts = text.split(separator: ":").map(String.init)
    let known = Stretches(agreement).pairs.map {
      "\(agreement.path[$0.from].id)-\(agreement.path[$0.to].id)"
    }
    guard parts.count == 2, known.contains(parts[0]), let days = Int(parts[1]),
      (1...3650).contains(days)
    else {
      throw InputError(
        code: "option.malformed-horizon",
        "--horizon \(text) is no step with its days.",
        remedy:
          "Write a step and 1 to 3650 days, such as \(known.last ?? "lead-won"):91; the steps "
          + "are \(known.joined(separator: ", "))."
      )
    }
    return (parts[0], days)
  }

  private static func confirmation(
    _ text: String,
    _ agreement: Agreement
  ) throws -> Confirmation {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let stage = parts.first.flatMap { agreement.pathIndex(of: $0) }
    // Without a name the next stage is meant.
    let by =
      parts.count == 3 && parts[1].isEmpty
      ? stage.map { $0 + 1 } : parts.dropFirst().first.flatMap { agreement.pathIndex(of: $0) }
    guard parts.count == 3, let stage, let by, stage > 0, by > stage, by < agreement.path.count,
      let days = Int(parts[2]), (1...3650).contains(days)
    else {
      throw InputError(
        code: "option.malformed-confirmation",
        "--confirmed \(text) is not a condition.",
        remedy: agreement.path.count < 3
          ? "On this path of two stages no stage could be confirmed by a later one."
          : "Write a stage, a later one and the days between them, such as mql:sql:30; the stages are "
            + "\(agreement.path.dropFirst().map(\.id).joined(separator: ", "))."
      )
    }
    return Confirmation(stage: stage, by: by, withinDays: days)
  }

  func filters() throws -> [DimensionFilter] {
    try `where`.map { text in
      guard let equals = text.firstIndex(of: "=") else { throw Self.malformed(text) }
      let name = String(text[..<equals])
      guard let dimension = FunnelDimension(rawValue: name) else {
        let names = FunnelDimension.allCases.map(\.rawValue)
        throw InputError(
          code: "option.unknown-dimension",
          "--where \(text): there is no \"\(name)\".",
          remedy: (Suggestion.nearest(to: name, among: names).map { "Did you mean \($0)? " } ?? "")
            + "Known are: \(names.joined(separator: ", "))."
        )
      }
      let values = Self.values(text[text.index(after: equals)...]).map {
        $0.isEmpty ? FunnelDimension.none : $0
      }
      return DimensionFilter(dimension, values: values)
    }
  }

  /// The values of a condition, apart at commas; one in quotation marks is taken as it stands, a
  /// mark of its own written twice.
  private static func values(_ text: Substring) -> [String] {
    var values = [""]
    var isQuoted = false
    var rest = text
    while let character = rest.popFirst() {
      let isEmpty = values[values.count - 1].isEmpty
      switch character {
      case "\"" where isQuoted && rest.first == "\"":
        values[values.count - 1].append(rest.removeFirst())
      case "\"" where isQuoted && (rest.isEmpty || rest.first == ","): isQuoted = false
      case "\"" where !isQuoted && isEmpty && rest.contains("\""): isQuoted = true
      case "," where !isQuoted: values.append("")
      default: values[values.count - 1].append(character)
      }
    }
    return values
  }

  private static func malformed(_ text: String) -> InputError {
    InputError(
      code: "option.malformed-condition",
      "--where \(text) is not a condition.",
      remedy: "Write it as channel=Meta, or channel=Meta,LinkedIn for any of several."
    )
  }

  /// Says on standard error which values of `--where` no lead has: a slip of the pen must not pass
  /// for an answer.
  ///
  /// - Parameters:
  ///   - source: The engine that knows the values.
  ///   - rule: A rule whose journeys the question needs anyway; which values there are is the same
  ///     under all skip rules.
  /// - Throws: `InputError` for a condition that cannot be read.
  func warnOfUnknownValues(
    _ source: EmbeddedCells,
    under rule: JourneyRule = JourneyRule(skips: .any)
  ) throws {
    for filter in try filters() {
      // What a lead is called does not depend on how its events are read.
      let isOfLeads = [.channel, .segment, .campaign, .owner].contains(filter.dimension)
      let asked = isOfLeads ? source.ruleAtHand ?? rule : rule
      let everything = FunnelQuestion(by: [filter.dimension], rule: asked, pairs: [])
      let known = source.cells(for: everything).keys.map { $0[0] }
      let lowercased = Set(known.map { $0.lowercased() })
      for value in filter.values where !lowercased.contains(value.lowercased()) {
        let nearest = value.count > 2 ? Suggestion.nearest(to: value, among: known) : nil
        let hint = nearest.map { "Did you mean \($0)? " } ?? ""
        let list = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
        Console.complain(
          Diagnostic(
            .warning,
            code: "option.unknown-value",
            "--where \(filter.dimension.rawValue)=\(value): no lead has that.",
            remedy: "\(hint)Known are: \(list)."
          ).description
        )
      }
    }
  }

  func day(_ text: String?, _ option: String) throws -> CivilDate? {
    try Self.day(text, option)
  }

  /// A day as an option gives it.
  static func day(_ text: String?, _ option: String) throws -> CivilDate? {
    guard let text else { return nil }
    guard let date = CivilDate(text) else {
      throw InputError(
        code: "option.unreadable-date",
        "\(option) \(text) is not a date.",
        remedy: "Write it as 2026-01-31."
      )
    }
    return date
  }

  func firstDay() throws -> CivilDate? { try day(from, "--from") }

  func lastDay() throws -> CivilDate? {
    let last = try day(to, "--to")
    if let last, let first = try firstDay(), last.dayNumber < first.dayNumber {
      throw InputError(
        code: "option.empty-period",
        "--from \(first) is after --to \(last).",
        remedy: "Exchange the two days."
      )
    }
    return last
  }

  func instant(_ calendar: LocalCalendar) throws -> Instant? { try past.instant(calendar) }

  /// A day (its end) or a local time.
  static func instant(
    _ text: String,
    _ option: String,
    _ calendar: LocalCalendar
  ) throws -> Instant {
    let parts = text.split(separator: "T", maxSplits: 1).map(String.init)
    let wrong = InputError(
      code: "option.unreadable-time",
      "\(option) \(text) is not a time.",
      remedy: "Write it as 2026-01-31 or 2026-01-31T17:00, in the agreement's time zone."
    )
    guard let day = parts.first.flatMap({ CivilDate($0) }) else { throw wrong }
    if parts.count == 1 {
      return calendar.instant(of: CivilDate(dayNumber: day.dayNumber + 1))
        .advanced(bySeconds: -1)
    }
    let clock = parts[1].split(separator: ":").map { Int($0) }
    guard (2...3).contains(clock.count), let hour = clock[0], let minute = clock[1],
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { throw wrong }
    let second = clock.count == 3 ? clock[2] : 0
    guard let second, (0..<60).contains(second) else { throw wrong }
    return calendar.instant(of: day, secondOfDay: hour * 3600 + minute * 60 + second)
  }
}

/// As of when, and from which imports.
struct PastOptions: ParsableArguments {
  @Option(
    name: .customLong("as-of"),
    help: """
      Count only what had happened by then: 2026-01-31 (the end of that day) or \
      2026-01-31T17:00. (default: the newest fact)
      """
  )
  var asOf: String?

  @Option(
    name: .customLong("known-by"),
    help: "Count only what the imports up to this number brought, to make an earlier answer again."
  )
  var knownBy: Int?

  /// The time that `--as-of` names, in the agreement's time zone.
  ///
  /// - Throws: `InputError` for a time that cannot be read.
  func instant(_ calendar: LocalCalendar) throws -> Instant? {
    try asOf.map { try QuestionOptions.instant($0, "--as-of", calendar) }
  }
}

/// Whose words an answer speaks, where that is all that a command asks for.
struct ReaderOption: ParsableArguments {
  @Option(
    name: .customLong("as"),
    help: "Whose words the answer speaks: marketing, sales or leadership; numbers are the same."
  )
  var reader: Reader?

  /// The agreement with its reader; programs are spoken to in the usual words.
  func speaking(_ agreement: Agreement, in format: ReportFormat) -> Agreement {
    var agreement = agreement
    if format == .table, let reader { agreement.reader = reader }
    return agreement
  }
}

extension SkipRule: ExpressibleByArgument {}
extension Reader: ExpressibleByArgument {}
extension ReturnRule: ExpressibleByArgument {}
extension FunnelDimension: ExpressibleByArgument {}

/// How a report is written that has no columns to put into a CSV file.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json
}

/// How an answer is written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, csv
}
