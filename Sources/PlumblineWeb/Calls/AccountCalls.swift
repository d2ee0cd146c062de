import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// Who may sign in and who did what, for those who look after the accounts.
enum AccountCalls {
  static let all: [Call] = [
    Call(
      name: "accounts",
      method: .get,
      path: "/api/accounts",
      access: .admins,
      summary: "Everybody who may sign in.",
      parameters: { [] },
      kind: "accounts"
    ) { visit in
      try visit.known(AccountsJSON(try visit.office.signIn.accounts.accounts()).text())
    },
    Call(
      name: "audit-log",
      method: .get,
      path: "/api/audit",
      access: .admins,
      summary: "Who did what, the newest first.",
      parameters: {
        [
          CallParameter(
            name: "act",
            help: "Only what was done so.",
            kind: .asked(.choice(AuditEvent.Act.allCases.map(\.rawValue)))
          ),
          CallParameter(
            name: "before",
            help: "Only lines whose id is lower, as next has it.",
            kind: .count(1...Int(Int32.max))
          ),
          CallParameter(
            name: "limit",
            help: "At most so many are given; \(ListWindow.usual) unless told.",
            kind: .count(1...AuditFilter.largestPage)
          ),
        ]
      },
      kind: "audit_log"
    ) { visit in
      let query = visit.query
      let limit = query["limit"].flatMap { Int($0) } ?? ListWindow.usual
      let events = try visit.office.signIn.accounts.events(
        AuditFilter(
          acts: Set([query["act"].flatMap { AuditEvent.Act(rawValue: $0) }].compactMap { $0 }),
          before: query["before"].flatMap { Int64($0) },
          limit: limit
        )
      )
      let rest = query.fields.filter { $0.name != "before" }
      let next = events.count < limit ? nil : events.last.map { "\($0.id)" }
      return try visit.known(
        AuditLogJSON(
          events,
          next: next.map {
            Address.of("/api/audit", rest + [FormFields.Field(name: "before", value: $0)])
          }
        ).text()
      )
    },
  ]
}
