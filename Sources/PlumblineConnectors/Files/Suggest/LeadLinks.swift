import PlumblineCore

/// Finds the columns by which deals, activities and so on name their lead.
struct LeadLinks {
  /// A column of a table of leads by which other tables may name them.
  private struct Target {
    var draft: Int
    var column: ColumnEvidence
    var isID: Bool
  }

  /// How a column names leads.
  private struct Link {
    var column: ColumnEvidence
    var target: Target
    var share: Double
    var points: Double
  }

  private let targets: [Target]
  private let tables: [TableEvidence]
  private let hasLeads: Bool

  /// The links into the leads among some proposals.
  ///
  /// - Parameters:
  ///   - drafts: The proposals.
  ///   - tables: All tables, those without a proposal included: values may be looked up in them.
  init(_ drafts: [TableDraft], tables: [TableEvidence]) {
    self.tables = tables
    var targets: [Target] = []
    for (index, draft) in drafts.enumerated() {
      guard let lead = draft.first(.lead), let id = lead.source("id") else { continue }
      for column in draft.table.columns where column.isComplete && column.isNameable {
        let isKey = column.isMail || FieldNames.key.rank(column.words) != nil
        guard column.name == id || (isKey && !column.isDate) else { continue }
        targets.append(Target(draft: index, column: column, isID: column.name == id))
      }
    }
    self.targets = targets
    hasLeads = drafts.contains { $0.first(.lead) != nil }
  }

  /// Kinds whose facts name a lead.
  static let kinds: Set<FactKind> = [.activity, .deal, .meeting, .stageEvent, .touch]

  /// Names the lead in the records of a proposal that do not yet.
  ///
  /// - Parameters:
  ///   - position: The proposal's position among all.
  ///   - drafts: All proposals; those of leads are told of other ids.
  ///   - profile: The known export that the table is.
  mutating func link(_ position: Int, in drafts: inout [TableDraft], profile: ExportProfile?) {
    for index in drafts[position].records.indices {
      var record = drafts[position].records[index]
      guard Self.kinds.contains(record.kind), record["lead"] == nil else { continue }
      let table = drafts[position].table
      if let link = bestLink(table, record, profile) {
        name(link, in: &record)
        if !link.target.isID { addAlias(link, to: &drafts[link.target.draft]) }
      } else if let field = lookUp(from: table, record) {
        record["lead"] = field
      } else if let column = namedColumn(table, record, profile) {
        record.set(
          "lead",
          from: column.name,
          notes: [
            hasLeads
              ? "unsure: hardly any of its values is the id of a lead in the files given"
              : "unsure: no table of leads was given to compare its values with"
          ]
        )
        if column.semicolonCount > 0 { record["lead"]?.mapping.separator = ";" }
      }
      drafts[position].records[index] = record
    }
  }

  // MARK: Straight

  private func bestLink(
    _ table: TableEvidence,
    _ record: RecordDraft,
    _ profile: ExportProfile?
  ) -> Link? {
    var best: Link?
    for column in candidates(table, record) {
      let rank = rank(column, profile)
      for target in targets {
        let share = column.shareFound(in: target.column)
        let isSameName = column.words.keys.first == target.column.words.keys.first
        // Short numbers and words are found in many a column.
        let isTelling = column.samples.contains { sample in
          sample.count > 6
            || (sample.count > 3 && sample.contains(where: \.isNumber)
              && !sample.allSatisfy(\.isNumber))
        }
        guard share >= 0.3, rank != nil || isSameName || (share >= 0.9 && isTelling) else {
          continue
        }
        let nearness = rank.map { $0 < FieldNames.wordsRank ? 1 : 0.5 } ?? 0
        let points = share * 2 + nearness + (isSameName ? 1 : 0) + (target.isID ? 0.5 : 0)
        if points > best?.points ?? 0 {
          best = Link(column: column, target: target, share: share, points: points)
        }
      }
    }
    return best
  }

  private func candidates(_ table: TableEvidence, _ record: RecordDraft) -> [ColumnEvidence] {
    let own = record.source("id")
    return table.columns.filter { column in
      column.isNameable && !column.isBlank && !column.isDate
        && (column.name != own || KeyEntity(column.words) == .lead)
    }
  }

  private func rank(_ column: ColumnEvidence, _ profile: ExportProfile?) -> Int? {
    let known = profile?.fields["lead"]?.firstIndex { column.words.isNamed($0) }
    return known ?? FieldNames.dealLead.rank(column.words)
  }

  private func name(_ link: Link, in record: inout RecordDraft) {
    record.set("lead", from: link.column.name)
    if link.column.semicolonCount > 0 { record["lead"]?.mapping.separator = ";" }
    if link.share < 0.9 {
      record["lead"]?.notes.append(
        "unsure: \(Self.percent(link.share)) of its values are those of leads in the files given"
      )
    }
    if link.column.missingCount > 0 {
      record["lead"]?.notes.append(
        "\(link.column.missingCount) of \(link.column.rowCount) rows name no lead"
      )
    }
  }

  private func addAlias(_ link: Link, to draft: inout TableDraft) {
    let name = link.target.column.name
    guard let index = draft.records.firstIndex(where: { $0.kind == .lead }),
      !draft.records[index].aliases.contains(where: { $0.columns.first?.name == name })
    else { return }
    draft.records[index].aliases.append(
      FieldMapping(MappingKeys.alsoKnownAs, from: .columns([ColumnReference(name)]))
    )
    if link.target.column.duplicateCount > 0 {
      draft.records[index].aliasNotes.append(
        "unsure: \(link.target.column.duplicateCount) values of \(name) stand in several rows"
      )
    }
  }

  // MARK: Through another table

  /// The lead by way of another table that has both a key of this one and the lead's id.
  private func lookUp(from table: TableEvidence, _ record: RecordDraft) -> FieldDraft? {
    let ids = targets.filter(\.isID)
    for column in candidates(table, record) where FieldNames.key.rank(column.words) != nil {
      for other in tables where other.paths != table.paths && other.paths.count == 1 {
        for key in other.columns where key.isUnique && key.isNameable && !key.isDate {
          guard column.shareFound(in: key) >= 0.8, column.words.keys.first == key.words.keys.first,
            let value = other.columns.first(where: { value in
              value.isNameable && value.name != key.name && !value.isDate
                && FieldNames.dealLead.rank(value.words) != nil
                && ids.contains { value.shareFound(in: $0.column) >= 0.5 }
            })
          else { continue }
          var field = FieldMapping("lead", from: .columns([ColumnReference(column.name)]))
          field.join = Join(
            file: FilePattern(SuggestedFile.pattern(other.fileNames[0])),
            key: ColumnReference(key.name),
            value: ColumnReference(value.name)
          )
          return FieldDraft(
            mapping: field,
            notes: ["unsure: found by way of \(other.fileNames[0]), which must be given too"]
          )
        }
      }
    }
    return nil
  }

  // MARK: By name alone

  private func namedColumn(
    _ table: TableEvidence,
    _ record: RecordDraft,
    _ profile: ExportProfile?
  ) -> ColumnEvidence? {
    candidates(table, record).filter { rank($0, profile) != nil }
      .min { rank($0, profile) ?? 0 < rank($1, profile) ?? 0 }
  }

  /// A share in whole percent, never rounded to all or nothing.
  static func percent(_ share: Double) -> String {
    if share <= 0 { return "none" }
    let whole = Int((share * 100).rounded())
    if whole == 0 { return "fewer than 1 %" }
    return "\(min(whole, share < 1 ? 99 : 100)) %"
  }
}
