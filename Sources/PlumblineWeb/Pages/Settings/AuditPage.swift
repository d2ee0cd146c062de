import Hummingbird
import HummingbirdCore
import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// Who did what, newest first.
enum AuditPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let query = visit.query
    let chosen = query["act"].flatMap { AuditEvent.Act(rawValue: $0) }
    let events = try visit.office.signIn.accounts.events(
      AuditFilter(
        acts: Set([chosen].compactMap { $0 }),
        before: query["before"].flatMap { Int64($0) }
      )
    )
    var table = MarkupTable(
      "audit-table",
      caption: "The audit log, newest first; times are UTC",
      [
        .text("When"), .text("Who"), .text("What"), .text("Record"), .text("In detail"),
        .text("From"), .text("Request"),
      ]
    )
    for event in events {
      table.add([
        Format.instant(event.context.at, .utc), event.context.accountName ?? "nobody",
        event.act.rawValue.replacing("_", with: " "), event.subject ?? "",
        event.detail ?? "", event.context.address ?? "", event.context.requestID ?? "",
      ])
    }
    let acts =
      [(value: "", title: "everything")]
      + AuditEvent.Act.allCases.map {
        (value: $0.rawValue, title: $0.rawValue.replacing("_", with: " "))
      }
    let older = events.last.map { last in
      Markup.element(
        "p",
        [:],
        [
          .element(
            "a",
            ["href": "/settings/audit?act=\(chosen?.rawValue ?? "")&before=\(last.id)"],
            "Earlier"
          )
        ]
      )
    }
    return try await visit.page(
      PageContent(
        title: "Audit log",
        place: .settings,
        content: Markup.element(
          "div",
          [:],
          [
            .lines([
              .element("h1", [:], "Audit log"),
              .element(
                "form",
                ["class": "row", "method": "get", "action": "/settings/audit"],
                [
                  FormField.choice("What", "act", acts, chosen: chosen?.rawValue ?? ""),
                  .element("button", [:], "Show"),
                ]
              ),
              events.isEmpty ? .element("p", [:], "Nothing of the kind was done.") : table.markup,
              events.count == AuditFilter().limit ? older ?? .none : .none,
            ])
          ]
        ).source
      )
    )
  }
}
