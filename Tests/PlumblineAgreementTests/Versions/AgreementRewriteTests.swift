import PlumblineAgreement
import PlumblineCore
import Testing

/// Single values changed in an agreement's text.
struct AgreementRewriteTests {
  private static let text = """
    # kept
    agreement: 1
    version: 2026   # kept too
    effective: 2026-01-01
    stages:
      path:
        - lead
        - {id: mql, is: "ready", gate: {score: ">= 40"}}
        - id: sql
          is: accepted
        - won
      skips: filled
    score:
      fit: {country: {DE: 50}}
      mql_at: 40
    """

  private func rewritten(_ changes: AgreementRewrite.Change...) -> AgreementRewrite {
    AgreementRewrite(Self.text, changes)
  }

  private func agreement(_ rewrite: AgreementRewrite) throws -> Agreement {
    let reading = AgreementReader.read(text: rewrite.text, file: "agreement.yaml")
    return try #require(reading.agreement, "\(reading.diagnostics)")
  }

  @Test func `nothing changes nothing`() {
    let rewrite = AgreementRewrite(Self.text, [])
    #expect(rewrite.text == Self.text)
    #expect(rewrite.lines.isEmpty && rewrite.unplaced.isEmpty)
  }

  @Test func `a value is changed where it stands, comments stay`() throws {
    let rewrite = rewritten(
      .skips(.any),
      .version("2026-2"),
      .effective(CivilDate(dayNumber: 20_700))
    )
    #expect(rewrite.text.contains("version: \"2026-2\"   # kept too\n"))
    #expect(rewrite.lines == [3, 4, 12])
    let agreement = try agreement(rewrite)
    #expect(agreement.version == "2026-2")
    #expect(agreement.skips == .any)
    #expect(agreement.effective == CivilDate(dayNumber: 20_700))
  }

  @Test func `a value that was not there gets a line`() throws {
    let rewrite = rewritten(.returns(.sameEpisode))
    #expect(rewrite.lines == [6])
    #expect(try agreement(rewrite).returns == .sameEpisode)
  }

  @Test(arguments: ["mql", "sql"])
  func `a stage is confirmed by another, however it is written`(_ stage: String) throws {
    let rewrite = rewritten(.confirmed(stage: stage, by: "won", withinDays: 30))
    #expect(rewrite.unplaced.isEmpty)
    let confirmation = try #require(try agreement(rewrite).confirmations.first)
    #expect(confirmation.stage == (stage == "mql" ? 1 : 2))
    #expect(confirmation.by == 3)
    #expect(confirmation.withinDays == 30)
    let again = AgreementRewrite(
      rewrite.text,
      [.confirmed(stage: stage, by: "won", withinDays: 9)]
    )
    #expect(try agreement(again).confirmations.map(\.withinDays) == [9])
  }

  @Test func `a stage that is a word alone becomes one with a condition`() throws {
    let text = Self.text.replacing(
      "- {id: mql, is: \"ready\", gate: {score: \">= 40\"}}",
      with: "- mql"
    )
    let rewrite = AgreementRewrite(text, [.confirmed(stage: "mql", by: "sql", withinDays: 7)])
    #expect(rewrite.lines == [8])
    #expect(try agreement(rewrite).confirmations.count == 1)
  }

  @Test func `the mark and the gate that asks for it change together`() throws {
    let agreement = try agreement(rewritten(.mqlAt(65)))
    #expect(agreement.scoring?.threshold == 65)
    #expect(agreement.path[1].gate?.score == 65)
  }

  @Test func `an agreement without stages gets them`() throws {
    let rewrite = AgreementRewrite("agreement: 1\n", [.skips(.any)])
    #expect(try agreement(rewrite).skips == .any)
  }

  @Test func `what has no place is told`() {
    let changes: [AgreementRewrite.Change] = [
      .mqlAt(65), .confirmed(stage: "demo", by: "won", withinDays: 3),
    ]
    let rewrite = AgreementRewrite("agreement: 1\n", changes)
    #expect(rewrite.unplaced == changes)
    #expect(rewrite.text == "agreement: 1\n")
    #expect(AgreementRewrite("}{", [.skips(.any)]).unplaced == [.skips(.any)])
  }
}
