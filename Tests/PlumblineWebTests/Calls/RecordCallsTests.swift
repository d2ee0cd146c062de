import Foundation
import HTTPTypes
import PlumblineCommands
import PlumblineCore
import PlumblineStorage
import Testing

@testable import PlumblineWeb

/// Lists of records by stretches: the same as the files of the pages.
@Suite struct `Lists for programs` {
  private static let lists: [(call: String, file: String, id: String)] = [
    ("/api/records?number=open:sql", "/records.csv?number=open:sql", "lead_id"),
    ("/api/records?unit=channel/Meta/direct", "/records.csv?unit=channel/Meta/direct", "lead_id"),
    (
      "/api/scorecards/records?number=wins", "/scorecards/records.csv?number=wins", "deal_id"
    ),
    (
      "/api/plan/hires/records?input=close_rate", "/plan/hires/records.csv?input=close_rate",
      "lead_id"
    ), ("/api/plan/hires/records?input=deal", "/plan/hires/records.csv?input=deal", "lead_id"),
    ("/api/plan/hires/records?input=spend", "/plan/hires/records.csv?input=spend", "first_day"),
    ("/api/plan/records?number=wins", "/plan/records.csv?number=wins", "lead_id"),
    (
      "/api/plan/budget/records?number=deals", "/plan/budget/records.csv?number=deals", "lead_id"
    ),
    (
      "/api/records?number=spend&where=channel=Meta",
      "/records.csv?number=spend&where=channel%3DMeta", "first_day"
    ),
    ("/api/plan/leads?", "/plan/leads.csv", "lead_id"), ("/api/sla/open?", "/sla.csv", "lead"),
    (
      "/api/sla/leads?list=disposition:overdue", "/sla.csv?list=disposition%3Aoverdue", "lead_id"
    ),
  ]

  private func tree(_ web: WebHarness, _ path: String, as role: String) async throws -> JSONTree {
    let answer = try await web.ask(path, as: role)
    #expect(answer.status == 200, "\(path): \(answer.text.prefix(300))")
    return try JSONDecoder().decode(JSONTree.self, from: Data(answer.text.utf8))
  }

  /// The list that an answer holds a stretch of.
  private func list(_ tree: JSONTree) -> [JSONTree] {
    ["records", "leads", "promises"].flatMap { tree[$0].elements }
  }

  @Test(arguments: lists)
  func `say the same as their files, line by line`(
    call: String,
    file: String,
    id: String
  ) async throws {
    let web = try WebHarness()
    for role in ["leadership", "marketing"] {
      let lines = try await web.ask(file, as: role).text.split(separator: "\r\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      let head = try #require(lines.first)
      let size = min(max(1, lines.count / 3), 1000)
      var (next, rows): (String?, [JSONTree]) = ("\(call)&limit=\(size)", [])
      while let path = next {
        let tree = try await tree(web, path, as: role)
        #expect(tree["total"].integer == lines.count - 1)
        #expect(tree["offset"].integer == rows.count && tree["limit"].integer == size)
        #expect(list(tree).count <= size)
        rows += list(tree)
        next = tree["next"].text
      }
      #expect(rows.count == lines.count - 1)
      for (row, line) in zip(rows, lines.dropFirst()) {
        for (name, cell) in zip(head, line) {
          let key = name == "lead" ? "lead_id" : name
          guard case .object(let members) = row, let value = members[key] else { continue }
          let said = value.text ?? value.integer.map(String.init)
          if value.number == nil || value.integer != nil, name != "chance" {
            #expect(said ?? "" == cell, "\(name)")
          }
        }
      }
      let names = rows.compactMap { $0["owner"].text }
      #expect(names.allSatisfy { $0.hasPrefix(role == "leadership" ? "rep-" : "seller ") })
    }
  }

  @Test func `end where the list ends`() async throws {
    let web = try WebHarness()
    let path = "/api/records?number=open:sql&offset=1000000"
    let tree = try await tree(web, path, as: "leadership")
    #expect(tree["records"].elements.isEmpty && tree["next"] == .null)
    #expect(tree["total"].integer ?? 0 > 0)
  }

  @Test func `are for those who may take records out, and stand in the audit log`() async throws {
    let web = try WebHarness()
    func ask(_ scope: String) async throws -> Int {
      let headers: HTTPFields = [.authorization: "Bearer marketing:\(scope)"]
      return try await web.ask("/api/records?number=open:sql", as: nil, headers: headers).status
    }
    #expect(try await ask("read") == 403)
    #expect(try web.office.signIn.accounts.events(AuditFilter(acts: [.exported])).isEmpty)
    #expect(try await ask("export") == 200)
    #expect(try web.office.signIn.accounts.events(AuditFilter(acts: [.exported])).count == 1)
  }

  @Test func `of a week are those of its page`() async throws {
    let web = try WebHarness()
    let page = try await web.ask("/weekly/2026-05").text
    let found = page.firstMatch(of: /\/weekly\/2026-05\/leads\?list=([A-Za-z0-9_%.:-]+)/)
    let name = try #require(found).1
    let file = try await web.ask("/weekly/2026-05/leads.csv?list=\(name)").text
    let tree = try await tree(web, "/api/weekly/2026-05/leads?list=\(name)", as: "leadership")
    #expect(tree["total"].integer == file.split(separator: "\r\n").count - 1)
  }

  @Test func `of refused rows are whole for those who may take them out`() async throws {
    let web = try WebHarness()
    func refused(_ token: String) async throws -> Int {
      let headers: HTTPFields = [.authorization: "Bearer \(token)"]
      let answer = try await web.ask("/api/imports/1", as: nil, headers: headers)
      #expect(answer.status == 200)
      #expect(!answer.text.contains(web.office.desk.workspace.name))
      let tree = try JSONDecoder().decode(JSONTree.self, from: Data(answer.text.utf8))
      return tree["report"]["refused"].elements.count
    }
    let (some, all) = (
      try await refused("marketing:read"), try await refused("marketing:read,export")
    )
    #expect(some <= all)
    let noted = try web.office.signIn.accounts.events(AuditFilter(acts: [.exported]))
    #expect(noted.map(\.subject) == (all > 0 ? ["refused-rows-of-import-1"] : []))
  }

  @Test func `of what was done go back to the beginning`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    for _ in 1...5 { _ = try await own.web.ask("/records.csv?number=open:sql") }
    var (next, ids): (String?, [Int]) = ("/api/audit?limit=2&act=exported", [])
    while let path = next {
      let tree = try await tree(own.web, path, as: "admin")
      ids += tree["events"].elements.compactMap { $0["id"].integer }
      next = tree["next"].text
    }
    #expect(ids.count == 5 && ids == ids.sorted(by: >))
  }
}
