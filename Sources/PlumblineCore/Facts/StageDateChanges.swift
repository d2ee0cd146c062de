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
  ///   - batch: The import's facts, in a numbering of texts that continues the ledger's.
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
    var isColumn: [Int64: Bool] = [:]
    for code in Set(known["evidence"]) {
      isColumn[code] = columns.contains(ledger.texts.text(UInt32(code), of: .other))
    }
    var times: [Key: Set<Int64>] = [:]
    let (leads, stages, at, evidence) = (
      known["lead"], known["stage"], known["at"], known["evidence"]
    )
    for row in 0..<known.rowCount where isColumn[evidence[row]] == true {
      let key = Key(
        lead: UInt32(leads[row]),
        stage: UInt32(stages[row]),
        evidence: UInt32(evidence[row])
      )
      times[key, default: []].insert(at[row])
    }
    guard !times.isEmpty else { return }
    compare(batch[.stageEvent], batch.texts) { key, time in
      guard let known = times[key], !known.contains(time) else { return nil }
      return \.moved
    }
    compare(blanks, batch.texts) { key, _ in times[key] == nil ? nil : \.disappeared }
  }

  private mutating func compare(
    _ table: FactTable,
    _ texts: TextDictionaries,
    _ change: (Key, Int64) -> WritableKeyPath<StageDateChanges, [String: Int]>?
  ) {
    let (leads, stages, at, evidence) = (
      table["lead"], table["stage"], table["at"], table["evidence"]
    )
    for row in 0..<table.rowCount {
      let key = Key(
        lead: UInt32(leads[row]),
        stage: UInt32(stages[row]),
        evidence: UInt32(evidence[row])
      )
      guard let path = change(key, at[row]) else { continue }
      self[keyPath: path][texts.text(key.evidence, of: .other), default: 0] += 1
      guard examples.count < 5 else { continue }
      let lead = texts.text(key.lead, of: .lead)
      if !examples.contains(lead) { examples.append(lead) }
    }
  }
}
