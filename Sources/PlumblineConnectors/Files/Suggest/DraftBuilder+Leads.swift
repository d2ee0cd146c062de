import PlumblineCore

extension DraftBuilder {
  /// A lead, and the stages that columns of its row show.
  mutating func lead() -> [RecordDraft] {
    var record = RecordDraft(kind: .lead)
    picker.fillID(of: &record, .leadID)
    guard let id = record.source("id") else { return [record] }
    let events = stageEvents(lead: id, excluding: [FieldNames.created, .status, .channel])
    for event in events { for column in event.usedColumns { picker.take(column) } }
    picker.fill("created", of: &record, .created, .date)
    picker.fill("channel", of: &record, .channel, .label)
    picker.fill("campaign", of: &record, .campaign, .label)
    picker.fill("owner", of: &record, .owner, .label)
    picker.fill("status", of: &record, .status, .category)
    picker.fill("segment", of: &record, .segment, .category)
    picker.fill("score_at_hand_off", of: &record, .scoreAtHandOff, .number)
    picker.fill("score", of: &record, .score, .number)
    if let status = record.source("status") { renameStages("status", status, of: &record) }
    if let segment = record.source("segment"), !HeaderWords(segment).words.contains("segment") {
      record["segment"]?.notes.append("unsure: leads may be told apart by another column")
    }
    if record["created"] == nil {
      record.notes.append("unsure: no column says on which day a lead came into being")
    }
    if record["channel"] == nil {
      record.notes.append("unsure: no column says through which channel a lead came")
    }
    addAliases(to: &record, id: id)
    return [record] + events
  }

  /// Other columns of ids that differ in every row: other files may name the leads by them.
  private func addAliases(to record: inout RecordDraft, id: String) {
    for column in table.columns where column.isNameable && column.name != id {
      guard column.isUnique, !column.isMail, !column.isDate,
        FieldNames.leadID.rank(column.words) != nil
      else { continue }
      record.aliases.append(
        FieldMapping(
          MappingKeys.alsoKnownAs,
          from: .columns([ColumnReference(column.name)])
        )
      )
    }
  }

  /// The stages that columns of a lead's row show: columns of dates, and of yes and no.
  ///
  /// - Parameters:
  ///   - lead: The column of the lead's id.
  ///   - excluding: Names of columns that are something else.
  /// - Returns: A record for each such column.
  func stageEvents(lead: String, excluding: [FieldNames]) -> [RecordDraft] {
    var events: [RecordDraft] = []
    var dated = Set<String>()
    let columns = table.columns.filter { $0.isNameable && !$0.isBlank && $0.name != lead }
    for column in columns {
      guard let meaning = stage(shownBy: column), meaning.id != "lead" else { continue }
      let isDate =
        column.isDate || (column.rowCount == 0 && FieldNames.date.rank(column.words) != nil)
      guard isDate else { continue }
      var event = RecordDraft(kind: .stageEvent)
      event.set("lead", from: lead)
      event.set("stage", constant: meaning.id)
      event.set("at", from: column.name)
      if let doubt = meaning.doubt { event.notes.append("unsure: \(doubt)") }
      dated.insert(meaning.id)
      events.append(event)
    }
    for column in columns {
      guard let meaning = stage(shownBy: column), !dated.contains(meaning.id),
        let yes = column.yesValues, !yes.isEmpty,
        !excluding.contains(where: {
          $0.rank(column.words) ?? FieldNames.wordsRank < FieldNames.wordsRank
        })
      else { continue }
      var event = RecordDraft(kind: .stageEvent)
      event.conditions = [Condition(ColumnReference(column.name), .oneOf(yes))]
      event.set("lead", from: lead)
      event.set("stage", constant: meaning.id)
      event.notes.append(
        "unsure: \(column.name) does not say when" + (meaning.doubt.map { ", and \($0)" } ?? "")
      )
      events.append(event)
    }
    return events
  }

  /// The stage that a column of a lead's row shows.
  private func stage(shownBy column: ColumnEvidence) -> StageWords.Meaning? {
    guard var meaning = StageWords.meaning(ofColumn: column.words) else { return nil }
    if meaning.id == "won", DraftBuilder.isConversion(column.words), let profile {
      meaning.id = profile.convertedStage
      meaning.doubt = "it may mean a customer"
    }
    return meaning
  }

  /// Whether a name only says that a lead was converted, which may mean a deal or a customer.
  static func isConversion(_ name: HeaderWords) -> Bool {
    !Set(["converted", "conversion", "isconverted"]).isDisjoint(with: name.words)
  }

  // MARK: Tables beside the leads

  /// What a table with one row a lead, which is not the table of the leads, shows of their stages.
  mutating func besideLeads(id: String) -> TableDraft {
    var events = stageEvents(lead: id, excluding: [])
    let shown = Set(events.compactMap { $0["stage"]?.mapping.constant })
    let status = table.columns.first { column in
      column.isNameable && column.isCategory && FieldNames.status.rank(column.words) != nil
    }
    if let status, let values = status.values?.map(\.text) {
      var event = RecordDraft(kind: .stageEvent)
      event.set("lead", from: id)
      event.set("stage", from: status.name)
      picker.take(status.name)
      picker.fill("reason", of: &event, .reason, .label)
      let known = values.filter { value in
        StageWords.meaning(ofValue: value).map { !shown.contains($0.id) } ?? false
      }
      let others = values.filter { !known.contains($0) }
      event.conditions = [Condition(ColumnReference(status.name), .oneOf(known))]
      var renames: [ValueRenames.Entry] = []
      for value in known {
        guard let meaning = StageWords.meaning(ofValue: value) else { continue }
        if value != meaning.id { renames.append(ValueRenames.Entry(value, to: meaning.id)) }
        if let doubt = meaning.doubt {
          event["stage"]?.notes.append("unsure: \"\(value)\" is read as \(meaning.id); \(doubt)")
        }
      }
      event["stage"]?.mapping.renames = ValueRenames(renames)
      event.notes.append("unsure: \(status.name) does not say when")
      if !others.isEmpty {
        event.conditionNotes.append("unsure: left out are \(FieldPicker.list(others))")
      }
      if !known.isEmpty { events.append(event) }
    }
    return TableDraft(table: table, title: "what became of the leads", records: events)
  }
}
