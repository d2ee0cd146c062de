import PlumblineCore

extension DraftBuilder {
  /// What sales did, and the meetings among it.
  mutating func activities() -> [RecordDraft] {
    var record = RecordDraft(kind: .activity)
    picker.fillID(of: &record, .activityID)
    picker.fill("kind", of: &record, .type, .category)
    picker.fill("at", of: &record, .at, .date)
    picker.fill("owner", of: &record, .owner, .label)
    picker.fill("outcome", of: &record, .outcome, .category)
    fillAutomated(of: &record)
    let isSubject = record.source("kind").map { HeaderWords($0).isNamed("subject") } ?? true
    if isSubject, let word = typeInName() { record.set("kind", constant: word) }
    guard let type = record.source("kind") else { return [record] }
    let values = table[type]?.values?.map(\.text) ?? []
    let paperwork = values.filter { ValueWords.isPaperwork($0) && !ValueWords.isContact($0) }
    if !paperwork.isEmpty {
      record.conditions = [Condition(ColumnReference(type), .noneOf(paperwork))]
      record.conditionNotes = [
        "unsure: \(FieldPicker.list(paperwork)) are left out, as nothing that reaches the lead"
      ]
    }
    return [record] + meetings(among: values, type: type, record)
  }

  /// Meetings in a table of activities that says how they went.
  private mutating func meetings(
    among values: [String],
    type: String,
    _ activity: RecordDraft
  ) -> [RecordDraft] {
    let meetings = values.filter(ValueWords.isMeeting)
    let outcome = table.columns.first { column in
      column.isNameable && column.words.isNamed("meeting outcome") && column.isCategory
    }
    guard !meetings.isEmpty, let outcome else { return [] }
    var record = RecordDraft(kind: .meeting)
    record.conditions = [Condition(ColumnReference(type), .oneOf(meetings))]
    for column in ["id", "owner"] {
      if let source = activity.source(column) { record.set(column, from: source) }
    }
    if let at = activity.source("at") {
      record.set("starts", from: at, notes: ["unsure: it may be the day of booking"])
    }
    record.set("outcome", from: outcome.name)
    renameMeetingOutcomes(of: &record)
    return [record]
  }

  private func fillAutomated(of record: inout RecordDraft) {
    let column = table.columns.first { column in
      column.isNameable && FieldNames.automated.rank(column.words) != nil
        && (column.yesValues != nil
          || column.values.map { $0.count <= 20 && $0.contains { ValueWords.isAutomatic($0.text) } }
            == true)
    }
    guard let column, let values = column.values?.map(\.text) else { return }
    record.set("automated", from: column.name)
    guard column.yesValues == nil else { return }
    record["automated"]?.mapping.renames = ValueRenames(
      values.map { ValueRenames.Entry($0, to: ValueWords.isAutomatic($0) ? "1" : "0") }
    )
    record["automated"]?.notes = ["unsure: 1 stands for what no person did"]
  }

  /// The sort of activity that the file's name says.
  private func typeInName() -> String? {
    let words = table.fileNames.flatMap { HeaderWords($0).words }
    let sorts = [("call", "calls"), ("email", "emails"), ("email", "mails")]
    let found = Set(sorts.filter { words.contains($0.0) || words.contains($0.1) }.map(\.0))
    return found.count == 1 ? found.first : nil
  }

  // MARK: Meetings

  /// A meeting.
  mutating func meeting() -> RecordDraft {
    var record = RecordDraft(kind: .meeting)
    picker.fillID(of: &record, .activityID)
    picker.fill("booked", of: &record, .booked, .date)
    picker.fill("starts", of: &record, .starts, .date)
    picker.fill("outcome", of: &record, .meetingOutcome, .category)
    picker.fill("owner", of: &record, .owner, .label)
    renameMeetingOutcomes(of: &record)
    let type = table.columns.first { column in
      column.isNameable && FieldNames.type.rank(column.words) != nil
        && column.values?.contains { ValueWords.isMeeting($0.text) } == true
    }
    if let type, let values = type.values?.map(\.text) {
      let meetings = values.filter(ValueWords.isMeeting)
      let others = values.filter { !meetings.contains($0) }
      if !others.isEmpty {
        record.conditions = [Condition(ColumnReference(type.name), .oneOf(meetings))]
        record.conditionNotes = [
          "unsure: rows that say \(FieldPicker.list(others)) are left out, as no meetings"
        ]
      }
    }
    if record["outcome"] == nil {
      record.notes.append("unsure: no column says whether a meeting was held")
    }
    return record
  }

  private func renameMeetingOutcomes(of record: inout RecordDraft) {
    guard let column = record.source("outcome"), let values = table[column]?.values else { return }
    var unknown: [String] = []
    var entries: [ValueRenames.Entry] = []
    for (value, _) in values where !ValueWords.isPlaceholder(value) {
      guard let outcome = ValueWords.meetingOutcome(value) else {
        unknown.append(value)
        continue
      }
      if value != outcome { entries.append(ValueRenames.Entry(value, to: outcome)) }
    }
    record["outcome"]?.mapping.renames = ValueRenames(entries)
    if !unknown.isEmpty {
      record["outcome"]?.notes.append(
        "unsure: read as not confirmed: \(FieldPicker.list(unknown)); rename to held, no_show, "
          + "cancelled or rescheduled"
      )
    }
  }

  // MARK: Touches

  /// What the buyer did.
  mutating func touch() -> RecordDraft {
    var record = RecordDraft(kind: .touch)
    picker.fillID(of: &record, .activityID)
    picker.fill("kind", of: &record, .type, .category)
    picker.fill("at", of: &record, .at, .date)
    picker.fill("channel", of: &record, .channel, .label)
    picker.fill("campaign", of: &record, .campaign, .label)
    let direction = table.columns.first {
      $0.isNameable && FieldNames.direction.rank($0.words) != nil
    }
    if let direction, let values = direction.values?.map(\.text), values.count > 1 {
      record.notes.append(
        "unsure: a touch is what the buyer did, and \(direction.name) says "
          + "\(FieldPicker.list(values)); \"when\" can leave some out"
      )
    }
    return record
  }
}
