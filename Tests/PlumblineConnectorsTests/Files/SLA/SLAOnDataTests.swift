import Foundation
import PlumblineAgreement
import PlumblineConnectors
import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// The promises on whole companies: the example and a public data set.
struct SLAOnDataTests {
  /// Counts that must hold whatever the data.
  private func check(_ answer: SLAAnswer, _ history: CompanyHistory) throws {
    let sales = try #require(answer.sales)
    let counted = sales.counted.map { sales.records[$0] }
    #expect(counted.count == sales.all.handOffs)
    for promise in [SLAStep.Promise.firstTouch, .attempts, .disposition] {
      guard let kept = sales.all.promises[promise] else { continue }
      #expect(kept.tally.total == counted.count { $0.outcome(of: promise) != nil })
      for status in SLAStatus.allCases {
        let leads = Set(
          counted.filter { $0.outcome(of: promise)?.status == status }.map(\.lead)
        )
        #expect(answer.leads(behind: SLANumber(promise, .only(status))).count == leads.count)
      }
    }
    #expect(Set(answer.steps.map(\.key)).count == answer.steps.count)
    #expect(answer.steps.allSatisfy { $0.step == .dueSoon || $0.due <= answer.asOf })
    #expect(answer.steps == answer.steps.sorted())
    for record in sales.records {
      for clock in record.clocks.dropLast() { #expect(!clock.outcome.status.isOpen) }
      guard let done = record.firstTouch?.done, done.isDated else { continue }
      #expect(record.wait.map { $0.outcome == .ended } ?? true)
    }
  }

  private static let example: Result<CompanyHistory, any Error> = Result {
    let company = ExampleCompany()
    let reading = MappingReader.read(Array(ExampleCompany.mappingYAML.utf8), file: "mapping.yaml")
    let written = AgreementReader.read(
      Array(ExampleCompany.agreementYAML.utf8),
      file: "agreement.yaml"
    )
    guard let mapping = reading.mapping, let agreement = written.agreement else {
      throw InputError(reading.diagnostics + written.diagnostics)
    }
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "sla-example-\(UUID().uuidString)"
    )
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    for file in company.files() {
      let url = folder.appending(path: file.name)
      try Data(file.bytes).write(to: url)
      paths.append(url.path(percentEncoded: false))
    }
    let outcome = try FileImport(mapping).read(paths)
    var ledger = Ledger()
    _ = ledger.addNews(
      of: outcome.batch,
      ImportRecord(
        source: mapping.source,
        seenAt: 1_800_000_000,
        mappingHash: "",
        files: outcome.importedFiles
      )
    )
    return CompanyHistory(ledger, under: agreement)
  }

  @Test func `some of the leads are not held against what was promised of all`() throws {
    let source = EmbeddedCells(try Self.example.get())
    let all = try #require(SLABuilder(source).answer().marketing)
    #expect(all.periods.contains { $0.promised != nil } && all.forecast != nil)
    let filter = DimensionFilter(.channel, values: ["Meta"])
    let some = try #require(SLABuilder(source).answer(SLAOptions(filters: [filter])).marketing)
    #expect(some.periods.allSatisfy { $0.promised == nil } && some.forecast == nil)
    #expect((1..<all.periods[0].leads.count).contains(some.periods[0].leads.count))
  }

  @Test(arguments: [("2025-W20", false), ("2025-W27", false), ("2025-W28", true)])
  func `a week before the record of leads, or before any agreement, is short of nothing`(
    week: String,
    isJudged: Bool
  ) throws {
    let history = try Self.example.get()
    let period: WeeklyPeriod = try #require(WeeklyPeriod(week))
    let answer = try WeeklyBuilder(EmbeddedCells(history), records: WeeklyRecords())
      .answer(period)
    let line = try #require(answer.promises.first { $0.promise == .qualifiedLeads })
    #expect((line.target != nil) == isJudged)
    #expect((line.verdict == .notAgreed) != isJudged)
  }

  @Test func `the example company's promises`() throws {
    let history = try Self.example.get()
    let source = EmbeddedCells(history)
    let answer = SLABuilder(source).answer(SLAOptions(weeks: 520, by: [.owner]))
    try check(answer, history)
    let sales = try #require(answer.sales)
    #expect(sales.all.handOffs > 1000)
    let touch = try #require(sales.all.promises[.firstTouch])
    #expect(touch.tally.judged > 1000)
    #expect(try #require(touch.share) > 0.5)
    // Who is judged here and elsewhere is judged alike.
    let records = try source.workRecords(
      for: FunnelQuestion(rule: history.agreement.journeyRule, pairs: [])
    )
    #expect(records.handOffs.count == sales.records.count)
    var compared = 0
    for (handOff, record) in zip(records.handOffs, sales.records) {
      guard let followUp = handOff.followUp, record.firstTouch?.status.isJudged == true else {
        continue
      }
      compared += 1
      #expect(followUp.isMetAtDeadline == (record.firstTouch?.status == .kept))
    }
    #expect(compared > 1000)
  }

  @Test(.enabled(if: RealDataSet.areAvailable, Comment(rawValue: RealDataSet.absenceNote)))
  func `the promises of a public data set, which knows days only`() throws {
    let set = RealDataSet.leadforge
    var agreement = try set.agreement()
    agreement.salesSLA = SalesSLA(
      firstTouch: .init(usual: .init(seconds: 8 * 3600, isWorkingTime: true)),
      attempts: .init(count: 3, withinDays: 14),
      compliance: 0.8,
      escalateAfter: .init(seconds: 5 * 86_400, isWorkingTime: false)
    )
    agreement.marketingSLA = MarketingSLA(qualifiedLeads: .init(count: 200, period: .month))
    let history = CompanyHistory(try set.ledger(), under: agreement)
    let answer = SLABuilder(EmbeddedCells(history)).answer(
      SLAOptions(weeks: 520, by: [.owner, .channel, .week])
    )
    try check(answer, history)
    let sales = try #require(answer.sales)
    #expect(sales.all.handOffs > 500)
    #expect(sales.byDay == sales.all.handOffs)
    #expect(sales.withAssignment == 0)
    #expect((sales.all.waits?.count ?? 0) > 500)
    let side = try #require(answer.marketing)
    #expect(side.periods.allSatisfy { Set($0.leads).count == $0.leads.count })
  }
}
