public import ArgumentParser
import Foundation
import PlumblineAgreement
public import PlumblineCore
public import PlumblineReporting

/// `plumbline simulate`: reps, leads and cash over the coming months, scenarios side by side.
public struct Simulate: OpeningQuestion {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Say what more reps, more spend or a better close rate would do to wins and cash."
  )

  @Argument(
    // So that "spend -20%" is a change, and no option.
    parsing: .allUnrecognized,
    help: """
      What changes: hire 2, fire 1, spend +20%, spend -20%, close_rate 0.06, mix Meta=30%, or any \
      other input. Nothing: today's course alone.
      """
  )
  var changes: [String] = []

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(help: "The month of the change, as 2026-02. (default: the first)")
  var from: String?

  @Option(help: "The months until a new rep works at full strength, or shares such as 0,0.3,0.7.")
  var ramp: String?

  @Option(help: "The cash at the start.")
  var cash: String?

  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: "What holds today, in the place of what was measured or agreed: key=value."
  )
  var `set`: [String] = []

  @Option(help: "A file of scenarios; with every input in it no workspace is needed.")
  var scenario: String?

  @Option(help: "The first month. (default: the file's, else the one after the last on record)")
  var start: String?

  @Option(help: "How many months. (default: the file's, else 24)")
  var months: Int?

  @Option(help: "How many courses are drawn. (default: the file's, else 1000)")
  var draws: Int?

  @Option(help: "What the random numbers depend on. (default: the file's, else 1)")
  var seed: UInt64?

  @Flag(help: "Draw nothing: everything comes exactly as expected.")
  var certain = false

  @Option(help: "What the sensitivity is told in: cash, profit or wins.")
  var on = HeadcountQuestion.Metric.cash

  @Flag(help: "Show the months of every course, not only where there are one or two.")
  var monthly = false

  @OptionGroup var past: PastOptions

  @Option(help: "Print the records that an input was measured from instead, such as close_rate.")
  var ids: String?

  @Option(help: "Write a page with pictures to this file.")
  var output: String?

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  /// The command without its options.
  public init() {}

  /// The courses and what they were measured from.
  public struct Answer {
    /// Reps, leads and cash over the coming months, scenarios side by side.
    public let headcount: HeadcountAnswer
    /// The facts, read under the agreement; nil where a file of scenarios stands for itself.
    public let history: CompanyHistory?
    /// The file of scenarios that was read, if any.
    public let file: String?

    /// What the answer is made from, a sentence each.
    public var provenance: [String] {
      HeadcountProvenance(agreement: history?.agreement, asOf: history?.asOf, file: file).sentences
    }
  }

  /// The courses as asked.
  public func answer() throws -> Answer {
    try checkOptions()
    let company = try company()
    let file = try file(company?.history.agreement.currency)
    let measurement = company?.source.headcountMeasurement
    guard let currency = company?.history.agreement.currency ?? file?.currency else {
      preconditionFailure("there is a workspace, or a file of scenarios in its place")
    }
    if let company { warnOfOldRecords(company.history, measurement) }
    let request = HeadcountRequest(
      minorUnits: Currency.minorUnits(of: currency),
      channels: measurement?.channels.map(\.name) ?? [],
      closeRateOfMix: { measurement?.closeRate(mix: $0) }
    )
    let question = try question(file, measurement)
    let scenarios =
      (file?.scenarios ?? [])
      + [
        try request.scenario(
          words,
          in: try month(from, "--from") ?? question.start,
          isDated: from != nil
        )
      ].compactMap { $0 }
    let headcount = try HeadcountSimulator(
      try inputs(measurement, file, request),
      question,
      currency: currency
    ).answer(
      scenarios,
      today: HeadcountScenario(name: file?.todayName ?? HeadcountScenario.today.name)
    )
    if !words.isEmpty, let asked = headcount.courses.last,
      let month = asked.firstMonthWithTooFewReps
    {
      throw InputError(
        code: "simulate.too-few-reps",
        "\(asked.scenario.name): in \(month) more reps are let go than there are.",
        remedy: "Let fewer go."
      )
    }
    return Answer(headcount: headcount, history: company?.history, file: scenario)
  }

  /// The records that an input was measured from.
  public func records(behind number: String) throws -> NumberSections {
    guard let (history, source) = try company() else {
      throw NumberSections.unknown(
        number,
        known: "Name a workspace: only its records can be listed."
      )
    }
    let measured = source.headcountMeasurement.inputs
    guard let input = HeadcountInput(rawValue: number),
      case .measured(let measure)? = measured[input]?.source,
      let records = source.records(behind: measure)
    else {
      let known = HeadcountInput.allCases.filter { input in
        guard case .measured(let measure)? = measured[input]?.source else { return false }
        return measure.isOfRecords
      }
      throw NumberSections.unknown(
        number,
        known: known.isEmpty
          ? "No input is measured from records here."
          : "Measured from records are \(known.map(\.rawValue).joined(separator: ", "))."
      )
    }
    return NumberSections(
      try workspace.value.sourced(records, of: source, knownBy: past.knownBy),
      behind: input,
      measure,
      of: history,
      source.summaries(of: history)
    )
  }

  /// The courses as JSON.
  public func json(_ answer: Answer) throws -> String {
    try HeadcountJSON(
      answer.headcount,
      under: answer.history?.agreement,
      asOf: answer.history?.asOf
    ).text()
  }

  private static let options = [
    "--workspace", "--from", "--ramp", "--cash", "--set", "--scenario", "--start", "--months",
    "--draws", "--seed", "--certain", "--on", "--monthly", "--as-of", "--known-by", "--ids",
    "--output",
    "--format",
  ]

  /// The changes without the sign that no options follow.
  private var words: [String] { changes.filter { $0 != "--" } }

  /// What looks like an option and is none: negative numbers alone may stand among the changes.
  private func checkOptions() throws {
    let unknown = words.filter { word in
      word.hasPrefix("-") && !(word.dropFirst().first.map { $0.isNumber || $0 == "." } ?? false)
    }
    guard unknown.isEmpty else {
      throw InputError(
        unknown.map { word in
          Diagnostic(
            .error,
            code: "simulate.unknown-option",
            "there is no option \(word).",
            remedy: (Suggestion.nearest(to: word, among: Self.options).map {
              "Did you mean \($0)? "
            }
              ?? "") + "plumbline simulate --help lists all options."
          )
        }
      )
    }
  }

  /// Says so where nothing was recorded for a month before the as-of day.
  private func warnOfOldRecords(_ history: CompanyHistory, _ measured: HeadcountMeasurement?) {
    let today = history.agreement.calendar.day(of: history.asOf)
    guard let newest = measured?.newestHandOff, today.dayNumber - newest.dayNumber > 31 else {
      return
    }
    Console.complain(
      Diagnostic(
        .warning,
        code: "simulate.old-records",
        "the newest lead handed to sales is of \(newest), as of \(today): the months since count as "
          + "months without leads.",
        remedy: "Import newer exports, or name an earlier --as-of."
      ).description
    )
  }

  /// The workspace's records; nil where a file of scenarios stands for itself.
  private func company() throws -> (history: CompanyHistory, source: EmbeddedCells)? {
    let place = workspace.value
    if scenario != nil, place.name == ".",
      !FileManager.default.fileExists(atPath: place.agreementPath)
    {
      return nil
    }
    let agreement = try place.agreement()
    return try place.cells(
      under: agreement,
      asOf: try past.instant(agreement.calendar),
      knownBy: past.knownBy
    )
  }

  private func file(_ currency: String?) throws -> ScenarioFile? {
    guard let scenario else { return nil }
    guard let bytes = FileManager.default.contents(atPath: scenario) else {
      throw InputError(
        code: "file.unreadable",
        "\(scenario) cannot be read.",
        remedy: "Name a file of scenarios; Documentation/commands/simulate.md says what is in one."
      )
    }
    let reading = ScenarioFileReader.read(Array(bytes), path: scenario, currency: currency)
    guard let file = reading.file else { throw InputError(reading.diagnostics) }
    for finding in reading.diagnostics { Console.complain(finding.description) }
    return file
  }

  private func inputs(
    _ measurement: HeadcountMeasurement?,
    _ file: ScenarioFile?,
    _ request: HeadcountRequest
  ) throws -> HeadcountInputs {
    var inputs = measurement?.inputs ?? HeadcountInputs()
    if let file { inputs = try inputs.applying(file.today) { _ in .file(file.path) } }
    let options = [ramp.map { "ramp=\($0)" }, cash.map { "cash=\($0)" }].compactMap { $0 } + `set`
    return try inputs.applying(try request.settings(options)) { input in
      .option(
        input == .ramp && ramp != nil
          ? "--ramp" : input == .cash && cash != nil ? "--cash" : "--set \(input.rawValue)"
      )
    }
  }

  private func question(
    _ file: ScenarioFile?,
    _ measurement: HeadcountMeasurement?
  ) throws -> HeadcountQuestion {
    guard let start = try month(start, "--start") ?? file?.start ?? measurement?.nextMonth else {
      throw InputError(
        code: "simulate.no-start",
        "the first month is not known.",
        remedy: "Name it with --start 2026-01, or in the file as \"start\"."
      )
    }
    return HeadcountQuestion(
      start: start,
      months: months ?? file?.months ?? 24,
      draws: certain ? 0 : draws ?? file?.draws ?? HeadcountQuestion.usualDraws,
      seed: seed ?? file?.seed ?? 1,
      metric: on
    )
  }

  private func month(_ text: String?, _ option: String) throws -> PlanMonth? {
    guard let text else { return nil }
    guard let month = PlanMonth(text) else {
      throw InputError(
        code: "option.unreadable-month",
        "\(option) \(text) is not a month.",
        remedy: "Write it as 2026-02."
      )
    }
    return month
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    if let ids { return print(try records(behind: ids).lines, terminator: "") }
    let answer = try answer()
    if let output {
      let page = HeadcountPage(
        answer.headcount,
        under: answer.history?.agreement,
        provenance: answer.provenance,
        generatedBy: "plumbline \(Release.number)"
      )
      return try HTMLFile.write(page.text, to: output)
    }
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table:
      print(
        HeadcountText(
          answer.headcount,
          provenance: answer.provenance,
          showsMonths: monthly,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }
}

extension HeadcountQuestion.Metric: ExpressibleByArgument {}
