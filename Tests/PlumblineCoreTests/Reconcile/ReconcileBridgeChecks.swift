import PlumblineCore
import PlumblineTestSupport
import Testing

/// Whether every bridge of an answer holds: each step begins where the one before ends, the first
/// with our number, the last with the definition's; and all of them add up to the last bit.
func expectExactBridges(
  _ answer: ReconcileAnswer,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let ours = answer.definitions.first else { return }
  #expect(ours.name == .ours && ours.steps.isEmpty, sourceLocation: sourceLocation)
  #expect(
    Set(answer.definitions.map(\.name)).count == answer.definitions.count,
    sourceLocation: sourceLocation
  )
  for definition in answer.definitions {
    var reading = ours.reading
    for step in definition.steps {
      #expect(step.before == reading, "\(definition.name)", sourceLocation: sourceLocation)
      #expect(step.recordIDs == step.recordIDs.sorted(), sourceLocation: sourceLocation)
      reading = step.after
    }
    #expect(reading == definition.reading, "\(definition.name)", sourceLocation: sourceLocation)
    expectExactSums(definition, sourceLocation)
  }
}

/// The parts of a bridge after our estimate, summed as whole numbers and as fractions.
private func expectExactSums(
  _ definition: ReconciledDefinition,
  _ sourceLocation: SourceLocation
) {
  let plain = definition.steps.drop { $0.before.isEstimated }
  guard let first = plain.first else { return }
  if plain.allSatisfy({ $0.numeratorChange != nil }) {
    let above = plain.reduce(first.before.numerator) { $0 + ($1.numeratorChange ?? 0) }
    let below = plain.reduce(first.before.denominator) { $0 + ($1.denominatorChange ?? 0) }
    #expect(above == definition.reading.numerator, sourceLocation: sourceLocation)
    #expect(below == definition.reading.denominator, sourceLocation: sourceLocation)
  }
  guard let start = first.before.ratio, let end = definition.reading.ratio,
    plain.allSatisfy({ $0.exactChange != nil })
  else { return }
  var sum: ExactRatio? = start
  for step in plain { sum = step.exactChange.flatMap { change in sum?.adding(change) } }
  // Nil where 128 bits do not hold the common denominator, which small companies never need.
  #expect(sum == end, "\(definition.name)", sourceLocation: sourceLocation)
}

extension ReconcileAnswer {
  /// The fraction of a definition as text, and the rules of its bridge.
  func fraction(_ name: ReconciledDefinition.Name) -> String? {
    definitions.first { $0.name == name }.map {
      "\($0.reading.numerator)/\($0.reading.denominator)"
    }
  }

  func rules(_ name: ReconciledDefinition.Name) -> [ReconcileRule] {
    definitions.first { $0.name == name }?.steps.map(\.rule) ?? []
  }

  func reading(_ name: ReconciledDefinition.Name) -> MetricReading? {
    definitions.first { $0.name == name }?.reading
  }

  func ids(_ name: ReconciledDefinition.Name, _ rule: ReconcileRule) -> [String]? {
    definitions.first { $0.name == name }?.steps.first { $0.rule == rule }?.recordIDs
  }
}

extension FactBuilder {
  /// A metric of these facts under every definition.
  func reconciled(
    _ metric: ReconcileMetric,
    _ agreement: Agreement = Agreement(),
    asOfDay: Double? = nil,
    from first: CivilDate? = nil,
    to last: CivilDate? = nil
  ) throws -> ReconcileAnswer {
    let history = history(agreement, asOfDay: asOfDay)
    let ledger = ledger()
    return try Reconciler(
      history,
      source: EmbeddedCells(history),
      deals: DealRecords(ledger, for: history),
      records: { EconomicsRecords(ledger, for: history) }
    ).answer(metric, firstDay: first, lastDay: last)
  }
}
