import Foundation
import PlumblineAgreement
import PlumblineConnectors
import PlumblineCore
import Testing

/// The example company's exports, read and judged, against what was simulated.
struct ExampleCompanyWorkTests {
  private static func history() throws -> CompanyHistory {
    let files = ExampleCompany().files()
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in files { try Data(file.bytes).write(to: folder.appending(path: file.name)) }
    let mapping = try #require(
      MappingReader.read(text: ExampleCompany.mappingYAML, file: "mapping.yaml").mapping
    )
    let (agreement, findings) = AgreementReader.read(
      text: ExampleCompany.agreementYAML,
      file: "agreement.yaml"
    )
    #expect(findings.filter { $0.severity != .note }.map(\.description) == [])
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
    return CompanyHistory(ledger, under: try #require(agreement))
  }

  @Test func `follow-up is judged exactly, as it was simulated`() throws {
    let history = try Self.history()
    let everything = FunnelQuestion(skips: history.agreement.skips, pairs: [])
    let records = try EmbeddedCells(history).workRecords(for: everything)
    let summary = records.summary
    #expect(summary.closed == nil)
    #expect(summary.followUp == .exact)
    #expect(summary.couldBeEither == 0)
    #expect(summary.beforeActivities == 0)
    #expect(summary.horizon.from == "mql")

    // Mondays to Fridays from 09:00 to 17:30 in Berlin, counted minute by minute.
    let leads = Dictionary(
      uniqueKeysWithValues: ExampleCompany().population().map { ("\($0.id)", $0) }
    )
    let asOf = ExampleCompany.exportedAt
    var (compared, followedUp) = (0, 0)
    for handOff in records.handOffs where handOff.standing == .counted {
      let lead = try #require(leads[history.id(ofLead: handOff.lead)])
      let episode = lead.episodes[0]
      let qualified = try #require(episode.marketingQualified)
      #expect(handOff.time.instant == Self.asExported(qualified))
      let touched = try #require(episode.firstTouch)
      let isMet = touched <= asOf && workingMinutes(from: qualified, to: touched) <= 480
      #expect(handOff.followUp?.isMet == isMet, "lead \(lead.id)")
      let isWon =
        episode.deal.map {
          $0.isWon && $0.closed <= asOf
            && $0.closed.seconds - qualified.seconds < Int64(summary.horizon.days) * 86_400
        } ?? false
      #expect(handOff.isWon == isWon || isMissingItsDeal(lead.id, history), "lead \(lead.id)")
      compared += 1
      if isMet { followedUp += 1 }
    }
    #expect(compared == summary.leads)
    #expect(followedUp == summary.followedUp)
    #expect(compared > 1500)
    // The promise is kept for most leads, and broken often enough to learn from.
    #expect((0.8...0.99).contains(Double(followedUp) / Double(compared)))
  }

  /// What a local time without offset is read as: in the hour that occurs twice, the first time.
  private static func asExported(_ instant: Instant) -> Instant {
    let isRepeated = (summer[0].upperBound..<summer[0].upperBound + 3600).contains(instant.seconds)
    return isRepeated ? instant.advanced(bySeconds: -3600) : instant
  }

  /// A few deals of the exports name no contact.
  private func isMissingItsDeal(_ lead: Int, _ history: CompanyHistory) -> Bool {
    !history.wonDeals.contains { history.id(ofLead: $0.lead) == "\(lead)" }
  }

  /// Minutes of work between two whole minutes, with the summer time of the European Union.
  private func workingMinutes(from start: Instant, to end: Instant) -> Int {
    var count = 0
    var second = start.seconds
    while second < end.seconds {
      let local = second + (Self.summer.contains { $0.contains(second) } ? 7200 : 3600)
      let (day, minute) = (local / 86_400, local % 86_400 / 60)
      // 1970-01-01 was a Thursday.
      if (day + 3) % 7 < 5, (540..<1050).contains(minute) { count += 1 }
      second += 60
    }
    return count
  }

  /// 2025-03-30 to 2025-10-26 and 2026-03-29 to 2026-10-25, both at 01:00 UTC.
  private static let summer = [
    Int64(20_177 * 86_400 + 3600)..<Int64(20_387 * 86_400 + 3600),
    Int64(20_541 * 86_400 + 3600)..<Int64(20_751 * 86_400 + 3600),
  ]

  @Test func `weeks add up to the hand-offs that fell due`() throws {
    let history = try Self.history()
    let everything = FunnelQuestion(skips: history.agreement.skips, pairs: [])
    let records = try EmbeddedCells(history).workRecords(for: everything)
    let due = records.handOffs.compactMap(\.followUp)
    #expect(records.weeks.reduce(0) { $0 + $1.due } == due.count)
    #expect(records.weeks.reduce(0) { $0 + $1.met } == due.count(where: \.isMetAtDeadline))
    #expect(Set(records.weeks.map(\.firstDay)).count >= 52)
    #expect(records.weeks.allSatisfy { $0.firstDay.weekday == 0 && $0.met <= $0.due })
  }
}
