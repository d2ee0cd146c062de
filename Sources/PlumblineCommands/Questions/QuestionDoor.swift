import ArgumentParser

/// A question that can be asked through other doors than the terminal.
public struct QuestionDoor: Sendable {
  /// The words of the command, such as `plan quota`; the API's path and the assistant's tool are
  /// made of them.
  public let words: [String]
  /// The command.
  public let question: any Question.Type
  /// The long names of the options that may be given from outside, in the order of the command.
  ///
  /// An option that names a file or folder, or only says how text is written, is never among them.
  public let options: [String]
  /// The names of the words that stand without an option and may be given from outside, in the
  /// order of the command, such as the id of a lead.
  public let arguments: [String]
  /// Whether its answer names people of sales whoever asks, so that only leadership may ask it.
  public let namesPeople: Bool
  /// What its answer rests on besides the agreement and the facts.
  let sources: [QuestionSource]

  init(
    _ words: String,
    _ question: any Question.Type,
    _ options: [String] = [],
    arguments: [String] = [],
    namesPeople: Bool = false,
    reads sources: [QuestionSource] = []
  ) {
    self.words = words.split(separator: " ").map(String.init)
    self.question = question
    self.options = options
    self.arguments = arguments
    self.namesPeople = namesPeople
    self.sources = sources
  }

  /// The words with hyphens between them, such as `plan-quota`.
  public var name: String { words.joined(separator: "-") }

  /// What it answers, in a sentence.
  public var summary: String { question.configuration.abstract }

  /// The door with such a name; nil when there is none.
  ///
  /// - Parameter name: A name, see `name`.
  /// - Returns: The door.
  public static func named(_ name: String) -> QuestionDoor? { all.first { $0.name == name } }

  /// The door to a command that has one.
  ///
  /// - Parameter type: The command.
  /// - Returns: Its door.
  public static func to(_ type: any Question.Type) -> QuestionDoor {
    guard let door = all.first(where: { $0.question == type }) else {
      preconditionFailure("\(type) has no door")
    }
    return door
  }

  /// The options of `PastOptions`.
  private static let past = ["as-of", "known-by"]

  /// The options of `QuestionOptions`, which most questions have.
  private static let usual =
    ["where", "from", "to", "skips", "returns", "confirmed", "mql-at", "horizon"] + past + ["as"]

  /// The options of `usual` but the days, for what looks ahead.
  private static let ahead = usual.filter { $0 != "from" && $0 != "to" }

  /// All of them, in alphabetical order.
  public static let all: [QuestionDoor] = [
    QuestionDoor(
      "agreement backtest",
      AgreementBacktest.self,
      ["stage", "from", "to", "split", "value", "cost", "capacity", "as-of", "as", "ids"]
    ),
    QuestionDoor(
      "agreement diff",
      AgreementDiffCommand.self,
      past,
      arguments: ["first", "second"]
    ),
    QuestionDoor("agreement glossary", GlossaryCommand.self),
    QuestionDoor("agreement history", AgreementHistoryCommand.self),
    QuestionDoor("agreement reconcile", ReconcileCommand.self, usual, arguments: ["metric"]),
    QuestionDoor("agreement show", AgreementShowCommand.self),
    QuestionDoor("agreement verify", AgreementVerifyCommand.self),
    QuestionDoor(
      "alerts list",
      AlertsListCommand.self,
      ["state"],
      namesPeople: true,
      reads: [.alertLog]
    ),
    QuestionDoor(
      "attainment",
      Attainment.self,
      ["period", "what-if", "weights"] + past + ["as", "seed", "checks", "no-record"]
    ),
    QuestionDoor("diagnose", Diagnose.self, usual),
    QuestionDoor("disposition report", DispositionReport.self, ["from", "to", "as-of"]),
    QuestionDoor("economics", CustomerEconomics.self, usual + ["by", "cash"]),
    QuestionDoor("funnel", Funnel.self, usual + ["by"]),
    QuestionDoor("gap", Gap.self, usual + ["against"]),
    QuestionDoor(
      "plan budget",
      PlanBudget.self,
      ["by", "budget", "move", "least", "most", "hours-per-lead", "hours", "weeks", "move-anyway"]
        + ["seed"] + past + ["as"]
    ),
    QuestionDoor(
      "plan quota",
      PlanQuota.self,
      ahead + ["quota", "by", "since", "channel", "mix", "chances", "pipeline-by", "rates-since"]
        + ["backtest", "backtest-dates", "seed"]
    ),
    QuestionDoor(
      "pulse report",
      PulseReport.self,
      ["as-of"],
      reads: [.pulse, .day(unless: "as-of")]
    ),
    QuestionDoor("rebound", ReboundCommand.self, ["as-of", "as"], reads: [.secondChances]),
    QuestionDoor("show lead", ShowLead.self, ["as"], arguments: ["id"]),
    QuestionDoor(
      "simulate",
      Simulate.self,
      ["from", "ramp", "cash", "set", "start", "months", "draws", "seed", "certain", "on"] + past,
      arguments: ["changes"]
    ),
    QuestionDoor("sla", SLA.self, usual + ["by", "weeks", "now"], reads: [.minute(when: "now")]),
    QuestionDoor(
      "watch",
      Watch.self,
      usual + ["weeks", "baseline-weeks", "baseline-to", "false-alarms-per-year"]
    ),
    QuestionDoor("weekly", Weekly.self, ["week", "month"] + past + ["as"], reads: [.pulse]),
  ]
}
