public import PlumblineCore

/// Second chances as parts of a page.
public struct ReboundPage: Sendable {
  /// The most leads of a list on one page.
  public static let rowsOfPage = 25

  private let rebound: Rebound
  private let history: CompanyHistory
  private let record: ReboundRecord
  private let words: ReboundWords
  private let leadAddress: @Sendable (String) -> String
  private let links: RecordLinks

  /// An answer to be shown.
  ///
  /// - Parameters:
  ///   - rebound: The answer.
  ///   - history: The history that it was read from.
  ///   - record: Who was put on which list before.
  ///   - leadAddress: Where a lead's page is.
  ///   - links: Where numbers open to the records behind them.
  public init(
    _ rebound: Rebound,
    of history: CompanyHistory,
    after record: ReboundRecord,
    leadAddress: @escaping @Sendable (String) -> String,
    links: RecordLinks = .none
  ) {
    self.links = links
    self.rebound = rebound
    self.history = history
    self.record = record
    self.leadAddress = leadAddress
    words = ReboundWords(rebound: rebound, history: history)
  }

  /// The answer in a sentence.
  public var header: Markup {
    HTMLPage.header(
      eyebrow: "Second chances, week \(rebound.week)",
      headline: words.headline,
      scope: rebound.rules.isEmpty
        ? "Write them under recycle in the agreement: which detour with which reason goes to which "
          + "list after how many days."
        : "\(accepted)Accepted leads are on the list at once, and are never listed "
          + "twice for the same leaving. What is put off or declined is left alone."
    )
  }

  /// Who is on this week's lists already, as a sentence with a space behind it.
  private var accepted: String {
    let count = lists.reduce(0) { $0 + acceptedCount(for: $1) }
    guard count > 0 else { return "" }
    return "\(Format.count(count)) more \(count == 1 ? "was" : "were") accepted for this week "
      + "already. "
  }

  /// The lists that the agreement names, each once, in its order.
  public var lists: [String] {
    rebound.rules.reduce(into: []) { lists, rule in
      if !lists.contains(rule.list) { lists.append(rule.list) }
    }
  }

  /// Leads that may go on a list now.
  ///
  /// - Parameter list: The list.
  /// - Returns: The entries as they would be recorded, due the longest first.
  public func proposed(for list: String) -> [ReboundRecord.Entry] {
    rebound.newEntries.filter { $0.list == list }.sorted { left, right in
      left.due == right.due ? left.lead < right.lead : left.due < right.due
    }
  }

  /// How many leads are on a list of this week.
  public func acceptedCount(for list: String) -> Int {
    record.lists(of: rebound.week).first { $0.list == list }?.entries.count ?? 0
  }

  /// A list of this week as CSV, harmless in a spreadsheet; nil where nobody is on it.
  public func csv(of list: String) -> String? {
    record.lists(of: rebound.week).first { $0.list == list }.map {
      ReboundCSV($0.entries, history.agreement.calendar).text
    }
  }

  /// Forgotten leads as CSV, harmless in a spreadsheet.
  public var forgottenCSV: String { ForgottenCSV(rebound, of: history).text }

  /// What a file of a list is called.
  public func fileName(of list: String) -> String {
    ReboundCSV.fileNames(of: [list], in: rebound.week).first ?? "list.csv"
  }

  /// The leads that may go on a list now, a page of them.
  ///
  /// - Parameters:
  ///   - list: The list.
  ///   - position: How its table is told apart from the others of the page.
  ///   - first: How many come before those shown.
  ///   - parts: What may be done about the whole list.
  ///   - actions: What may be done about one lead.
  /// - Returns: The section.
  public func section(
    _ list: String,
    at position: Int,
    from first: Int,
    with parts: [Markup],
    actions: (ReboundRecord.Entry) -> Markup
  ) -> Markup {
    let entries = proposed(for: list)
    let accepted = acceptedCount(for: list)
    let shown = entries.dropFirst(max(0, first)).prefix(Self.rowsOfPage)
    var inside: [Markup] = [
      .element(
        "p",
        ["class": "scope"],
        "\(Format.count(entries.count, "lead")) to decide on, "
          + "\(Format.count(accepted)) accepted for week \(rebound.week)."
      )
    ]
    if !shown.isEmpty {
      let range =
        "\(Format.count(max(0, first) + 1)) to \(Format.count(max(0, first) + shown.count))"
      var table = MarkupTable(
        "list-\(position)",
        caption: "\(list): leads \(range) of \(Format.count(entries.count)), due the longest first",
        [
          .text("Lead"), .text("Left as"), .text("Reason on record"), .text("Left on"),
          .text("Due on"), .text("Decide"),
        ]
      )
      for entry in shown {
        table.add([
          .element("a", ["href": leadAddress(entry.lead)], entry.lead),
          .text(StageWords(history.agreement).label(entry.detour)), .text(entry.reason),
          .text(Format.time(entry.left, history.agreement.calendar)), .text(entry.due.description),
          actions(entry),
        ])
      }
      inside.append(table.markup)
    }
    return HTMLPage.section(list, inside + parts)
  }

  // MARK: Beside the lists

  /// Who is left alone and why, who was listed before, what second chances brought, who is forgotten.
  public var others: Markup { .lines([revenue, earlier, forgotten, exclusions, notes]) }

  /// What everything rests on.
  public func footer(generatedBy: String) -> Markup {
    HTMLPage.footer([words.footer], under: history.agreement, generatedBy: generatedBy)
  }

  private var revenue: Markup {
    let passes = rebound.passes
    guard passes.first.passes + passes.later.passes + passes.deals > 0 else { return .none }
    var table = MarkupTable(
      "passes",
      caption: "First passes and recycled ones",
      [
        .text("Pass"), .number("Passes"), .number("Won"), .number("Left"), .number("Open"),
        .text("Won of decided"), .number("Deals"), .number("Revenue"),
      ]
    )
    func row(_ name: String, _ pass: PassRevenue.Pass) {
      let part = passes[pass]
      func count(_ count: Int, _ outcome: PassRevenue.Outcome?) -> Markup {
        links.count(count, .rebound(.passes(pass, outcome)))
      }
      let money = words.money(part.amount)
      table.add([
        .text(name), count(part.passes, nil), count(part.won, .won), count(part.left, .left),
        count(part.open, .open), .text(ReboundWords.share(part.won, of: part.won + part.left)),
        links.count(part.deals, .rebound(.deals(pass))),
        part.deals > 0 ? links.markup(money, .rebound(.deals(pass))) : .text(money),
      ])
    }
    row("first", .first)
    row("later", .later)
    if passes.withoutPass.deals > 0 { row("none on record", .none) }
    return HTMLPage.section(
      "What second chances brought",
      [
        table.markup,
        passes.hasNoLoss
          ? .element(
            "p",
            [:],
            "No pass that was lost or given up is on record: 100 % says that losses are not recorded, "
              + "or that none has happened yet."
          ) : .none,
      ]
    )
  }

  private var earlier: Markup {
    guard !rebound.earlier.isEmpty else { return .none }
    var table = MarkupTable(
      "earlier",
      caption: "What became of those listed before",
      [
        .text("List"), .number("Listed"), .text("Came back"), .text("Won"), .number("Revenue"),
      ]
    )
    for course in rebound.earlier {
      let count = course.entries.count
      func opened(_ text: String, _ outcome: ReboundNumber.CourseOutcome) -> Markup {
        links.markup(text, .rebound(.course(list: course.list, outcome)))
      }
      table.add([
        .text(course.list), opened(Format.count(count), .all),
        opened(ReboundWords.share(course.returned, of: count), .returned),
        opened(ReboundWords.share(course.won, of: count), .won), .text(words.money(course.amount)),
      ])
    }
    return HTMLPage.section("Listed before", [table.markup])
  }

  private var forgotten: Markup {
    let stages = rebound.forgotten.filter { $0.open > 0 }
    guard !stages.isEmpty else { return .none }
    var table = MarkupTable(
      "forgotten",
      caption: "Leads that stand in a stage, by what was done about them",
      [
        .text("Stage"), .text("Days it may take"), .number("Leads"), .number("In time"),
        .number("Answered"), .number("Worked"), .number("Undated"), .number("Forgotten"),
      ]
    )
    let stageWords = StageWords(history.agreement)
    for stage in stages {
      func count(_ group: ForgottenStage.Group) -> Markup {
        links.count(stage.count(group), .rebound(.standing(stage: stage.stage, group)))
      }
      table.add([
        .text(stageWords.label(stage.stage)), .text(words.limit(stage.limit)),
        links.count(stage.open, .rebound(.standing(stage: stage.stage, nil))), count(.withinTime),
        count(.answered), count(.worked), count(.undated),
        stage.limit.days == nil ? .text(Format.absent) : count(.forgotten),
      ])
    }
    return HTMLPage.section("Forgotten", [table.markup])
  }

  private var exclusions: Markup {
    guard rebound.matchedCount() > 0 else { return .none }
    var table = MarkupTable(
      "left-alone",
      caption: "Why others that left for a reason with a rule are left alone",
      [.text("The lead"), .number("Leads")]
    )
    func add(_ name: String, _ number: ReboundNumber) {
      let count = rebound.leads(behind: number, in: history).count
      table.add([.text(name), links.count(count, .rebound(number))])
    }
    add("is on a list already", .listedBefore)
    add("is not due yet", .waiting)
    add("was merged into another", .mergedAway)
    for exclusion in Rebound.Exclusion.allCases {
      add(ReboundWords.exclusion(exclusion), .excluded(exclusion))
    }
    return HTMLPage.section("Left alone", [table.markup])
  }

  private var notes: Markup {
    .element(
      "details",
      [:],
      [
        .element("summary", [:], "How do we know"),
        .element("ul", [:], [.lines(words.notes.map { .element("li", [:], $0) })]),
      ]
    )
  }
}
