/// A bridge between two ways of setting a pipeline against a quota, while it is being built.
struct PipelineBridge {
  private let deals: [DealRecords.Deal]
  private(set) var steps: [BridgeStep] = []
  /// Where the last step ended.
  private(set) var reading: MetricReading

  /// A bridge that begins with the amounts of some deals.
  ///
  /// - Parameters:
  ///   - deals: All deals.
  ///   - numbers: The places of those that count.
  ///   - base: What they are set against, in minor units.
  init(_ deals: [DealRecords.Deal], from numbers: [Int], over base: Int128) {
    self.deals = deals
    reading = Self.reading(numbers.map { deals[$0].amount }, base)
  }

  /// Goes on to the amounts of other deals; a rule that changes nothing is no step.
  ///
  /// - Parameters:
  ///   - rule: What is changed.
  ///   - numbers: The places of the deals that count afterwards.
  ///   - base: What they are set against, in minor units.
  ///   - changed: The places of the deals that count otherwise.
  ///   - isWeighted: Whether deals weigh by their probability from here on.
  ///   - absence: Why there is no number, where the deals themselves are the reason.
  mutating func move(
    _ rule: ReconcileRule,
    to numbers: [Int],
    over base: Int128,
    changed: [Int],
    isWeighted: Bool = false,
    absence: MetricReading.Absence? = nil
  ) {
    let amounts = numbers.map { isWeighted ? deals[$0].weightedAmount : deals[$0].amount }
    let next = Self.reading(amounts, base, absence)
    if changed.isEmpty, next == reading { return }
    steps.append(
      BridgeStep(
        rule: rule,
        before: reading,
        after: next,
        recordIDs: changed.map { deals[$0].id }.sorted()
      )
    )
    reading = next
  }

  /// The definition that the bridge has come to.
  func definition(_ name: ReconciledDefinition.Name) -> ReconciledDefinition {
    ReconciledDefinition(name: name, reading: reading, steps: steps)
  }

  private static func reading(
    _ amounts: [Int64?],
    _ base: Int128,
    _ absence: MetricReading.Absence? = nil
  ) -> MetricReading {
    MetricReading(
      .money,
      amounts.reduce(0) { $0 + Int128($1 ?? 0) },
      max(0, base),
      records: amounts.count,
      absence: base > 0 ? absence : .quotaReached
    )
  }
}
