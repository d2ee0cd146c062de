import Foundation
import PlumblineAgreement
import PlumblineConnectors
import PlumblineCore
import Testing

/// The example company's metrics under the definitions that circulate.
struct ExampleCompanyReconcileTests {
  private static func reconciler() throws -> (Reconciler, Agreement) {
    let files = ExampleCompany().files()
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in files { try Data(file.bytes).write(to: folder.appending(path: file.name)) }
    let mapping = try #require(
      MappingReader.read(text: ExampleCompany.mappingYAML, file: "mapping.yaml").mapping
    )
    let agreement = try #require(
      AgreementReader.read(text: ExampleCompany.agreementYAML, file: "agreement.yaml").agreement
    )
    let outcome = try FileImport(mapping).read(
      files.map { folder.appending(path: $0.name).path(percentEncoded: false) }
    )
    var ledger = Ledger()
    ledger.add(
      outcome.batch,
      of: ImportRecord(
        source: "crm",
        seenAt: ExampleCompany.exportedAt.seconds,
        exportedAt: ExampleCompany.exportedAt.seconds,
        mappingHash: "",
        files: outcome.importedFiles
      )
    )
    let history = CompanyHistory(ledger, under: agreement)
    let deals = DealRecords(ledger, for: history)
    return (Reconciler(history, source: EmbeddedCells(history), deals: deals), agreement)
  }

  private static let periods: [(CivilDate?, CivilDate?)] = [
    (nil, nil), (CivilDate("2025-10-01"), CivilDate("2026-03-31")),
    (CivilDate("2026-06-30"), CivilDate("2026-06-30")),
  ]

  @Test func `every bridge leads from our number to the other, exactly`() throws {
    let (reconciler, agreement) = try Self.reconciler()
    for metric in ReconcileMetric.all(of: agreement) {
      for (first, last) in Self.periods {
        let answer = try reconciler.answer(metric, firstDay: first, lastDay: last)
        let ours = try #require(answer.definitions.first?.reading)
        for definition in answer.definitions {
          var reading = ours
          for step in definition.steps {
            #expect(step.before == reading)
            reading = step.after
            if let above = step.numeratorChange, let below = step.denominatorChange {
              #expect(step.before.numerator + above == step.after.numerator)
              #expect(step.before.denominator + below == step.after.denominator)
            }
          }
          #expect(reading == definition.reading, "\(metric) \(definition.name)")
        }
      }
    }
  }

  @Test func `one question about the win rate has five answers and more`() throws {
    let (reconciler, _) = try Self.reconciler()
    let answer = try reconciler.answer(.winRate)
    let values = Set(
      answer.definitions.compactMap { $0.reading.value.map { ($0 * 1000).rounded() } }
    )
    #expect(values.count >= 5)
    #expect(answer.definitions.allSatisfy { $0.reading.value != nil })
  }
}
