import PlumblineCore

extension DraftBuilder {
  /// A deal.
  mutating func deal() -> RecordDraft {
    var record = RecordDraft(kind: .deal)
    picker.fillID(of: &record, .dealID)
    picker.fill("created", of: &record, .created, .date)
    picker.fill("closed", of: &record, .closed, .date)
    if let closed = record.source("closed"),
      !Set(["estimated", "expected"]).isDisjoint(with: HeaderWords(closed).words)
    {
      record["closed"]?.notes.append(
        "unsure: the day when it was expected to close, not when it did"
      )
    }
    picker.fill("stage", of: &record, .dealStage, .category, isShared: true)
    fillOutcome(of: &record)
    picker.fill("amount", of: &record, .amount, .number)
    picker.fill("currency", of: &record, .currency, .category)
    picker.fill("owner", of: &record, .owner, .label)
    picker.fill("channel", of: &record, .channel, .label)
    picker.fill("reason", of: &record, .reason, .label)
    picker.fill("probability", of: &record, .probability, .number)
    return record
  }

  /// The outcome from the column that tells most deals' won from lost; every other value is open.
  private mutating func fillOutcome(of record: inout RecordDraft) {
    let known = (profile?.fields["outcome"] ?? []).compactMap { table.column(named: [$0]) }
    let named = table.columns.filter {
      $0.isNameable && $0.isCategory && FieldNames.dealOutcome.rank($0.words) != nil
    }
    let tells = (known + named).filter { column in
      column.values?.contains { StageWords.dealOutcome($0.text) != nil } == true
    }
    let best = tells.enumerated().max { left, right in
      (knownShare(left.element), -left.offset) < (knownShare(right.element), -right.offset)
    }
    guard let column = best?.element, let values = column.values?.map(\.text) else {
      fillOutcomeFromFlag(&record)
      return
    }
    var entries: [ValueRenames.Entry] = []
    var notes: [String] = []
    for value in values where !ValueWords.isPlaceholder(value) {
      let outcome = StageWords.dealOutcome(value) ?? "open"
      entries.append(ValueRenames.Entry(value, to: outcome))
      if outcome != "open", let doubt = StageWords.meaning(ofValue: value)?.doubt {
        notes.append("unsure: \"\(value)\" is read as \(outcome); \(doubt)")
      }
    }
    let others = tells.map(\.name).filter { $0 != column.name }
    if !others.isEmpty, profile == nil {
      notes.append(FieldPicker.alternatives(Array(Set(others)).sorted()))
    }
    record.set("outcome", from: column.name, notes: notes)
    record["outcome"]?.mapping.renames = ValueRenames(entries)
    if column.missingCount > 0 {
      record["outcome"]?.mapping.valueWhenMissing = "open"
      record["outcome"]?.notes.append("unsure: an empty cell is read as open")
    }
    for outcome in ["won", "lost"] where !entries.contains(where: { $0.to == outcome }) {
      record["outcome"]?.notes.append("unsure: no value says that a deal is \(outcome)")
    }
  }

  /// The share of a column's rows whose value is a plain outcome, 0...1.
  private func knownShare(_ column: ColumnEvidence) -> Double {
    let values = column.values ?? []
    let all = values.reduce(0) { $0 + $1.count }
    let known = values.filter { value in
      StageWords.dealOutcome(value.text) != nil || HeaderWords(value.text).phrase == "open"
    }.reduce(0) { $0 + $1.count }
    return all == 0 ? 0 : Double(known) / Double(all)
  }

  private func fillOutcomeFromFlag(_ record: inout RecordDraft) {
    let flag = table.columns.first { column in
      column.isNameable && column.words.isNamed("is won") && column.yesValues != nil
    }
    if let flag, let values = flag.values?.map(\.text) {
      record.set(
        "outcome",
        from: flag.name,
        notes: ["unsure: what is not won is read as open, not as lost"]
      )
      record["outcome"]?.mapping.renames = ValueRenames(
        values.map { ValueRenames.Entry($0, to: ValueWords.isYes($0) ? "won" : "open") }
      )
    } else {
      record.notes.append("unsure: no column says whether a deal is won, lost or open")
    }
  }
}
