import PlumblineConnectors
import PlumblineCore
import Testing

/// Values that stand in another file.
struct LookUpTests {
  private let mapping = """
    files:
      - file: leads.csv
        records:
          - kind: lead
            id: id
            segment: {column: account, through: {file: accounts.csv, key: id, value: sector}}

    """

  @Test func `finds what stands beside the key, and says nothing`() throws {
    let read = try ImportedText(
      mapping,
      ["accounts.csv": "id,sector\n1,Software\n2,\n", "leads.csv": "id,account\na,1\nb,2\nc,\n"]
    )
    #expect(read.texts(.lead, "segment") == ["Software", "", ""])
    #expect(read.codes.isEmpty)
  }

  @Test func `a key that the other file does not have is told with its number of rows`() throws {
    let read = try ImportedText(
      mapping,
      ["accounts.csv": "id,sector\n1,Software\n", "leads.csv": "id,account\na,9\nb,1\nc,9\nd,8\n"]
    )
    #expect(read.texts(.lead, "segment") == ["", "Software", "", ""])
    #expect(read.codes == ["import.look-up-not-found"])
    #expect(read.outcome.diagnostics.first?.severity == .warning)
    #expect(read.outcome.diagnostics.first?.message.hasPrefix("3 values") == true)
  }

  @Test func `the other file belongs to the import, so that its next version is another`() throws {
    let files = ["accounts.csv": "id,sector\n1,Software\n", "leads.csv": "id,account\na,1\n"]
    let read = try ImportedText(mapping, files)
    #expect(read.outcome.importedFiles.map(\.name) == ["leads.csv", "accounts.csv"])
    #expect(read.outcome.files.map(\.rowCount) == [1, 1])
    #expect(read.outcome.batch[.lead].files == [0])
    var changed = files
    changed["accounts.csv"] = "id,sector\n1,Hardware\n"
    let hashes = try [files, changed].map {
      try ImportedText(mapping, $0).outcome.importedFiles.map(\.contentHash)
    }
    #expect(hashes[0][0] == hashes[1][0])
    #expect(hashes[0][1] != hashes[1][1])
  }
}
