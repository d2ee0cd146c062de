import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineStorage

/// `plumbline alerts release`.
struct AlertsReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Let an alert that is unknown or failed be sent by the next run."
  )

  @OptionGroup var workspace: WorkspaceOption

  @Argument(help: "The alert's number, as plumbline alerts list shows it.")
  var number: Int

  func run() throws {
    let place = workspace.value
    let unknown = InputError(
      code: "alerts.unknown-number",
      "there is no alert \(number).",
      remedy: "See their numbers with plumbline alerts list\(place.option)."
    )
    guard FileManager.default.fileExists(atPath: place.alertLogPath) else { throw unknown }
    // No run may be sending it at this moment.
    let lock = try AlertRunLock(besideLog: place.alertLogPath)
    defer { withExtendedLifetime(lock) {} }
    let log = try SQLiteAlertLog(path: place.alertLogPath)
    let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
    // A claim that a stopped run left open is unknown as well.
    _ = try log.closeAbandoned(except: "", at: now)
    guard let record = try log.release(number, at: now) else { throw unknown }
    switch record.state {
    case .unknown, .failed:
      print("Alert \(number) is sent by the next run, if its promise is still open.")
    case .released: print("Alert \(number) is already released.")
    case .claimed, .delivered:
      throw InputError(
        code: "alerts.not-releasable",
        "alert \(number) is \(record.state.rawValue), not unknown or failed.",
        remedy: "An alert that was delivered is not sent again."
      )
    }
  }
}
