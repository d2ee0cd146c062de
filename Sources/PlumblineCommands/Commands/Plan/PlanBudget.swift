public import ArgumentParser
import Foundation
public import PlumblineCore
public import PlumblineReporting

/// `plumbline plan budget`: where the next euro goes, and whether moving money is worth it.
public struct PlanBudget: OpeningQuestion {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "budget",
    abstract: "Divide a budget among channels by what the next customer costs, with its odds.",
    discussion: """
      Nothing is moved for noise: a move needs good odds, and a channel of which the data cannot \
      tell stays at today's spend.
      """
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(help: "What money is moved between: channel or campaign.")
  var by = FunnelDimension.channel

  @Option(
    parsing: .unconditional,
    help: "The budget a month, such as 50000. (default: as much as today)"
  )
  var budget: Double?

  @Option(
    parsing: .unconditional,
    help: "How far each may be moved, as a share of today's spend."
  )
  var move = 0.3

  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: "The least to spend on one a month, such as Google=1000."
  )
  var least: [String] = []

  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: "The most to spend on one a month, such as Meta=20000."
  )
  var most: [String] = []

  @Option(
    name: .customLong("hours-per-lead"),
    parsing: .unconditional,
    help: "The sales hours that a lead takes. (default: the agreement's)"
  )
  var hoursPerLead: Double?

  @Option(
    parsing: .unconditional,
    help: "The sales hours there are in a month. (default: the agreement's, times the reps)"
  )
  var hours: Double?

  @Option(
    parsing: .unconditional,
    help: "The most whole weeks from which a response is read, the newest ones."
  )
  var weeks = 52

  @Flag(
    name: .customLong("move-anyway"),
    help: "Move money even where the data cannot tell, by what is usual elsewhere."
  )
  var moveAnyway = false

  @Option(help: "What the draws begin with: the same seed gives the same odds.")
  var seed: UInt64 = 1

  @OptionGroup var past: PastOptions

  @OptionGroup var reader: ReaderOption

  @Option(
    help: """
      Print the records behind a number instead: deals, or spend, today, leads or rate with a \
      channel's name, such as spend:Google.
      """
  )
  var ids: String?

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  @Option(
    name: [.short, .long],
    help: "Write the answer with its pictures to this HTML file instead."
  )
  var output: String?

  /// The command without its options.
  public init() {}

  /// The division and what it was made from.
  public struct Answer {
    /// What each channel gets, with its odds.
    public let budget: BudgetAnswer
    /// The facts, read under the agreement.
    public let history: CompanyHistory
    /// The agreement, with the reader that was asked for.
    public let agreement: Agreement
  }

  /// The division as asked.
  public func answer() throws -> Answer {
    let (builder, options, source, agreement) = try asked()
    return Answer(
      budget: try builder.answer(options),
      history: source.history,
      agreement: agreement
    )
  }

  /// The records behind a number.
  public func records(behind number: String) throws -> NumberSections {
    let (builder, options, source, _) = try asked()
    let history = source.history
    guard let asked = BudgetNumber(number),
      var records = try builder.records(behind: asked, options, of: source)
    else {
      let known = try builder.names(options).flatMap { name in
        BudgetNumber.Measure.allCases.map { BudgetNumber.of($0, name).text }
      }
      let hint = Suggestion.nearest(to: number, among: known).map { "Did you mean \($0)? " } ?? ""
      throw NumberSections.unknown(
        number,
        known: "\(hint)Known are deals, and spend, today, leads and rate with the name of a "
          + "\(options.by.rawValue), such as spend:NAME."
      )
    }
    records.records = try workspace.value.sourced(
      records.records,
      of: source,
      knownBy: past.knownBy
    )
    return NumberSections(records, behind: asked, of: history, source.summaries(of: history))
  }

  /// What is asked, of which facts.
  private func asked() throws -> (BudgetBuilder, BudgetOptions, EmbeddedCells, Agreement) {
    let agreement = reader.speaking(try workspace.value.agreement(), in: format)
    let options = try options(agreement)
    let (history, source) = try workspace.value.cells(
      under: agreement,
      asOf: try past.instant(agreement.calendar),
      knownBy: past.knownBy
    )
    let builder = BudgetBuilder(history, source: source, minutes: try minutes(source))
    return (builder, options, source, agreement)
  }

  /// The division as JSON.
  public func json(_ answer: Answer) throws -> String {
    try BudgetJSON(answer.budget, under: answer.agreement).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    if let ids { return print(try records(behind: ids).lines, terminator: "") }
    let answer = try answer()
    let agreement = answer.agreement
    if let output {
      let page = BudgetHTML(
        answer.budget,
        under: agreement,
        generatedBy: "plumbline \(Release.number)"
      )
      try HTMLFile.write(page.text, to: output)
      return
    }
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table:
      print(
        BudgetText(
          answer.budget,
          under: agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }

  /// What an activity takes, where minutes are agreed and no option says what a lead takes.
  private func minutes(_ source: EmbeddedCells) throws -> TouchMinutes? {
    guard hoursPerLead == nil else { return nil }
    return try workspace.value.touchMinutes(of: source, knownBy: past.knownBy)
  }

  // MARK: Options

  private func options(_ agreement: Agreement) throws -> BudgetOptions {
    var faults: [Diagnostic] = []
    func check(_ isFine: Bool, _ option: String, _ value: String, _ remedy: String) {
      guard !isFine else { return }
      faults.append(
        Diagnostic(
          .error,
          code: "option.out-of-range",
          "\(option) \(value) cannot be used.",
          remedy: remedy
        )
      )
    }
    check(
      by == .channel || by == .campaign,
      "--by",
      by.rawValue,
      "Name channel or campaign: only they have spend."
    )
    check(isAmount(budget), "--budget", text(budget), "Name an amount of 0 or more a month.")
    check((0...1).contains(move), "--move", text(move), "Name a share from 0 to 1, such as 0.3.")
    check(
      isAmount(hoursPerLead),
      "--hours-per-lead",
      text(hoursPerLead),
      "Name hours of 0 or more."
    )
    check(isAmount(hours), "--hours", text(hours), "Name hours of 0 or more a month.")
    check((8...520).contains(weeks), "--weeks", String(weeks), "Name 8 to 520 weeks.")
    var options = BudgetOptions()
    let unit = Double(Currency.minorUnits(of: agreement.currency))
    options.by = by
    options.budgetPerMonth = budget.map { $0 * unit }
    options.move = move
    options.least = bounds(least, "--least", unit, &faults)
    options.most = bounds(most, "--most", unit, &faults)
    options.hoursPerLead = hoursPerLead
    options.hoursPerMonth = hours
    options.movesAnyway = moveAnyway
    options.mostWeeks = weeks
    options.seed = seed
    guard faults.isEmpty else { throw InputError(faults) }
    return options
  }

  private func isAmount(_ value: Double?) -> Bool {
    value.map { $0 >= 0 && $0 <= 1e12 } ?? true
  }

  private func text(_ value: Double?) -> String { value.map { String($0) } ?? "" }

  /// Amounts by name: `Google=1000`.
  private func bounds(
    _ texts: [String],
    _ option: String,
    _ unit: Double,
    _ faults: inout [Diagnostic]
  ) -> [String: Double] {
    var amounts: [String: Double] = [:]
    for text in texts {
      guard let equals = text.lastIndex(of: "="),
        let amount = Double(text[text.index(after: equals)...]), isAmount(amount)
      else {
        faults.append(
          Diagnostic(
            .error,
            code: "option.malformed-bound",
            "\(option) \(text) is not a bound.",
            remedy: "Write a name and an amount a month, such as Google=1000."
          )
        )
        continue
      }
      amounts[String(text[..<equals])] = amount * unit
    }
    return amounts
  }
}
