/// What remembers who was told of what, so that nobody is told twice, also after a crash.
///
/// An alert is claimed before it is sent and settled afterwards. Whatever stops the program in
/// between leaves the claim open: that alert may or may not have arrived, so it is never sent again
/// by itself.
public protocol AlertLog: Sendable {
  /// All alerts of the log, by number.
  func records() throws -> [AlertRecord]

  /// Takes alerts for delivery, in one step that survives a crash once it returns.
  ///
  /// - Parameters:
  ///   - steps: What is to be told to the destination.
  ///   - destination: The destination's name.
  ///   - run: The name of this run.
  ///   - now: The present.
  /// - Returns: The steps that are this run's to send: new ones, released ones, and failed ones
  ///   whose time has come. Nobody else is given them until they are settled.
  /// - Throws: What the log throws; then nothing was claimed.
  func claim(
    _ steps: [SLAStep],
    for destination: String,
    run: String,
    at now: Instant
  ) throws -> [SLAStep]

  /// Notes what became of alerts that a run has claimed.
  ///
  /// - Parameters:
  ///   - alerts: The alerts.
  ///   - outcome: What became of them.
  ///   - run: The run that claimed them; alerts that another run holds are left alone.
  ///   - now: The present.
  /// - Throws: What the log throws; then the claims stay open.
  func settle(
    _ alerts: [AlertID],
    as outcome: AlertOutcome,
    run: String,
    at now: Instant
  ) throws

  /// Notes that claims which an earlier run left open are unknown.
  ///
  /// Only right while no other run is delivering.
  ///
  /// - Parameters:
  ///   - run: The present run, whose claims are left alone.
  ///   - now: The present.
  /// - Returns: How many there were.
  /// - Throws: What the log throws.
  func closeAbandoned(except run: String, at now: Instant) throws -> Int

  /// Allows an alert that is unknown or failed to be sent by the next run.
  ///
  /// - Parameters:
  ///   - number: The alert's number.
  ///   - now: The present.
  /// - Returns: The alert as it was before; nil when there is no alert of that number. Only an
  ///   unknown or a failed one has been changed.
  /// - Throws: What the log throws.
  func release(_ number: Int, at now: Instant) throws -> AlertRecord?
}
