import PlumblineCore

/// Proposes the records of one table, apart from what other tables know of it.
struct DraftBuilder {
  let table: TableEvidence
  let profile: ExportProfile?
  var picker: FieldPicker

  init(_ table: TableEvidence, profile: ExportProfile?) {
    self.table = table
    self.profile = profile
    picker = FieldPicker(table, profile)
  }

  /// The proposal for a table of a kind; nil when something is missing without which the kind
  /// cannot be.
  ///
  /// Fields that name the lead are left to `LeadLinks`.
  mutating func draft(_ kind: FactKind) -> TableDraft {
    var draft = TableDraft(
      table: table,
      title: profile?.name ?? Self.title(kind),
      source: profile?.source
    )
    draft.records =
      switch kind {
      case .activity: activities()
      case .deal: [deal()]
      case .lead: lead()
      case .meeting: [meeting()]
      case .owner: [owner()]
      case .spend: [spend()]
      case .stageEvent: [stageHistory()]
      case .touch: [touch()]
      case .attribute, .currencyRate, .disposition, .merge, .quota: []
      }
    return draft
  }

  /// What a table of a kind is called.
  static func title(_ kind: FactKind) -> String {
    switch kind {
    case .activity: "activities"
    case .attribute: "what is known of leads"
    case .currencyRate: "currency rates"
    case .deal: "deals"
    case .disposition: "dispositions"
    case .lead: "leads"
    case .meeting: "meetings"
    case .merge: "merges"
    case .owner: "owners"
    case .quota: "quotas"
    case .spend: "spend"
    case .stageEvent: "a history of stages"
    case .touch: "touches"
    }
  }

  // MARK: Owners

  private mutating func owner() -> RecordDraft {
    var record = RecordDraft(kind: .owner)
    picker.fillID(
      of: &record,
      FieldNames(["user id", "owner id", "rep id", "employee id", "id", "email"])
    )
    describeOwner(&record)
    return record
  }

  /// The owners of a table whose ids are known.
  mutating func owner(id: String) -> TableDraft {
    var record = RecordDraft(kind: .owner)
    record.set("id", from: id, notes: ["other files name the owners by these values"])
    picker.take(id)
    describeOwner(&record)
    return TableDraft(table: table, title: Self.title(.owner), records: [record])
  }

  private mutating func describeOwner(_ record: inout RecordDraft) {
    picker.fill("name", of: &record, .ownerName, .label)
    picker.fill("team", of: &record, .team, .category)
    picker.fill("zone", of: &record, .zone, .category)
  }

  // MARK: Stage histories

  private mutating func stageHistory() -> RecordDraft {
    var record = RecordDraft(kind: .stageEvent)
    let steps = table.columns.first { column in
      column.isNameable && FieldNames.stepStatus.rank(column.words) != nil
        && column.values?.contains { ValueWords.isDone($0.text) } == true
    }
    if let steps { picker.take(steps.name) }
    picker.fill("stage", of: &record, .stageName, .category)
    picker.fill("at", of: &record, .at, .date)
    picker.fill("reason", of: &record, .reason, .label)
    picker.fill("owner", of: &record, .owner, .label)
    if let stage = record.source("stage") { renameStages("stage", stage, of: &record) }
    if let steps, let values = steps.values?.map(\.text) {
      let done = values.filter(ValueWords.isDone)
      record.conditions = [Condition(ColumnReference(steps.name), .oneOf(done))]
      let others = values.filter { !done.contains($0) }
      if !others.isEmpty {
        record.conditionNotes = [
          "unsure: rows that say \(FieldPicker.list(others)) are left out, as steps not taken"
        ]
      }
    }
    return record
  }

  /// Renames values of a stage field to the stages of the usual path, and says which are none.
  func renameStages(_ field: String, _ column: String, of record: inout RecordDraft) {
    guard let values = table[column]?.values?.map(\.text) else {
      record[field]?.notes.append(
        "unsure: \(column) has more than \(ColumnEvidence.valueLimit) different values"
      )
      return
    }
    var entries: [ValueRenames.Entry] = []
    var unknown: [String] = []
    for value in values where !ValueWords.isPlaceholder(value) {
      guard let meaning = StageWords.meaning(ofValue: value) else {
        unknown.append(value)
        continue
      }
      if value != meaning.id { entries.append(ValueRenames.Entry(value, to: meaning.id)) }
      if let doubt = meaning.doubt {
        record[field]?.notes.append("unsure: \"\(value)\" is read as \(meaning.id); \(doubt)")
      }
    }
    record[field]?.mapping.renames = ValueRenames(entries)
    if !unknown.isEmpty {
      record[field]?.notes.append(
        "unsure: the agreement needs these stages, or rename them here: "
          + FieldPicker.list(unknown)
      )
    }
  }
}
