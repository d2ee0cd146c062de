import PlumblineCore
import PlumblineTestSupport
import Testing

struct BenchmarkCompanyTests {
  private static let company = BenchmarkCompany(leads: 1500, seed: 1)

  @Test func `makes the same bytes for the same seed and others for another`() {
    let same = BenchmarkCompany(leads: 1500, seed: 1)
    let other = BenchmarkCompany(leads: 1500, seed: 2)
    for isDelta in [false, true] {
      for file in BenchmarkCompany.files(isDelta: isDelta) {
        let text = BenchmarkExport.text(Self.company, file, isDelta: isDelta)
        #expect(text == BenchmarkExport.text(same, file, isDelta: isDelta))
        if file != .rates { #expect(text != BenchmarkExport.text(other, file, isDelta: isDelta)) }
        #expect(text.hasSuffix("\n"))
      }
    }
  }

  @Test(arguments: [0, 1, 2])
  func `makes companies of hardly any leads`(leads: Int) {
    let export = BenchmarkExport(BenchmarkCompany(leads: leads, seed: 4), withDelta: true)
    #expect(export.rows[.leads]?.count == max(1, leads) + 500)
    #expect(export.rows[.events]?.count ?? 0 >= 6000)
  }

  @Test(arguments: [false, true])
  func `writes rows in order of time and leads with rising ids`(isDelta: Bool) {
    var export = BenchmarkExport(Self.company)
    if isDelta {
      for file in BenchmarkCompany.files(isDelta: true) {
        let lines = BenchmarkExport.text(Self.company, file, isDelta: true).split(separator: "\n")
        export.rows[file] = lines.dropFirst().map {
          $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
      }
    }
    for (file, column) in [(BenchmarkCompany.File.leads, 1), (.events, 2), (.touches, 2)] {
      let times = (export.rows[file] ?? []).map { $0[column] }
      // A campaign with a comma breaks the simple cut of the second export's leads only.
      guard file != .leads || !isDelta else { continue }
      #expect(times == times.sorted(), "\(file)")
    }
    let ids = (export.rows[.leads] ?? []).compactMap { Int($0[0]) }
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
    let closed = (export.rows[.deals] ?? []).map { $0[3] }.filter { !$0.isEmpty }
    #expect(closed == closed.sorted())
  }

  @Test func `has the slips that real exports have`() throws {
    let export = BenchmarkExport(Self.company)
    let leads = Dictionary(
      uniqueKeysWithValues: try #require(export.rows[.leads]).map { ($0[0], $0) }
    )
    let events = try #require(export.rows[.events])
    let touches = try #require(export.rows[.touches])
    let deals = try #require(export.rows[.deals])
    #expect((2.5...4.5).contains(Double(events.count) / 1500))
    #expect((4.5...8).contains(Double(touches.count) / 1500))
    #expect(events.contains { leads[$0[0]] == nil })
    #expect(touches.contains { leads[$0[0]] == nil })
    #expect(events.contains { $0[2] >= "2025-07-01" })
    #expect(events.contains { event in leads[event[0]].map { event[2] < $0[1] } ?? false })
    #expect(Set(events).count < events.count)
    #expect(touches.contains { $0[3] == "automation" })
    #expect(Set(deals.map { $0[2] }) == ["USD", "EUR", "GBP"])
    #expect(Set(deals.map { $0[4] }) == ["true", "false", ""])
    let owners = Set(leads.values.map { $0[5] })
    #expect(owners.contains(""))
    #expect(owners.count > 150)
    #expect(leads.values.contains { $0[3].contains(",") })
    #expect(Set(leads.values.map { $0[2] }).count == 10)
    #expect(Set(leads.values.map { $0[4] }).count == 4)
  }

  @Test func `adds some ten thousand rows a day later`() throws {
    var export = BenchmarkExport(Self.company, withDelta: true)
    let base = BenchmarkExport(Self.company)
    for (file, count) in [
      (BenchmarkCompany.File.leads, 500), (.events, 6000), (.touches, 3600), (.deals, 400),
      (.spend, 5),
    ] {
      export.rows[file]?.removeFirst(base.rows[file]?.count ?? 0)
      #expect(export.rows[file]?.count == count, "\(file)")
    }
    #expect(try #require(export.rows[.spend]).allSatisfy { $0[1] == "2025-07-01" })
  }
}
