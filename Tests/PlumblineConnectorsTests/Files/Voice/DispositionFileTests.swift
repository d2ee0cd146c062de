import PlumblineConnectors
import PlumblineCore
import Testing

struct DispositionFileTests {
  private func read(_ text: String) throws -> (DispositionFile, FileImport.Outcome) {
    let files = try VoiceFiles(["answers.csv": text])
    let path = files.path("answers.csv")
    let file = try DispositionFile([path], under: Agreement())
    return (file, try FileImport(file.mapping).read([path]))
  }

  private func faults(_ text: String) -> [Diagnostic] {
    do {
      _ = try read(text)
      return []
    } catch let error as InputError {
      return error.diagnostics
    } catch {
      Issue.record(error)
      return []
    }
  }

  @Test func `a file without rows says nothing`() throws {
    let (file, outcome) = try read("Lead,Reason\n")
    #expect(file.rowCount == 0)
    #expect(outcome.batch[.disposition].rowCount == 0)
  }

  @Test(arguments: [
    "lead,reason,date,owner", "Lead ID;Disposition;Date;Sales Rep", "Contact ID\tOutcome\tAt\tBy",
  ])
  func `columns are found by their usual names`(header: String) throws {
    let delimiter = header.contains(";") ? ";" : header.contains("\t") ? "\t" : ","
    let row = ["17", "No-Fit", "2026-03-04 10:20:30", "kim"].joined(separator: delimiter)
    let (_, outcome) = try read("\(header)\n\(row)\n")
    let table = outcome.batch[.disposition]
    let texts = outcome.batch.texts
    #expect(table.rowCount == 1)
    #expect(table["lead"].map { texts[.lead][UInt32($0)] } == ["17"])
    #expect(table["reason"].map { texts[.other][UInt32($0)] } == ["no_fit"])
    #expect(table["owner"].map { texts[.owner][UInt32($0)] } == ["kim"])
    #expect(TimePoint(rawValue: table["at"][0]).precision == .exact)
  }

  @Test func `spellings of one reason are one, and blank reasons are none`() throws {
    let (file, outcome) = try read("lead,reason\na,no fit\na,NO_FIT\nb,\n")
    #expect(file.rowCount == 2)
    let table = outcome.batch[.disposition]
    #expect(Set(table["reason"]).count == 1)
    #expect(table.rowCount == 2)
  }

  @Test func `reasons that are not on the list are all told, with line and suggestion`() {
    let faults = faults("lead,reason\na,no_budgett\nb,accepted\nc,gone fishing\nd,no_budgett\n")
    #expect(faults.map(\.code) == ["disposition.unknown-reason", "disposition.unknown-reason"])
    #expect(faults.map { $0.location?.line } == [2, 4])
    #expect(faults[0].message.contains("2 times"))
    #expect(faults[0].remedy?.contains("Did you mean \"no_budget\"?") == true)
    #expect(faults[1].remedy?.contains("Did you mean") == false)
  }

  @Test func `a column that is missing is told with the names it may bear`() {
    #expect(
      faults("when,what\n1,2\n").map(\.code) == [
        "disposition.no-column", "disposition.no-column",
      ]
    )
  }

  @Test func `the same file makes the same mapping, and another one another`() throws {
    let text = "lead,reason\na,no fit\n"
    let (first, _) = try read(text)
    let (second, _) = try read(text)
    let (third, _) = try read("lead,reason,owner\na,no fit,kim\n")
    #expect(first.mapping.canonicalHash == second.mapping.canonicalHash)
    #expect(first.mapping.canonicalHash != third.mapping.canonicalHash)
    #expect(MappingReader.read(text: first.yaml, file: "m").mapping == first.mapping)
  }
}
