import PlumblineCore

/// The keys that an agreement file may hold, section by section.
public enum AgreementKeys {
  /// One key of a mapping.
  public struct Key: Sendable {
    /// The key as it is written.
    public let name: String
    /// What may stand there.
    public let form: KeyForm
    /// What it means, in one sentence.
    public let meaning: String
    /// Whether it must be there.
    public let isRequired: Bool

    init(_ name: String, _ form: KeyForm, _ meaning: String, isRequired: Bool = false) {
      self.name = name
      self.form = form
      self.meaning = meaning
      self.isRequired = isRequired
    }
  }

  /// One mapping of the file and its keys.
  public struct Section: Sendable {
    /// The mapping's name, as the documentation's headings write it.
    public let name: String
    /// The known keys, in the order of the documentation.
    public let keys: [Key]
    /// What any other key holds; nil where no other key may stand.
    public let others: KeyForm?

    init(_ name: String, _ keys: [Key], others: KeyForm? = nil) {
      self.name = name
      self.keys = keys
      self.others = others
    }

    /// The names of the keys, sorted.
    public var known: [String] { keys.map(\.name).sorted() }
  }

  /// Every section, for the schema, the documentation and its test: each after those it stands in.
  public static let all: [Section] = {
    var found: [Section] = []
    func visit(_ section: Section) {
      guard !found.contains(where: { $0.name == section.name }) else { return }
      found.append(section)
      for form in section.keys.map(\.form) + [section.others].compactMap({ $0 }) {
        form.sections.forEach(visit)
      }
    }
    visit(top)
    return found
  }()

  static let top = Section(
    "The file",
    [
      Key("agreement", .integer(1...1), "The format of the file: 1.", isRequired: true),
      Key("company", .text, "The company's name, for headings."),
      Key("version", .filledText, "The name of this version, such as 2026-Q1."),
      Key("effective", .date, "The first day on which this version holds."),
      Key(
        "currency",
        .form("^[A-Z]{3}$", example: "EUR"),
        "The currency in which every amount is reported."
      ),
      Key("time_zone", .filledText, "Where days, weeks and months begin."),
      Key(
        "stages",
        .section(stages),
        "The path, the ways off it, and how skipped stages count."
      ),
      Key(
        "channels",
        .either([.list(.filledText), .mapping(keys: .filledText, values: channelForm)]),
        "The channels and their other names."
      ),
      Key("working_time", .section(workingTime), "When people work."),
      Key("hand_off", .filledText, "The stage that hands leads to sales; not the last one."),
      Key(
        "ideal_customer",
        .mapping(keys: .filledText, values: matchForm),
        "Whom both teams want: a lead fits that meets every line."
      ),
      Key(
        "qualifying_factors",
        .either([.list(.filledText), .mapping(keys: .filledText, values: factorForm)]),
        "What must be known of a lead to call it qualified."
      ),
      Key("score", .section(score), "How leads are scored."),
      Key("sla", .section(sla), "What the teams promised each other."),
      Key(
        "dispositions",
        .list(.section(disposition)),
        "What sales may say of a lead that it was given."
      ),
      Key("recycle", .list(.section(recycle)), "When leads get a second chance, and where."),
      Key("suppress", .section(suppress), "Who is left alone all the same."),
      Key("routing", .word(RoutingRule.allCases.map(\.rawValue)), "How leads reach reps."),
      Key("plan", .section(plan), "What the two teams planned."),
      Key("goals", .section(goals), "What is to be reached, by period."),
      Key("incentives", .section(incentives), "What the teams are paid for."),
      Key(
        "launches",
        .list(.section(launch)),
        "What both teams bring to market together."
      ),
      Key(
        "vocabulary",
        .mapping(keys: .filledText, values: .section(vocabulary)),
        "The words of each team."
      ),
      Key("economics", .section(economics), "What an answer in money needs."),
      Key(
        "horizons",
        .mapping(keys: .filledText, values: .span(.days)),
        "How long a step may take before it is judged."
      ),
      Key("verdict", .section(verdict), "When a difference deserves a name."),
      Key(
        "signatures",
        .either([.nothing, .list(.anything), .mapping(keys: .text, values: .anything)]),
        "Not read: signatures stand in a file beside this one."
      ),
    ]
  )
}
