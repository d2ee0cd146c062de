/// Stage dates that an earlier export had and a newer one leaves blank or gives differently.
///
/// Counts only columns that hold one stage's date each. CRMs clear such dates on a downgrade; both
/// dates stay among the facts.
public struct StageDateChanges: Hashable, Sendable {
  /// Dates that are gone, by column.
  public private(set) var disappeared: [String: Int] = [:]
  /// Dates that are another now, by column.
  public private(set) var moved: [String: Int] = [:]
  /// The ids of the first few leads concerned.
  public private(set) var examples: [String] = []

  private struct Key: Hashable { var lead, stage, evidence: UInt32 }

  /// Compares a new import with what is known.
  ///
  /// - Parameters:
  ///   - ledger: What is known, without the import.
  ///   - batch: The import's facts.
  ///   - blanks: The stage dates that the import leaves blank, with the batch's numbering.
  ///   - columns: The evidence that names a column of one stage's date.
  /// - Complexity: O(stage events known and new).
  public init(
    ledger: Ledger,
    batch: FactBatch,
    blanks: FactTable,
    columns: Set<String>
  ) {
    let known = ledger[.stageEvent]
    guard known.rowCount > 0 else { return }
    let evidenceCodes = Set(columns.compactMap { ledger.texts[.other].code(of: $0) })
    var times: [Key: Set<Int64>] = [:]
    let (leads, stages, at, evidence) = (
      known["lead"], known["stage"], known["at"], known["evidence"]
    )
    for row in 0..<known.rowCount where evidenceCodes.contains(UInt32(evidence[row])) {
      let key = Key(
        lead: UInt32(leads[row]),
        stage: UInt32(stages[row]),
        evidence: UInt32(evidence[row])
      )
      times[key, default: []].insert(at[row])
    }
    guard !times.isEmpty else { return }
    compare(batch[.stageEvent], batch, ledger, times) { key, time in
      guard let known = times[key], !known.contains(time) else { return nil }
      return \.moved
    }
    compare(blanks, batch, ledger, times) { key, _ in times[key] == nil ? nil : \.disappeared }
  }

  private mutating func compare(
    _ table: FactTable,
    _ batch: FactBatch,
    _ ledger: Ledger,
    _ times: [Key: Set<Int64>],
    _ change: (Key, Int64) -> WritableKeyPath<StageDateChanges, [String: Int]>?
  ) {
    let (leads, stages, at, evidence) = (
      table["lead"], table["stage"], table["at"], table["evidence"]
    )
    for row in 0..<table.rowCount {
      let lead = batch.texts[.lead][UInt32(leads[row])]
      let column = batch.texts[.other][UInt32(evidence[row])]
      guard let leadCode = ledger.texts[.lead].code(of: lead),
        let stage = ledger.texts[.stage].code(of: batch.texts[.stage][UInt32(stages[row])]),
        let evidence = ledger.texts[.other].code(of: column),
        let path = change(Key(lead: leadCode, stage: stage, evidence: evidence), at[row])
      else { continue }
      self[keyPath: path][column, default: 0] += 1
      if examples.count < 5, !examples.contains(lead) { examples.append(lead) }
    }
  }
}
