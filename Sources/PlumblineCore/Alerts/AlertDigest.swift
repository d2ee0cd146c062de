/// The steps that go out in one message.
public struct AlertDigest: Hashable, Sendable {
  /// The destination's name in the settings.
  public let destination: String
  /// The steps, the gravest first; at least one.
  public let steps: [SLAStep]
  /// The instant at which the steps were worked out.
  public let asOf: Instant
  /// How many steps follow for the same readers, in further messages or with the next run.
  public let following: Int

  /// The steps that go out in one message, put in order.
  public init(destination: String, steps: [SLAStep], asOf: Instant, following: Int = 0) {
    self.following = following
    self.destination = destination
    self.steps = steps.sorted()
    self.asOf = asOf
  }

  /// How many steps of a kind there are.
  public func count(_ step: SLAStep.Step) -> Int { steps.count { $0.step == step } }
}
