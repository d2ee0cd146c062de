import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Whether the workspace is whole, as `plumbline doctor` finds it.
enum CheckPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let desk = visit.office.desk
    let calendar = try await DataPage.calendar(of: desk.workspace, desk)
    var parts = [
      Markup.element("p", ["class": "eyebrow"], [.element("a", ["href": "/data"], "Data")])
    ]
    if let check = visit.office.imports.check {
      let isFine = check.parts.allSatisfy { $0.findings.allSatisfy { $0.severity == .note } }
      parts.append(
        .element("h1", [:], isFine ? "The workspace is whole." : "Something is wrong.")
      )
      parts.append(
        .element("p", ["class": "scope"], "Checked \(Format.instant(check.at, calendar)).")
      )
      parts += check.parts.map { part in
        .element(
          "section",
          [:],
          [.element("h2", [:], part.name)]
            + (part.findings.isEmpty
              ? [.element("p", [:], "Fine.")] : part.findings.map(FaultNote.markup))
        )
      }
    } else {
      parts.append(.element("h1", [:], "The workspace has not been checked yet"))
    }
    parts.append(
      .element(
        "form",
        ["method": "post", "action": "/data/check"],
        [
          Forms.token,
          .element(
            "p",
            [:],
            "Reads every fact and compares its checksum, then compares what is kept beside the "
              + "facts with them. It may take a minute."
          ), .element("button", [:], "Check now"),
        ]
      )
    )
    return try await visit.page(
      PageContent(
        title: "Check",
        place: .data,
        content: DataPage.inside(parts)
      )
    )
  }

  /// Checks, then shows what was found.
  static func check(_ visit: Visit) async throws -> Response {
    let office = visit.office
    let workspace = office.desk.workspace
    do {
      let report = try await office.desk.change { try workspace.examined() }.value
      office.imports.check = ImportJobs.Check(
        at: office.now(),
        parts: report.parts.map { part in
          let title = part.name.prefix(1).uppercased() + part.name.dropFirst()
          return (title, part.findings)
        }
      )
    } catch let error as InputError {
      office.imports.check = ImportJobs.Check(
        at: office.now(),
        parts: [("Workspace", error.diagnostics)]
      )
    }
    return visit.seeOther("/data/check")
  }
}
