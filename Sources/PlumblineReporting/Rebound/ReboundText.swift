public import PlumblineCore

/// Second chances as text for people.
public struct ReboundText: Sendable {
  private let rebound: Rebound
  private let history: CompanyHistory
  private let files: [String]
  private let layout: TextLayout
  private let showsIDs: Bool

  /// An answer to be shown.
  ///
  /// - Parameters:
  ///   - rebound: The answer.
  ///   - history: The history that it was read from.
  ///   - files: The lists that were written; nothing was recorded where there are none.
  ///   - showsIDs: Whether the leads behind the numbers are listed.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ rebound: Rebound,
    of history: CompanyHistory,
    files: [String] = [],
    showsIDs: Bool = false,
    layout: TextLayout = TextLayout()
  ) {
    self.rebound = rebound
    self.history = history
    self.files = files
    self.showsIDs = showsIDs
    self.layout = layout
  }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let words = ReboundWords(rebound: rebound, history: history)
    page.paragraph(words.headline, ink: .strong)
    rules(words, &page)
    exclusions(words, &page)
    others(words, &page)
    earlier(words, &page)
    passes(words, &page)
    forgotten(words, &page)
    if showsIDs { ids(words, &page) }
    page.heading("How this is counted")
    page.bullets(words.notes)
    if !files.isEmpty {
      page.heading("Written")
      page.bullets(files)
    }
    page.blank()
    page.paragraph(words.footer, ink: .faint)
    return page.text
  }

  private func rules(_ words: ReboundWords, _ page: inout TextPage) {
    guard !rebound.rules.isEmpty else {
      page.paragraph(
        "Write them under recycle in agreement.yaml: which detour with which reason goes to which "
          + "list after how many days.",
        indent: 2
      )
      return
    }
    page.heading("By rule")
    var table = TextTable([
      .wrapped("left as"), .text("list"), .number("all"), .number("now"), .number("before"),
      .number("later"), .number("left alone"),
    ])
    func row(_ name: String, _ list: String, _ rule: Int?) -> [String] {
      let now = rebound.leads(.listed, rule: rule).count
      let before = rebound.leads(.listedBefore(rebound.week), rule: rule).count
      let later = rebound.leads(.waiting, rule: rule).count
      let all = rebound.matchedCount(rule: rule)
      return [name, list]
        + [all, now, before, later, all - now - before - later].map { Format.count($0) }
    }
    for (index, rule) in rebound.rules.enumerated() {
      table.add(row(words.rule(rule), rule.list.printable, index))
    }
    if rebound.rules.count > 1 { table.add(row("all", "", nil), ink: .strong) }
    page.table(table)
  }

  private func exclusions(_ words: ReboundWords, _ page: inout TextPage) {
    guard rebound.matchedCount() > 0 else { return }
    page.heading("Why the others are left alone")
    var table = TextTable([.wrapped("the lead"), .number("leads")])
    table.add(["was merged into another", Format.count(rebound.mergedAway.count)])
    for exclusion in Rebound.Exclusion.allCases {
      let count = rebound.leads(.excluded(exclusion)).count
      // Where nobody decides in the web app, nothing is said of it.
      if count > 0 || !exclusion.isDecision {
        table.add([ReboundWords.exclusion(exclusion), Format.count(count)])
      }
    }
    page.table(table)
  }

  private func others(_ words: ReboundWords, _ page: inout TextPage) {
    guard !rebound.withoutRule.isEmpty else { return }
    page.heading("Off the path without a rule")
    var table = TextTable([.text("left as"), .wrapped("reason on record"), .number("leads")])
    for other in rebound.withoutRule.prefix(8) {
      table.add([
        StageWords(history.agreement).label(history.agreement.detours[other.detour].id),
        other.reason.isEmpty ? "none" : other.reason,
        Format.count(other.leads.count),
      ])
    }
    let rest = rebound.withoutRule.dropFirst(8).reduce(0) { $0 + $1.leads.count }
    if rest > 0 { table.add(["other reasons", "", Format.count(rest)]) }
    page.table(table)
  }

  private func earlier(_ words: ReboundWords, _ page: inout TextPage) {
    guard !rebound.earlier.isEmpty || rebound.unknownEntries > 0 else { return }
    page.heading("What became of those listed before")
    var table = TextTable([
      .text("list"), .number("listed"), .number("came back"), .number("won"), .number("revenue"),
    ])
    for course in rebound.earlier {
      let count = course.entries.count
      table.add([
        course.list, Format.count(count),
        share(course.returned, of: count), share(course.won, of: count), words.money(course.amount),
      ])
    }
    page.table(table)
    let without = rebound.earlier.reduce(0) { $0 + $1.withoutAmount }
    if without > 0 {
      page.paragraph(
        "\(Format.count(without, "won deal")) of them without an amount.",
        indent: 2
      )
    }
    if rebound.unknownEntries > 0 {
      page.paragraph(
        "\(Format.count(rebound.unknownEntries, "listed lead")) the data no longer know.",
        indent: 2
      )
    }
  }

  private func share(_ count: Int, of total: Int) -> String {
    guard total > 0 else { return Format.absent }
    let text = ReboundWords.share(count, of: total)
    return String(text.split(separator: ", ").last ?? "")
  }

  private func passes(_ words: ReboundWords, _ page: inout TextPage) {
    let passes = rebound.passes
    guard passes.first.passes + passes.later.passes + passes.deals > 0 else { return }
    page.heading("First passes and recycled ones")
    var table = TextTable([
      .text("pass"), .number("passes"), .number("won"), .number("left"), .number("open"),
      .number("won of decided"), .number("deals"), .number("revenue"),
    ])
    func row(_ name: String, _ part: PassRevenue.Part) {
      let decided = part.won + part.left
      table.add([
        name, Format.count(part.passes), Format.count(part.won), Format.count(part.left),
        Format.count(part.open), decided == 0 ? Format.absent : share(part.won, of: decided),
        Format.count(part.deals), words.money(part.amount),
      ])
    }
    row("first", passes.first)
    row("later", passes.later)
    if passes.withoutPass.deals > 0 { row("none on record", passes.withoutPass) }
    let both = [passes.first, passes.later, passes.withoutPass]
    func sum(_ value: (PassRevenue.Part) -> Int) -> String {
      Format.count(both.reduce(0) { $0 + value($1) })
    }
    table.add(
      [
        "all", sum(\.passes), sum(\.won), sum(\.left), sum(\.open), "", sum(\.deals),
        words.money(passes.amount),
      ],
      ink: .strong
    )
    page.table(table)
    if passes.hasNoLoss {
      page.paragraph(
        "No pass that was lost or given up is on record: 100 % of decided passes says that losses "
          + "are not recorded, or that none has happened yet.",
        indent: 2
      )
    }
    let without = both.reduce(0) { $0 + $1.withoutAmount }
    let undated = both.reduce(0) { $0 + $1.undated }
    var gaps: [String] = []
    if without > 0 { gaps.append("\(Format.count(without, "won deal")) without an amount") }
    if undated > 0 {
      gaps.append("\(Format.count(undated)) won on an unknown day, counted for the last pass")
    }
    if !gaps.isEmpty { page.paragraph(gaps.joined(separator: "; ") + ".", indent: 2) }
  }

  private func forgotten(_ words: ReboundWords, _ page: inout TextPage) {
    guard rebound.forgotten.contains(where: { $0.open > 0 }) else { return }
    page.heading("Forgotten")
    var table = TextTable([
      .text("stage"), .wrapped("days it may take", least: 14), .number("leads"),
      .number("in time"), .number("answered"), .number("worked"), .number("undated"),
      .number("forgotten"),
    ])
    for stage in rebound.forgotten where stage.open > 0 {
      table.add([
        StageWords(history.agreement).label(stage.stage), words.limit(stage.limit),
        Format.count(stage.open), Format.count(stage.withinTime), Format.count(stage.answered),
        Format.count(stage.worked), Format.count(stage.undated),
        stage.limit.days == nil ? Format.absent : Format.count(stage.forgotten.count),
      ])
    }
    page.table(table)
  }

  private func ids(_ words: ReboundWords, _ page: inout TextPage) {
    func list(_ title: String, _ ids: [String]) {
      guard !ids.isEmpty else { return }
      page.heading(title)
      page.paragraph(ids.joined(separator: ", "), indent: 2)
    }
    for (index, rule) in rebound.rules.enumerated() {
      list("\(rule.list): now", words.ids(rebound.leads(.listed, rule: index)))
    }
    list("Later", words.ids(rebound.leads(.waiting)))
    list("Merged into another", rebound.mergedAway.map(\.id).sorted())
    for exclusion in Rebound.Exclusion.allCases {
      list(
        "Left alone: \(ReboundWords.exclusion(exclusion))",
        words.ids(rebound.leads(.excluded(exclusion)))
      )
    }
    for stage in rebound.forgotten {
      list(
        "Forgotten: \(StageWords(history.agreement).label(stage.stage))",
        words.ids(stage.forgotten)
      )
    }
  }
}
