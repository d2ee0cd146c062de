import PlumblineAgreement
import PlumblineCore
import PlumblineStorage

extension AgreementWriter.Observed {
  /// What a store holds that an agreement may want to name, the most frequent first.
  ///
  /// - Parameter store: Facts imported before the agreement was written.
  /// - Throws: What the store throws.
  init(reading store: SQLiteFactStore) throws {
    let ledger = try Ledger(
      reading: store,
      kinds: [.attribute, .deal, .lead, .owner, .stageEvent, .touch]
    )
    let texts = ledger.texts
    /// The codes of a column, the most frequent first, without the missing one.
    func codes(_ values: [Int64]) -> [UInt32] {
      var counts: [Int64: Int] = [:]
      for value in values where value != Int64(TextDictionary.missing) {
        counts[value, default: 0] += 1
      }
      return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { UInt32($0.key) }
    }
    self.init(
      channels: codes(ledger[.lead]["channel"]).map { texts[.channel][$0] },
      detourReasons: Self.reasons(ledger),
      touchTypes: codes(ledger[.touch]["kind"]).map { texts[.other][$0] },
      attributes: Self.attributes(ledger, codes),
      ownerZones: codes(ledger[.owner]["zone"]).count
    )
  }

  /// Why leads left the path, and why deals were lost.
  private static func reasons(_ ledger: Ledger) -> [DetourReason] {
    let texts = ledger.texts
    let detours = Dictionary(
      Stage.defaultDetours.map { (WordKey.of($0.id), $0.id) },
      uniquingKeysWith: { first, _ in first }
    )
    var counts: [DetourReason: Int] = [:]
    let events = ledger[.stageEvent]
    for (stage, reason) in zip(events["stage"], events["reason"])
    where reason != Int64(TextDictionary.missing) {
      guard let detour = detours[WordKey.of(texts[.stage][UInt32(stage)])] else { continue }
      counts[DetourReason(detour: detour, reason: texts[.other][UInt32(reason)]), default: 0] += 1
    }
    for reason in ledger[.deal]["reason"] where reason != Int64(TextDictionary.missing) {
      counts[DetourReason(detour: "lost", reason: texts[.other][UInt32(reason)]), default: 0] += 1
    }
    return counts.sorted {
      ($1.value, $0.key.detour, $0.key.reason) < ($0.value, $1.key.detour, $1.key.reason)
    }.map(\.key)
  }

  private static func attributes(
    _ ledger: Ledger,
    _ codes: ([Int64]) -> [UInt32]
  ) -> [Attribute] {
    let table = ledger[.attribute]
    let (names, values) = (table["name"], table["value"])
    let rows = Dictionary(grouping: names.indices) { names[$0] }
    return codes(names).map { name in
      Attribute(
        name: ledger.texts[.other][name],
        examples: codes((rows[Int64(name)] ?? []).map { values[$0] }).prefix(8).map {
          ledger.texts[.other][$0]
        }
      )
    }
  }
}
