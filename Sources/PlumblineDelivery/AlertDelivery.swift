public import PlumblineCore

/// Tells each destination of each step once.
///
/// Each alert is claimed in the log, sent, and settled. Whatever stops the program leaves at most
/// the alerts of one message unsettled; those are reported as unknown and not sent again.
public struct AlertDelivery {
  /// The wait after a first failure, in seconds; it doubles with each further one.
  static let firstBackOff: Int64 = 300
  /// The longest wait by itself: six hours.
  static let longestBackOff: Int64 = 21_600
  /// The longest wait that another side may ask for: a day.
  static let longestAskedWait: Int64 = 86_400

  private let settings: AlertSettings
  private let log: any AlertLog
  private let writer: any AlertWriter
  private let carrier: (AlertDestination) throws(InputError) -> any AlertCarrier

  /// A deliverer.
  ///
  /// - Parameters:
  ///   - settings: Who is told of what.
  ///   - log: What remembers who was told.
  ///   - writer: What puts alerts into words.
  ///   - carrier: What takes messages to a destination; throws when it cannot be used, such as for
  ///     want of a secret.
  public init(
    settings: AlertSettings,
    log: any AlertLog,
    writer: any AlertWriter,
    carrier: @escaping (AlertDestination) throws(InputError) -> any AlertCarrier
  ) {
    self.settings = settings
    self.log = log
    self.writer = writer
    self.carrier = carrier
  }

  /// What `run` would send now; nothing is sent and nothing noted.
  ///
  /// - Parameters:
  ///   - steps: The steps of all open promises.
  ///   - now: The present.
  ///   - clock: When people work.
  /// - Returns: What would go out, and what would not.
  /// - Throws: What the log throws.
  public func rehearse(
    _ steps: [SLAStep],
    at now: Instant,
    clock: BusinessClock
  ) throws -> AlertReport {
    let plan = AlertPlan(
      steps,
      settings: settings,
      records: try log.records(),
      now: now,
      clock: clock,
      most: mostSteps
    )
    var report = AlertReport(asOf: now, isRehearsal: true)
    take(plan, into: &report)
    report.messages = plan.parcels.map {
      AlertReport.Message(destination: $0.destination.name, steps: $0.steps, outcome: nil)
    }
    return report
  }

  /// Sends what is to be told.
  ///
  /// - Parameters:
  ///   - steps: The steps of all open promises.
  ///   - now: The present.
  ///   - clock: When people work.
  ///   - run: A name that no other run has: letters, digits and hyphens.
  /// - Returns: What became of every step.
  /// - Throws: What the log throws; what was sent until then is in the log.
  public func run(
    _ steps: [SLAStep],
    at now: Instant,
    clock: BusinessClock,
    run: String
  ) throws -> AlertReport {
    var report = AlertReport(asOf: now, isRehearsal: false)
    report.abandoned = try log.closeAbandoned(except: run, at: now)
    let records = try log.records()
    let plan = AlertPlan(
      steps,
      settings: settings,
      records: records,
      now: now,
      clock: clock,
      most: mostSteps
    )
    take(plan, into: &report)
    let attempts = Dictionary(records.map { ($0.id, $0.attempts) }) { _, last in last }
    var stopped: AlertPlan.Parcel?
    for (index, parcel) in plan.parcels.enumerated() {
      // Who did not take the message before, such as for being told too much at once, gets no more.
      if let stopped, parcel.isBeside(stopped) {
        hold(parcel.steps, of: parcel, .nextRun, in: &report)
        continue
      }
      let carrier: any AlertCarrier
      do throws(InputError) {
        carrier = try self.carrier(parcel.destination)
      } catch {
        // Nothing was claimed, so the next run begins anew, without waiting.
        let isNews = !report.held.contains {
          $0.destination == parcel.destination.name && $0.reason == .unusable
        }
        if isNews { report.problems += error.diagnostics }
        hold(parcel.steps, of: parcel, .unusable, in: &report)
        continue
      }
      let claimed = try log.claim(parcel.steps, for: parcel.destination.name, run: run, at: now)
      let keys = Set(claimed.map(\.key))
      // Somebody else claimed the others since the log was read.
      hold(parcel.steps.filter { !keys.contains($0.key) }, of: parcel, .inProgress, in: &report)
      guard !claimed.isEmpty else { continue }
      let digest = AlertDigest(
        destination: parcel.destination.name,
        steps: claimed,
        asOf: now,
        following: parcel.following
      )
      let result = carry(digest, parcel, by: carrier, messageID: "\(run).\(index)")
      if result != .taken { stopped = parcel }
      try settle(digest, result, failures: attempts, run: run, in: &report)
    }
    return report
  }

  /// How many steps one message to a destination lists, so that what is told has been named.
  private func mostSteps(_ destination: AlertDestination) -> Int {
    switch destination.way {
    case .terminal, .json: .max
    case .webhook: writer.mostInChat
    case .mail: writer.mostInMail
    }
  }

  /// Notes what became of a digest, step by step: each waits for its own number of failures.
  private func settle(
    _ digest: AlertDigest,
    _ result: CarryResult,
    failures: [AlertID: Int],
    run: String,
    in report: inout AlertReport
  ) throws {
    var outcomes: [AlertOutcome] = []
    var steps: [AlertOutcome: [SLAStep]] = [:]
    for step in digest.steps {
      let before = failures[AlertID(destination: digest.destination, key: step.key)] ?? 0
      let outcome = Self.outcome(result, failuresBefore: before, digest.asOf)
      if steps[outcome] == nil { outcomes.append(outcome) }
      steps[outcome, default: []].append(step)
    }
    for outcome in outcomes {
      let settled = steps[outcome] ?? []
      let ids = settled.map { AlertID(destination: digest.destination, key: $0.key) }
      try log.settle(ids, as: outcome, run: run, at: digest.asOf)
      report.messages.append(
        AlertReport.Message(destination: digest.destination, steps: settled, outcome: outcome)
      )
    }
  }

  private func take(_ plan: AlertPlan, into report: inout AlertReport) {
    report.stepCount = plan.stepCount
    report.held = plan.held
    report.unwanted = plan.unwanted
  }

  private func hold(
    _ steps: [SLAStep],
    of parcel: AlertPlan.Parcel,
    _ reason: AlertReport.Held,
    in report: inout AlertReport
  ) {
    report.held += steps.map {
      AlertReport.HeldStep(destination: parcel.destination.name, step: $0, reason: reason)
    }
  }

  /// Puts a digest into words and has it carried.
  private func carry(
    _ digest: AlertDigest,
    _ parcel: AlertPlan.Parcel,
    by carrier: any AlertCarrier,
    messageID: String
  ) -> CarryResult {
    do {
      switch parcel.destination.way {
      case .terminal: return carrier.carry(Array(try writer.text(digest).utf8), to: [])
      case .json: return carrier.carry(Array(try writer.jsonLines(digest).utf8), to: [])
      case .webhook: return carrier.carry(Array(try writer.webhookBody(digest).utf8), to: [])
      case .mail(let mail):
        // The id's right side is the sender's domain, which is the sender's to name things in.
        let domain = mail.from.address.split(separator: "@").last ?? "localhost"
        let message = try writer.mail(
          digest,
          from: mail.from,
          to: parcel.recipients,
          messageID: "plumbline.\(messageID)@\(domain)"
        )
        return carrier.carry(message, to: parcel.recipients)
      }
    } catch {
      return .refused(reason: "the message could not be written", retryAfter: nil)
    }
  }

  /// What the log notes: a failure with the instant of the next attempt.
  static func outcome(
    _ result: CarryResult,
    failuresBefore failures: Int,
    _ now: Instant
  ) -> AlertOutcome {
    switch result {
    case .taken: return .delivered
    case .uncertain(let reason): return .unknown(reason: reason)
    case .refused(let reason, let asked):
      let doubled = firstBackOff << Int64(min(max(failures, 0), 10))
      let wait = max(
        min(doubled, longestBackOff),
        min(max(asked ?? 0, 0), longestAskedWait)
      )
      return .failed(retryAt: now.advanced(bySeconds: wait), reason: reason)
    }
  }
}
