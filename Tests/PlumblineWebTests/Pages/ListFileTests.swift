import HTTPTypes
import PlumblineCommands
import PlumblineCore
import PlumblineStorage
import Testing

@testable import PlumblineWeb

/// Lists that are taken out, and what their lines say.
@Suite struct `Lists as files` {
  static let files = [
    "/records.csv?number=open:sql", "/sla.csv", "/sla.csv?list=disposition%3Aoverdue",
    "/scorecards/records.csv?number=meetings_held", "/plan/leads.csv",
    "/plan/hires/records.csv?input=close_rate", "/plan/hires/records.csv?input=customers",
    "/plan/hires/records.csv?input=spend", "/plan/records.csv?number=wins",
    "/plan/budget/records.csv?number=deals", "/records.csv?number=spend",
    "/records.csv?number=deals", "/records.csv?number=meetings", "/records.csv?number=unconfirmed",
    "/plan/records.csv?number=booked&since=2025-06-01",
    "/records.csv?unit=channel/Meta/direct",
  ]

  @Test(arguments: files)
  func `are for those who may take them out, and stand in the audit log`(
    address: String
  ) async throws {
    let web = try WebHarness()
    func exports() throws -> Int {
      try web.office.signIn.accounts.events(AuditFilter(acts: [.exported])).count
    }
    let reads: HTTPFields = [.authorization: "Bearer marketing:read"]
    #expect(try await web.ask(address, as: nil, headers: reads).status == 403)
    #expect(try exports() == 0)
    let file = try await web.ask(address, as: "marketing")
    #expect(file.status == 200)
    #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
    #expect(file.headers[.contentDisposition]?.hasPrefix("attachment; filename=") ?? false)
    #expect(file.text.split(separator: "\r\n").count > 1)
    #expect(!file.text.contains("rep-0"))
    #expect(try exports() == 1)
  }

  @Test(arguments: [
    "/sla.csv?list=nonsense", "/scorecards/records.csv?number=luck",
    "/plan/hires/records.csv?input=ramp", "/plan/hires/records.csv",
    "/plan/budget/records.csv?number=leads:Nobody", "/records.csv",
    "/plan/records.csv?number=open", "/records.csv?number=spend&where=segment%3DSmall",
  ])
  func `that do not exist are not noted`(address: String) async throws {
    let web = try WebHarness()
    #expect(try await web.ask(address).status >= 400)
    #expect(try web.office.signIn.accounts.events(AuditFilter(acts: [.exported])).isEmpty)
  }

  @Test func `say whence a lead came, where it stands and whose it is`() async throws {
    let web = try WebHarness()
    let address = "number=open:sql&where=channel%3DMeta"
    let page = try await web.ask("/records?\(address)").text
    for column in ["Channel", "Segment", "Stage now", "Owner", "Created"] {
      #expect(page.contains(">\(column)</th>"), "\(column)")
    }
    let lines = try await web.ask("/records.csv?\(address)").text.split(separator: "\r\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let head = try #require(lines.first)
    let channel = try #require(head.firstIndex(of: "channel"))
    let (stage, owner) = (
      try #require(head.firstIndex(of: "stage")), try #require(head.firstIndex(of: "owner"))
    )
    let created = try #require(head.firstIndex(of: "created"))
    #expect(lines.count > 10)
    for line in lines.dropFirst() {
      #expect(line[channel] == "Meta")
      #expect(!line[stage].isEmpty && CivilDate(line[created]) != nil, "\(line[0])")
    }
    #expect(lines.dropFirst().contains { $0[stage] == "sql" })
    #expect(lines.dropFirst().contains { $0[owner].hasPrefix("rep-") })
  }

  @Test func `name no other rep to those who may not see names`() async throws {
    let web = try WebHarness()
    for role in ["marketing", "sales.rep-03", "admin"] {
      let page = try await web.ask("/records?number=reached:sql", as: role).text
      #expect(!page.replacing("rep-03", with: "").contains("rep-0"), "\(role)")
      let file = try await web.ask("/records.csv?number=reached:sql", as: role).text
      #expect(file.contains("rep-03") == role.hasSuffix("rep-03"))
      #expect(!file.replacing("rep-03", with: "").contains("rep-0"), "\(role)")
    }
  }

  @Test func `are noted without the name of a rep`() async throws {
    let web = try WebHarness()
    let number = "won:owner:rep-03"
    #expect(try await web.ask("/scorecards/records.csv?number=\(number)").status == 200)
    let events = try web.office.signIn.accounts.events(AuditFilter(acts: [.exported]))
    let detail = try #require(events.first?.detail)
    #expect(detail.contains("won:owner"))
    #expect(!detail.contains("rep-03"))
  }

  @Test func `of leads left out do not call them judged`() async throws {
    let web = try WebHarness()
    let verdict = PageText(text: try await web.ask("/").text)
    let link = try #require(verdict.links("/records?unit=left_out").first)
    let page = try await web.ask(link.address).text
    #expect(page.contains("Handed to sales and not judged."))
    #expect(!page.contains("old enough to judge; won"))
  }
}
