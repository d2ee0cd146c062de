import Foundation
import PlumblineCore
import PlumblineReporting

@testable import PlumblineDelivery

/// Steps, settings and clocks for tests.
enum AlertSamples {
  /// 2026-07-01T10:00:00Z, a Wednesday.
  static let now = Instant(seconds: 1_782_900_000)

  static func step(
    _ lead: String,
    _ step: SLAStep.Step = .breached,
    owner: String = "Ann Lee",
    promise: SLAStep.Promise = .firstTouch,
    late: Int64 = 3600,
    since: Int64? = nil
  ) -> SLAStep {
    SLAStep(
      lead: lead,
      owner: owner,
      promise: promise,
      step: step,
      due: now.advanced(bySeconds: -late),
      since: since.map { now.advanced(bySeconds: -$0) }
    )
  }

  static func destination(
    _ name: String = "file",
    path: String = "alerts.jsonl"
  )
    -> AlertDestination
  {
    AlertDestination(name: name, way: .json(path: path))
  }

  static func record(
    _ step: SLAStep,
    _ state: AlertRecord.State,
    destination: String = "file",
    retryAt: Instant? = nil
  ) -> AlertRecord {
    AlertRecord(
      number: 1,
      id: AlertID(destination: destination, key: step.key),
      lead: step.lead,
      promise: step.promise,
      step: step.step,
      state: state,
      attempts: 1,
      run: "before",
      claimedAt: now.advanced(bySeconds: -60),
      retryAt: retryAt
    )
  }

  static let clock = BusinessClock(.usual, calendar: .utc)

  static let agreement = Agreement(
    company: "Example",
    version: "3",
    hash: "0123456789abcdef"
  )

  static let writer = AlertMessages(under: agreement)
}
