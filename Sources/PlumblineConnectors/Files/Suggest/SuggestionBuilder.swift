import PlumblineCore

/// Proposes a mapping for tables: each by itself, then what they know of each other.
struct SuggestionBuilder {
  private let tables: [TableEvidence]
  private(set) var drafts: [TableDraft] = []
  /// Tables for which nothing is proposed, and why.
  private(set) var leftOut: [(table: TableEvidence, reason: String)] = []
  /// Texts that read as missing, with the columns in which they stand.
  private(set) var missing: [String: Set<String>] = [:]
  /// Whether times of day stand without their offset from UTC.
  private(set) var hasLocalTimes = false
  private var profiles: [[String]: ExportProfile] = [:]

  init(_ tables: [TableEvidence]) {
    self.tables = tables
    var guesses: [(table: TableEvidence, kind: FactKind)] = []
    for table in tables {
      if let profile = ExportProfile.matching(table) {
        profiles[table.paths] = profile
        guesses.append((table, profile.kind))
      } else if let kind = KindGuess(table).kind {
        guesses.append((table, kind))
      } else {
        leftOut.append((table, "its columns look like no kind of fact that a mapping can have"))
      }
    }
    propose(guesses)
    addOwners()
    linkLeads()
    dropDoubtfulStages()
    review()
    drafts = drafts.filter { !$0.records.isEmpty }
  }

  // MARK: One by one

  private mutating func propose(_ guesses: [(table: TableEvidence, kind: FactKind)]) {
    var leads: [(table: TableEvidence, draft: TableDraft)] = []
    for (table, kind) in guesses {
      var builder = DraftBuilder(table, profile: profiles[table.paths])
      var draft = builder.draft(kind)
      if profiles[table.paths] == nil, let other = KindGuess(table).runnerUp {
        draft.notes.append(
          "unsure: taken for \(draft.title); it could be \(DraftBuilder.title(other)) too"
        )
      }
      if kind == .lead { leads.append((table, draft)) } else { drafts.append(draft) }
    }
    settle(leads)
    drafts = inOrder(drafts)
  }

  /// Proposals in the order in which their files were given.
  private func inOrder(_ drafts: [TableDraft]) -> [TableDraft] {
    let order = tables.map(\.paths)
    return drafts.sorted {
      (order.firstIndex(of: $0.table.paths) ?? 0) < (order.firstIndex(of: $1.table.paths) ?? 0)
    }
  }

  /// Decides which of several tables with one row a lead are the leads.
  ///
  /// The one that says most is; those that say nothing of where leads come from show what became
  /// of them. A table of contacts is not one of leads where there are leads.
  private mutating func settle(_ leads: [(table: TableEvidence, draft: TableDraft)]) {
    func id(_ draft: TableDraft) -> ColumnEvidence? {
      draft.first(.lead)?.source("id").flatMap { draft.table[$0] }
    }
    func weight(_ draft: TableDraft) -> Int {
      let fields = draft.first(.lead)?.fields.map(\.mapping.column) ?? []
      return fields.count + (fields.contains("created") ? 2 : 0)
        + (fields.contains("channel") ? 2 : 0)
    }
    func isNamedLead(_ draft: TableDraft) -> Bool {
      let names = draft.table.fileNames.flatMap { HeaderWords($0).words }
      let idWords = id(draft)?.words.keys.first ?? ""
      return names.contains("leads") || names.contains("lead") || idWords.hasPrefix("lead")
    }
    func describesLeads(_ draft: TableDraft) -> Bool {
      draft.first(.lead)?["created"] != nil || draft.first(.lead)?["channel"] != nil
    }
    let hasLeads = leads.contains { isNamedLead($0.draft) }
    var main: [TableDraft] = []
    let ranked = leads.map(\.draft).enumerated().sorted {
      (weight($1.element), $0.offset) < (weight($0.element), $1.offset)
    }.map(\.element)
    for draft in ranked {
      guard let key = id(draft) else {
        leftOut.append((draft.table, "no column can be the id of a lead"))
        continue
      }
      if hasLeads, !isNamedLead(draft) {
        leftOut.append(
          (draft.table, "it looks like people beside the leads; their ids are not those of leads")
        )
      } else if !describesLeads(draft),
        main.contains(where: { other in
          id(other).map {
            key.words.keys.first == $0.words.keys.first && key.shareFound(in: $0) > 0.5
          }
            ?? false
        })
      {
        var builder = DraftBuilder(draft.table, profile: nil)
        let beside = builder.besideLeads(id: key.name)
        if beside.records.isEmpty {
          leftOut.append((draft.table, "it adds no stage to the leads of another file"))
        } else {
          drafts.append(beside)
        }
      } else {
        main.append(draft)
      }
    }
    drafts += main
  }

  // MARK: Together

  /// Takes tables that list the owners of others for owners.
  private mutating func addOwners() {
    let owners = drafts.flatMap { draft in
      draft.records.filter { $0.kind != .owner }.compactMap { record in
        record.source("owner").flatMap { draft.table[$0] }
      }
    }
    func key(_ table: TableEvidence) -> ColumnEvidence? {
      table.columns.filter { $0.isNameable && $0.isUnique && !$0.isDate }.max { left, right in
        share(left) < share(right)
      }.flatMap { share($0) >= 0.5 ? $0 : nil }
    }
    func share(_ column: ColumnEvidence) -> Double {
      owners.map { $0.shareFound(in: column) }.max() ?? 0
    }
    for index in drafts.indices where drafts[index].first(.owner) != nil {
      guard let key = key(drafts[index].table) else { continue }
      var builder = DraftBuilder(drafts[index].table, profile: nil)
      drafts[index] = builder.owner(id: key.name)
    }
    for (table, _) in leftOut {
      guard let key = key(table), table.rowCount <= 10_000,
        key.samples.contains(where: { !$0.allSatisfy(\.isNumber) })
      else { continue }
      var builder = DraftBuilder(table, profile: nil)
      drafts.append(builder.owner(id: key.name))
      leftOut.removeAll { $0.table.paths == table.paths }
    }
    drafts = inOrder(drafts)
  }

  private mutating func linkLeads() {
    var links = LeadLinks(drafts, tables: tables)
    for index in drafts.indices {
      links.link(index, in: &drafts, profile: profiles[drafts[index].table.paths])
    }
    let hasLeads = drafts.contains { $0.first(.lead) != nil }
    for index in drafts.indices {
      let table = drafts[index].table
      if !hasLeads, let deal = drafts[index].first(.deal), deal["lead"] == nil {
        addLeadPerDeal(index, deal)
      }
      drafts[index].records = drafts[index].records.filter { record in
        switch record.kind {
        case .activity, .meeting, .touch: record["lead"] != nil && record.isComplete
        default: record.isComplete
        }
      }
      if drafts[index].records.isEmpty { leftOut.append((table, reason(drafts[index]))) }
      for record in drafts[index].records.indices {
        guard drafts[index].records[record].kind == .deal,
          drafts[index].records[record]["lead"] == nil
        else { continue }
        drafts[index].records[record].notes.append(
          "unsure: no column names the lead; these deals belong to none"
        )
      }
    }
  }

  private func reason(_ draft: TableDraft) -> String {
    switch draft.title {
    case DraftBuilder.title(.spend): "no column says on which days the money was spent"
    default:
      profiles[draft.table.paths]?.kind == .spend
        ? "no column says on which days the money was spent; export the report by day"
        : "it looks like \(draft.title), but lacks a column, such as the lead's id"
    }
  }

  /// Deals that name no lead, where no table has leads, are taken as leads themselves.
  private mutating func addLeadPerDeal(_ index: Int, _ deal: RecordDraft) {
    guard let id = deal.source("id"),
      let position = drafts[index].records.firstIndex(where: { $0.kind == .deal })
    else { return }
    var lead = RecordDraft(kind: .lead)
    lead.notes = [
      "unsure: no table has leads and no column names one, so every deal is taken as a lead"
    ]
    for column in ["id", "created", "channel", "owner"] {
      if let source = deal.source(column) { lead.set(column, from: source) }
    }
    drafts[index].records[position].set("lead", from: id)
    drafts[index].records.insert(lead, at: position)
  }

  /// Where deals say which leads are won, a mark "converted" on the lead is not needed, and may
  /// contradict them.
  private mutating func dropDoubtfulStages() {
    let deals = drafts.first {
      $0.first(.deal)?["outcome"] != nil && $0.first(.deal)?["lead"] != nil
    }
    guard let deals, deals.first(.lead) == nil else { return }
    for index in drafts.indices where drafts[index].first(.lead) != nil {
      let dropped = drafts[index].records.filter { record in
        record.kind == .stageEvent && !record.notes.isEmpty
          && record.usedColumns.contains { DraftBuilder.isConversion(HeaderWords($0)) }
      }
      guard !dropped.isEmpty else { continue }
      let leads = drafts[index].first(.lead)?.source("id") ?? ""
      let names = Set(dropped.flatMap(\.usedColumns)).subtracting([leads]).sorted()
      drafts[index].records.removeAll { record in
        dropped.contains { $0.usedColumns == record.usedColumns && record.kind == .stageEvent }
      }
      drafts[index].notes.append(
        "unsure: \(FieldPicker.list(names)) left out, because \(deals.table.fileNames[0]) says "
          + "which leads became deals and which were won"
      )
    }
  }

  // MARK: Values

  private mutating func review() {
    for index in drafts.indices {
      let table = drafts[index].table
      var formats = FormatNotes(table, profiles[table.paths])
      for record in drafts[index].records.indices {
        formats.review(&drafts[index].records[record])
        SpendKeys(table).review(&drafts[index].records[record])
      }
      drafts[index].records.removeAll { !$0.isComplete }
      hasLocalTimes = hasLocalTimes || formats.hasLocalTimes
      for text in formats.placeholders { missing[text, default: []].insert("dates or numbers") }
      let used = Set(drafts[index].records.flatMap(\.usedColumns))
      for column in table.columns where !column.isDate && !column.isNumber {
        for (text, _) in column.values ?? [] where ValueWords.isPlaceholder(text) {
          let isChoice = ValueRenames.key(text).hasPrefix("select")
          if used.contains(column.name) || isChoice {
            missing[text, default: []].insert(column.name)
          }
        }
      }
    }
  }
}
