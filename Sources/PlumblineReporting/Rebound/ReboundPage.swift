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

  /// An answer to be shown.
  ///
  /// - Parameters:
  ///   - rebound: The answer.
  ///   - history: The history that it was read from.
  ///   - record: Who was put on which list before.
  ///   - leadAddress: Where a lead's page is.
  public init(
    _ rebound: Rebound,
    of history: CompanyHistory,
    after record: ReboundRecord,
    leadAddress: @escaping @Sendable (String) -> String
  ) {
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
        : "Accepted leads are on the list at once, and are never listed "
          + "twice for the same leaving. What is put off or declined is left alone."
    )
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
    func row(_ name: String, _ part: PassRevenue.Part) {
      table.add([
        name, Format.count(part.passes), Format.count(part.won), Format.count(part.left),
        Format.count(part.open), ReboundWords.share(part.won, of: part.won + part.left),
        Format.count(part.deals), words.money(part.amount),
      ])
    }
    row("first", passes.first)
    row("later", passes.later)
    if passes.withoutPass.deals > 0 { row("none on record", passes.withoutPass) }
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
      table.add([
        course.list, Format.count(count), ReboundWords.share(course.returned, of: count),
        ReboundWords.share(course.won, of: count), words.money(course.amount),
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
      table.add([
        stageWords.label(stage.stage), words.limit(stage.limit), Format.count(stage.open),
        Format.count(stage.withinTime), Format.count(stage.answered), Format.count(stage.worked),
        Format.count(stage.undated),
        stage.limit.days == nil ? Format.absent : Format.count(stage.forgotten.count),
      ])
    }
    let lists = stages.filter { !$0.forgotten.isEmpty }.map { stage in
      details(
        "Forgotten at \(stageWords.label(stage.stage))",
        words.ids(stage.forgotten)
      )
    }
    return HTMLPage.section("Forgotten", [table.markup] + lists)
  }

  private var exclusions: Markup {
    guard rebound.matchedCount() > 0 else { return .none }
    var table = MarkupTable(
      "left-alone",
      caption: "Why others that left for a reason with a rule are left alone",
      [.text("The lead"), .number("Leads")]
    )
    table.add(["is on a list already", Format.count(listedBefore)])
    table.add(["is not due yet", Format.count(rebound.leads(.waiting).count)])
    table.add(["was merged into another", Format.count(rebound.mergedAway.count)])
    for exclusion in Rebound.Exclusion.allCases {
      table.add([
        ReboundWords.exclusion(exclusion),
        Format.count(rebound.leads(.excluded(exclusion)).count),
      ])
    }
    let decided = Rebound.Exclusion.allCases.filter(\.isDecision).map { exclusion in
      details(
        "Left alone: \(ReboundWords.exclusion(exclusion))",
        words.ids(rebound.leads(.excluded(exclusion)))
      )
    }
    return HTMLPage.section("Left alone", [table.markup] + decided)
  }

  private var listedBefore: Int { rebound.leads(.listedBefore(rebound.week)).count }

  /// Leads that open on request, as many as a page bears.
  private func details(_ title: String, _ ids: [String]) -> Markup {
    guard !ids.isEmpty else { return .none }
    let shown = ids.prefix(500)
    return .element(
      "details",
      [:],
      [
        .element("summary", [:], "\(title): \(Format.count(ids.count, "lead"))"),
        .element(
          "ul",
          ["class": "leads"],
          [
            .lines(
              shown.map {
                .element("li", [:], [.element("a", ["href": leadAddress($0)], $0)])
              }
            )
          ]
        ),
        shown.count < ids.count
          ? .element("p", [:], "The first \(Format.count(shown.count)) by id are shown.") : .none,
      ]
    )
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
