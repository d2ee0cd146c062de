import Foundation
import PlumblineCore
import PlumblineOracle
import PlumblineTestSupport
import Testing

/// The counts behind the verdict, row by row: the reference names a file, and files compare as sets
/// of rows.
@Suite struct `Reference work rows` {
  @Test(
    .enabled(if: ReferenceCase.areAvailable, "\(ReferenceCase.absenceNote)"),
    arguments: try ReferenceCase.load(prefix: "work-")
  )
  func `equal the reference's as a set`(reference: ReferenceCase) throws {
    let answer = try reference.oracle.answer(in: ReferenceCase.folder)
    let path = try #require(reference.expected["work_csv"].text)
    let file = ReferenceCase.folder.appending(path: path)
    let expected = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
    let found = try #require(answer["work_rows_csv"].text).split(separator: "\n")
    #expect(expected.count > 100)
    #expect(found.first == expected.first)
    #expect(found.count == expected.count)
    #expect(Set(found) == Set(expected))
  }

  private func answer(
    _ input: JSONTree,
    leads: String = "lead_id,channel,segment,rep,created_day,sla_met\n",
    events: String = "lead_id,day,kind,stage\n"
  ) throws -> JSONTree {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let company = folder.appending(path: "company")
    try FileManager.default.createDirectory(at: company, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(leads.utf8).write(to: company.appending(path: "leads.csv"))
    try Data(events.utf8).write(to: company.appending(path: "events.csv"))
    return try OracleCase(method: "work_cube", input: input).answer(in: folder)
  }

  @Test func `a company without leads has no rows and no verdict`() throws {
    let found = try answer(["directory": "company", "as_of_day": 100])
    #expect(found["leads"] == 0)
    #expect(found["won"] == 0)
    #expect(found["work_rows_csv"] == "channel,rep,segment,sla_met,n,won\n")
    for party in ["marketing", "sales", "alignment"] {
      #expect(found["verdict"][party] == "undetermined")
      #expect(found["named"][party] == .list([]))
    }
  }

  @Test func `counts leads by whether they were old enough and won in time`() throws {
    // a: won on day 9.99; b: won on day 10.00, too late; c: never in time; d: lost, then won;
    // e: too young by a hair; f: skips the stage, which is then reached with the win.
    let leads = """
      lead_id,channel,segment,rep,created_day,sla_met
      a,Meta,SMB,r1,0,1
      b,Meta,SMB,r1,0,0
      c,Meta,SMB,r1,0,
      d,Meta,SMB,r1,0,1
      e,Meta,SMB,r1,0,1
      f,Ads,SMB,r2,0,1
      """
    let events = """
      lead_id,day,kind,stage
      a,0,stage,lead
      a,1,stage,sql
      a,10.99,stage,won
      b,0,stage,lead
      b,1,stage,sql
      b,11,stage,won
      c,0,stage,lead
      c,1,stage,sql
      d,0,stage,lead
      d,1,stage,sql
      d,2,exit,
      d,3,stage,won
      e,0,stage,lead
      e,90.01,stage,sql
      f,0,stage,lead
      f,5,stage,won
      """
    let found = try answer(
      [
        "directory": "company", "as_of_day": 100, "from_stage": "sql", "to_stage": "won",
        "within_days": 10,
      ],
      leads: leads,
      events: events
    )
    #expect(found["leads"] == 5)
    #expect(found["won"] == 2)
    #expect(
      found["work_rows_csv"].text == """
        channel,rep,segment,sla_met,n,won
        Ads,r2,SMB,1,1,1
        Meta,r1,SMB,0,2,0
        Meta,r1,SMB,1,2,1

        """
    )
  }

  @Test func `reaching a later stage than the one looked for counts as reaching it`() throws {
    let found = try answer(
      [
        "directory": "company", "as_of_day": 100, "from_stage": "mql",
        "to_stage": "meeting_held", "within_days": 10,
      ],
      leads: "lead_id,channel,segment,rep,created_day,sla_met\na,Meta,SMB,r1,0,1\n",
      events: "lead_id,day,kind,stage\na,0,stage,lead\na,1,stage,mql\na,2,stage,won\n"
    )
    #expect(found["leads"] == 1)
    #expect(found["won"] == 1)
  }

  @Test(
    arguments: [
      ["as_of_day": 100],
      ["directory": "company"],
      ["directory": "elsewhere", "as_of_day": 100],
      ["directory": "company", "as_of_day": 100, "from_stage": "won", "to_stage": "sql"],
      ["directory": "company", "as_of_day": 100, "from_stage": "nothing"],
      ["directory": "company", "as_of_day": 100, "within_days": 0],
    ] as [JSONTree]
  )
  func `an input that does not fit is refused`(input: JSONTree) {
    #expect(throws: InputError.self) { try answer(input) }
  }
}
