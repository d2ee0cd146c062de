import PlumblineCommands
import PlumblineCore
import PlumblineDelivery
import PlumblineReporting

/// Who is told of promises that are due or missed, for those who look after the installation.
enum AlertSection {
  /// The section; faults of the settings stand in it, so that the rest of the page is there.
  static func markup(_ visit: Visit) async throws -> Markup {
    let workspace = visit.office.desk.workspace
    let content: [Markup]
    do {
      let overview = try await visit.office.desk.glance { try workspace.alertOverview() }
      content =
        overview.map(inside) ?? [.element("p", [:], "Nobody is told: there is no alerts.yaml.")]
    } catch let error as InputError {
      content = error.diagnostics.map(FaultNote.markup)
    }
    return SettingsPage.section("alerts", "Alerts", content + [change])
  }

  private static let change = Markup.element(
    "p",
    ["class": "note"],
    "Whoever runs the server changes it: in the file alerts.yaml of the workspace. “plumbline alerts "
      + "run” tells those who are to be told, “plumbline alerts list” lists every alert."
  )

  private static func inside(_ overview: AlertOverview) -> [Markup] {
    var table = MarkupTable(
      "alerts-table",
      caption: "Who is told; times are UTC",
      [
        .text("Destination"), .text("How"), .text("Of what"), .text("Last tried"),
        .text("Last delivered"), .text("Last not delivered"),
      ]
    )
    for destination in overview.destinations {
      let failure = destination.lastFailure.map { "\(time($0.at)): \($0.reason)" }
      table.add([
        destination.settings.name, way(destination.settings.way), rules(destination.settings),
        destination.lastTried.map(time) ?? "never", destination.lastDelivered.map(time) ?? "never",
        failure ?? "never",
      ])
    }
    return [
      table.markup,
      overview.waitsForWorkingTime
        ? .element("p", [:], "Mail and webhooks wait for working time.") : .none,
    ]
  }

  /// How, without where: an address may be a secret.
  private static func way(_ way: AlertDestination.Way) -> String {
    switch way {
    case .terminal: "on the terminal"
    case .json: "as lines of JSON"
    case .webhook: "by a webhook"
    case .mail: "by mail"
    }
  }

  private static func rules(_ destination: AlertDestination) -> String {
    let steps = SLAStep.Step.allCases.filter(destination.steps.contains).map { words($0.rawValue) }
    let promises = SLAStep.Promise.allCases.filter(destination.promises.contains)
      .map { words($0.rawValue) }
    let whose = destination.owners == nil ? "" : "; only the leads of some owners"
    return "\(steps.joined(separator: ", ")) of \(promises.joined(separator: ", "))\(whose)"
  }

  private static func words(_ word: String) -> String { word.replacing("_", with: " ") }

  private static func time(_ instant: Instant) -> String { Format.instant(instant, .utc) }
}
