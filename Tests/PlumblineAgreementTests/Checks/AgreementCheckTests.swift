import PlumblineAgreement
import PlumblineCore
import Testing

struct AgreementCheckTests {
  @Test(arguments: FaultyAgreement.all)
  func `says exactly what is wrong`(fault: FaultyAgreement) {
    let (agreement, diagnostics) = AgreementReader.read(
      text: "agreement: 1\n\(fault.text)\n",
      file: "a.yaml"
    )
    // Warnings and notes leave the agreement usable.
    let isFaulty = fault.findings.contains { $0.contains(": error: ") }
    #expect((agreement == nil) == isFaulty)
    #expect(diagnostics.map(\.description) == fault.findings.map { "\($0) [\(fault.code)]" })
  }

  @Test func `has a faulty file for every check, and the checks in order`() {
    let codes = AgreementCheck.all.map(\.code)
    #expect(codes == codes.sorted())
    #expect(Set(codes) == Set(FaultyAgreement.all.map(\.code)))
    #expect(FaultyAgreement.all.count { $0.findings.contains { $0.contains(": error: ") } } >= 20)
  }

  @Test func `does not blame words when a stage could not be read`() {
    let text = "agreement: 1\nstages: {path: [[demo]]}\nhorizons: {lead-demo: 91 days}\n"
    let diagnostics = AgreementReader.read(text: text, file: "a.yaml").diagnostics
    #expect(
      diagnostics.map(\.description) == [
        "a.yaml:2:17: error: entry 1 of \"path\" must be a text, not a list. "
          + "[agreement.wrong-type]"
      ]
    )
  }
}
