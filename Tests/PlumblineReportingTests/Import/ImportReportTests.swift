import PlumblineCore
import PlumblineReporting
import PlumblineTestSupport
import Testing

struct ImportReportTests {
  private static let record = ImportRecord(
    sequence: 3,
    source: "crm",
    seenAt: 1_770_000_000,
    mappingHash: "",
    files: [ImportedFile(name: "leads.csv", contentHash: "", byteCount: 1)]
  )

  /// A report in which everything happened.
  static var full: ImportReport {
    var report = ImportReport(record: record)
    var file = ImportReport.File(name: "leads.csv")
    file.encoding = "UTF-8"
    file.delimiter = "comma"
    file.rowCount = 1204
    file.refusedCount = 2
    file.mendedCount = 1
    file.totalsRowCount = 1
    file.unusedColumns = ["Phone", "=HYPERLINK(1)"]
    file.factCounts = [.lead: 1202, .stageEvent: 900]
    report.files = [file]
    var novelty = Ledger.Novelty()
    novelty.new = 1000
    novelty.changed = 2
    novelty.known = 200
    novelty.disappearedDates = ["created": 1]
    novelty.movedDates = ["created": 2]
    report.novelty = [.lead: novelty]
    report.refused = [
      ImportReport.RefusedRow(
        file: "leads.csv",
        line: 17,
        code: "row.no-id",
        reason: "the row has no id"
      ),
      ImportReport.RefusedRow(
        file: "leads.csv",
        line: 40,
        code: "row.unreadable-date",
        reason: "\"=1+1\" is not a date of this column"
      ),
    ]
    report.diagnostics = [
      Diagnostic(
        .warning,
        code: "file.totals-differ",
        "the rows add up to 3.75, but the totals row says 3.80.",
        at: Diagnostic.Location(file: "leads.csv", line: 1206),
        remedy: "Look for rows that the export left out or that were refused."
      )
    ]
    report.stageDateChanges = changes
    report.gaps = [CaptureGap(.leadWithoutChannel, count: 4, of: 1202, examples: ["a", "b"])]
    report.mergedLeadCount = 1
    return report
  }

  private static var changes: StageDateChanges {
    var old = FactBuilder()
    var new = FactBuilder()
    var blank = FactBuilder()
    for (lead, day) in [("1", 1.0), ("2", 1.0)] {
      let fields: [String: FactBuilder.FieldValue] = [
        "lead": .text(lead), "stage": .text("sql"), "evidence": .text("Became SQL"),
      ]
      old.add(.stageEvent, fields.merging(["at": .time(FactBuilder.time(day))]) { $1 })
      if lead == "1" {
        new.add(.stageEvent, fields.merging(["at": .time(FactBuilder.time(9))]) { $1 })
        blank.add(.stageEvent, fields.merging(["at": .time(FactBuilder.time(9))]) { $1 })
      }
    }
    var gone = new
    gone.add(
      .stageEvent,
      ["lead": .text("2"), "stage": .text("sql"), "evidence": .text("Became SQL")]
    )
    let blanks = gone.batch[.stageEvent].selecting([1])
    var batch = gone.batch
    batch[.stageEvent] = gone.batch[.stageEvent].selecting([0])
    return StageDateChanges(
      ledger: old.ledger(),
      batch: batch,
      blanks: blanks,
      columns: ["Became SQL"]
    )
  }

  private static var repetition: ImportReport {
    var report = ImportReport(record: record)
    report.isRepetition = true
    report.files = full.files
    return report
  }

  private static var empty: ImportReport { ImportReport(record: record) }

  @Test func `counts a date that moved and one that disappeared`() {
    #expect(Self.changes.moved == ["Became SQL": 1])
    #expect(Self.changes.disappeared == ["Became SQL": 1])
    #expect(Self.changes.examples == ["1", "2"])
  }

  @Test(arguments: [("empty", empty), ("repetition", repetition), ("full", full)])
  func `says what was done, in eighty columns`(name: String, report: ImportReport) throws {
    let text = ImportReportText(report).text
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    expectGolden(text, suite: "ImportReportText", name)
    try expectGolden(ImportReportJSON(report).text(), suite: "ImportReportJSON", name)
  }

  @Test(arguments: [("empty", empty), ("repetition", repetition), ("full", full)])
  func `a page of a kept report says what one of the report itself says`(
    name: String,
    report: ImportReport
  ) throws {
    let kept = try #require(ImportReportSections(json: try ImportReportJSON(report).text()))
    let fresh = ImportReportSections(report)
    #expect(kept.markup(refusedAddress: "/x").source == fresh.markup(refusedAddress: "/x").source)
    #expect(kept.rehearsal.source == fresh.rehearsal.source)
    #expect(kept.refusedCSV == ImportReportCSV(report.refused).text)
    #expect(kept.headline == fresh.headline)
    let text = ImportReportText(report).text.split(separator: "\n").first.map(String.init) ?? ""
    #expect(text.hasSuffix(kept.headline) || !text.hasSuffix("."))
  }

  @Test(arguments: ["", "{}", "[]", "{\"format\": 1, \"kind\": \"funnel\"}"])
  func `what is no report is no page`(json: String) {
    #expect(ImportReportSections(json: json) == nil)
  }

  @Test func `a page of a report runs nothing that a file says`() {
    var report = Self.full
    report.files[0].name = "<script>alert(1)</script>.csv"
    report.files[0].unusedColumns = ["<img src=x>"]
    report.refused[0].reason = "<b>\"</b>"
    let page = ImportReportSections(report).markup(refusedAddress: "/x").source
    #expect(!page.contains("<script>"))
    #expect(!page.contains("<img"))
    #expect(!page.contains("<b>"))
  }

  @Test func `a page says nothing of where on a server a file is`() throws {
    var report = Self.full
    let path = "/srv/secret/exports/ads.csv"
    report.files[0].name = path
    report.refused[0].file = path
    report.diagnostics = [
      Diagnostic(
        .warning,
        code: "row.odd",
        "\(path) has an odd row.",
        at: Diagnostic.Location(file: path, line: 528)
      )
    ]
    let sections = ImportReportSections(report)
    let page = sections.markup(refusedAddress: "/x").source
    #expect(!page.contains("secret") && !sections.refusedCSV.contains("secret"))
    #expect(page.contains("ads.csv:528: ads.csv has an odd row."))
  }

  @Test func `refused rows are a file that no spreadsheet runs`() {
    let rows = [
      ImportReport.RefusedRow(file: "=a.csv", line: 2, code: "row.no-id", reason: "a, \"b\"")
    ]
    #expect(
      ImportReportCSV(rows).text
        == "file,line,code,reason\r\n'=a.csv,2,row.no-id,\"a, \"\"b\"\"\"\r\n"
    )
  }
}
