import Foundation
import PlumblineCore
import PlumblineOracle
import PlumblineTestSupport
import Testing

/// The cube itself, row by row: the reference names a file, and files compare as sets of rows.
@Suite(.enabled(if: ReferenceCase.areAvailable, "\(ReferenceCase.absenceNote)"))
struct `Reference cube rows` {
  @Test(arguments: try ReferenceCase.load(prefix: "company-"))
  func `equal the reference's as a set`(reference: ReferenceCase) throws {
    let answer = try reference.oracle.answer(in: ReferenceCase.folder)
    let path = try #require(reference.expected["cube_csv"].text)
    let file = ReferenceCase.folder.appending(path: path)
    let expected = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
    let found = try #require(answer["cube_rows_csv"].text).split(separator: "\n")
    #expect(expected.count > 1_000)
    #expect(found.first == expected.first)
    #expect(found.count == expected.count)
    #expect(Set(found) == Set(expected))
  }
}
