import ArgumentParser
import HTTPTypes
import Hummingbird
import NIOCore
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// Who gets a second chance this week, and what people decide about it.
enum ReboundPages {
  /// Who may decide, and take lists out.
  static let roles: Set<AccountRole> = [.leadership, .marketing, .sales]

  static func answer(_ visit: Visit) async throws -> Response {
    let (reader, folder) = (visit.reader, visit.office.desk.workspace.name)
    let canDecide = roles.contains(try visit.person.role)
    let asked = visit.query["list"]
    let first = visit.query["from"].flatMap { Int($0) } ?? 0
    // Lists and decisions are not among the facts.
    let moment = try await visit.moment(of: .to(ReboundCommand.self))
    return try await visit.page(
      "Rebound",
      .rebound,
      notices: notices(visit),
      hangingOn: moment
    ) {
      let page = try page(folder, reader)
      let sections = page.lists.enumerated().map { position, list in
        let start = list == asked ? first : 0
        return page.section(
          list,
          at: position,
          from: start,
          with: ReboundForms.list(list, page, from: start, canDecide: canDecide)
        ) { entry in
          canDecide ? ReboundForms.decision(on: entry) : .none
        }
      }
      return .lines(
        [page.header] + sections + [
          ReboundForms.forgotten(canExport: canDecide), page.others,
          page.footer(generatedBy: "plumbline \(Release.number)"),
        ]
      )
    }
  }

  /// Keeps a decision, and goes back.
  static func decide(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    let count = try await keep(form, visit)
    let done =
      switch form["verdict"] {
      case "decline": "declined"
      case "snooze": "snoozed"
      default: count > 0 ? "accepted" : "known"
      }
    return visit.seeOther("/rebound?list=\(LeadAddress.part(form["list"] ?? ""))&done=\(done)")
  }

  /// Keeps a decision, and notes it in the audit log.
  ///
  /// - Parameters:
  ///   - form: What was decided: `verdict`, `list`, `lead`, `until` and `reason`.
  ///   - visit: Who decides.
  /// - Returns: How many decisions are new; 0 where whom one accepts was on the list already.
  /// - Throws: `InputError` when it is not said what was decided, or the lead is not due.
  static func keep(_ form: FormFields, _ visit: Visit) async throws -> Int {
    let (lead, list) = (form["lead"] ?? "", form["list"] ?? "")
    let (folder, office) = (visit.office.desk.workspace.name, visit.office)
    let context = try visit.auditContext
    let decision = try ReboundForms.verdict(form)
    switch decision {
    case .accepted:
      return try await office.desk.change {
        let question = try ReboundCommand.parse(["--workspace=\(folder)"])
        let count = try question.accept(lead.isEmpty ? nil : lead, for: list)
        // Of two who accept at the same time one did.
        guard count > 0 else { return count }
        if lead.isEmpty {
          try office.signIn.accounts.note(.reboundAccepted, subject: nil, in: context)
        } else {
          try office.signIn.accounts.decide(.accepted, lead: lead, list: list, in: context)
        }
        return count
      }.value
    case .snoozed, .declined:
      _ = try await office.desk.change {
        let question = try ReboundCommand.parse(["--workspace=\(folder)"])
        try question.check(lead, for: list)
        try office.signIn.accounts.decide(decision, lead: lead, list: list, in: context)
      }
      return 1
    }
  }

  /// A list of this week as CSV.
  static func export(_ visit: Visit) async throws -> Response {
    let (reader, folder) = (visit.reader, visit.office.desk.workspace.name)
    let list = visit.query["list"]
    let file = try await visit.office.desk.ask(for: visit.person) {
      () -> (name: String, text: String)? in
      let page = try page(folder, reader)
      guard let list else { return (page.fileName(of: "forgotten leads"), page.forgottenCSV) }
      return page.csv(of: list).map { (page.fileName(of: list), $0) }
    }.answer
    guard let file else { throw HTTPError(.notFound) }
    try visit.note(.exported, file.name)
    let name = String(
      file.name.unicodeScalars.map { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || "0123456789-._".unicodeScalars.contains(scalar))
          ? Character(scalar) : "-"
      }
    )
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
        .contentDisposition: "attachment; filename=\"\(name)\"",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(string: file.text))
    )
  }

  private static func page(_ folder: String, _ reader: Reader) throws -> ReboundPage {
    let question = try ReboundCommand.parse(["--workspace=\(folder)", "--as=\(reader.rawValue)"])
    let answer = try question.answer()
    return ReboundPage(
      answer.rebound,
      of: answer.history,
      after: answer.record,
      leadAddress: { LeadAddress.page(of: $0) },
      links: RecordLinks { [agreement = answer.history.agreement] number in
        guard case .rebound(let number) = number else { return nil }
        return NumberList.rebound.address(of: number.text(agreement))
      }
    )
  }

  private static func notices(_ visit: Visit) -> [String] {
    switch visit.query["done"] {
    case "accepted": ["Accepted: on the list of this week from now on."]
    case "declined": ["Declined: left alone until it leaves the path again."]
    case "known": ["Nothing was added: whom you accepted was on the list already."]
    case "snoozed": ["Put off: shown again from the day that you chose."]
    default: []
    }
  }
}
