import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineDelivery
import PlumblineReporting
import PlumblineStorage

/// `plumbline alerts`: who is told of promises that are near their deadline or missed.
struct Alerts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts",
    abstract: "Tell people of promises to leads that are due soon, missed or escalated, once each.",
    subcommands: [AlertsListCommand.self, AlertsReleaseCommand.self, AlertsRunCommand.self]
  )
}

extension Workspace {
  /// Who is told of what.
  var alertSettingsPath: String { path(of: "alerts.yaml") }
  /// What remembers who was told.
  var alertLogPath: String { path(of: "plumbline.alerts.sqlite") }

  /// The settings of alerts; warnings go to standard error.
  ///
  /// - Throws: `InputError` with every fault of the file, or when there is none.
  func alertSettings() throws -> AlertSettings {
    guard let bytes = FileManager.default.contents(atPath: alertSettingsPath) else {
      try Self.requireAbsence(alertSettingsPath)
      throw InputError(
        code: "alerts.no-settings",
        "\(alertSettingsPath) does not exist, so nobody can be told.",
        remedy: "Write one; Documentation/alerts.md shows a whole file to begin with."
      )
    }
    let (settings, findings) = AlertSettingsReader.read(Array(bytes), file: alertSettingsPath)
    guard let settings else { throw InputError(findings) }
    for finding in findings { Console.complain(finding.description) }
    return settings
  }

  /// What was told so far; nothing where there is no log yet.
  func alertRecords() throws -> [AlertRecord] {
    guard FileManager.default.fileExists(atPath: alertLogPath) else { return [] }
    return try SQLiteAlertLog(path: alertLogPath, isReadOnly: true).records()
  }
}
