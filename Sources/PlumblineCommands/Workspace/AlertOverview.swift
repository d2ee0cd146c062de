import Foundation
public import PlumblineCore
public import PlumblineDelivery

/// Who is told of what, and what became of it, without addresses, secrets and names of sales.
public struct AlertOverview: Sendable {
  /// Somebody, or something, that is told.
  public struct Destination: Sendable {
    /// Who it is and what it is told of, as the settings say.
    public let settings: AlertDestination
    /// When an alert was last tried for it; nil when none was.
    public let lastTried: Instant?
    /// When one was last delivered.
    public let lastDelivered: Instant?
    /// When one last was not delivered, or nobody knows, and why.
    public let lastFailure: (at: Instant, reason: String)?
  }

  /// The destinations, in the order of the settings.
  public let destinations: [Destination]
  /// Whether people are told in working time alone.
  public let waitsForWorkingTime: Bool

  init(_ settings: AlertSettings, _ records: [AlertRecord]) {
    waitsForWorkingTime = settings.waitsForWorkingTime
    let told = Dictionary(grouping: records, by: \.id.destination)
    destinations = settings.destinations.map { destination in
      let records = told[destination.name] ?? []
      let failure = records.filter { [.failed, .unknown].contains($0.state) }
        .max { Self.end($0) < Self.end($1) }
      return Destination(
        settings: destination,
        lastTried: records.map(\.claimedAt).max(),
        lastDelivered: records.filter { $0.state == .delivered }.map(Self.end).max(),
        lastFailure: failure.map { (Self.end($0), $0.reason ?? "nobody knows why") }
      )
    }
  }

  private static func end(_ record: AlertRecord) -> Instant { record.settledAt ?? record.claimedAt }
}

extension Workspace {
  /// Who is told of what, and what became of it; nil where nobody is told.
  ///
  /// - Throws: `InputError` with every fault of the settings, or when the log is damaged.
  public func alertOverview() throws -> AlertOverview? {
    guard FileManager.default.fileExists(atPath: alertSettingsPath) else {
      try Self.requireAbsence(alertSettingsPath)
      return nil
    }
    return AlertOverview(try alertSettings(), try alertRecords())
  }
}
