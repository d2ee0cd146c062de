/// A quota to be reached by a day, to be turned back into leads a week.
public struct QuotaQuestion: Hashable, Sendable {
  /// By what an open lead's chance of being won in time is judged.
  public enum PipelineRule: String, Sendable, CaseIterable, Codable {
    /// By how old the lead is, all leads of an age alike.
    case age
    /// By the furthest stage that it has reached, and how long ago.
    case stage
  }

  /// A channel's share of the new leads.
  public struct ChannelShare: Hashable, Sendable {
    /// The channel, as answers call it.
    public var channel: String
    /// Its share, 0...1.
    public var share: Double

    /// A share.
    public init(channel: String, share: Double) {
      self.channel = channel
      self.share = share
    }
  }

  /// From which channels new leads are taken to come.
  public enum Mix: Hashable, Sendable {
    /// All leads alike, whatever the channel.
    case pooled
    /// As in the last weeks.
    case current
    /// As said; the shares add up to 1.
    case shares([ChannelShare])
  }

  /// The money to be won in the period, minor units of the agreement's currency.
  public var quota: Int64
  /// The last day on which wins count.
  public var deadline: CivilDate
  /// The first day on which wins count; it may lie ahead.
  public var since: CivilDate
  /// Conditions on the leads; what is booked and the open pipeline are theirs alone too.
  public var filters: [DimensionFilter]
  /// Rates are measured on leads that came in on this day or later; on all when nil.
  public var ratesSince: CivilDate?
  /// From which channels new leads come.
  public var mix: Mix
  /// The wanted chances, each strictly between 0 and 1.
  public var probabilities: [Double]
  /// By what open leads are judged.
  public var pipelineBy: PipelineRule
  /// The seed of what is drawn by chance.
  public var seed: UInt64
  /// Whether the leads behind the numbers are named; it takes time where they are many.
  public var namesLeads = false

  /// A question.
  ///
  /// - Parameters:
  ///   - quota: The money to be won in the period, minor units.
  ///   - deadline: The last day on which wins count.
  ///   - since: The first day on which wins count; the deadline's calendar quarter when nil.
  ///   - filters: Conditions on the leads.
  ///   - ratesSince: Rates are measured on leads since this day.
  ///   - mix: From which channels new leads come.
  ///   - probabilities: The wanted chances.
  ///   - pipelineBy: By what open leads are judged.
  ///   - seed: The seed of what is drawn by chance.
  public init(
    quota: Int64,
    deadline: CivilDate,
    since: CivilDate? = nil,
    filters: [DimensionFilter] = [],
    ratesSince: CivilDate? = nil,
    mix: Mix = .pooled,
    probabilities: [Double] = [0.5, 0.8, 0.95],
    pipelineBy: PipelineRule = .stage,
    seed: UInt64 = 1
  ) {
    self.quota = quota
    self.deadline = deadline
    self.since = since ?? GapPeriod.quarter(of: deadline).first
    self.filters = filters
    self.ratesSince = ratesSince
    self.mix = mix
    self.probabilities = probabilities
    self.pipelineBy = pipelineBy
    self.seed = seed
  }
}
