import PlumblineCore
import PlumblineOracle
import PlumblineTestSupport
import Testing

@Suite(.enabled(if: ReferenceCase.areAvailable, "\(ReferenceCase.absenceNote)"))
struct `Reference cases` {
  @Test(arguments: try ReferenceCase.load(prefix: ""))
  func `every answer agrees within the stated tolerance`(reference: ReferenceCase) throws {
    let answer = try reference.oracle.answer(in: ReferenceCase.folder)
    #expect(reference.differences(from: answer).prefix(8).isEmpty)
  }
}
