public import PlumblineStatistics

/// How the share that has converted grows with age over one stretch of the path, by channel.
public struct IncidenceAnswer: Sendable {
  /// One channel's curve.
  public struct Curve: Sendable {
    /// The channel; empty for all together.
    public var channel: String
    /// The curve.
    public var incidence: CumulativeIncidence
    /// The rate within the horizon.
    public var atHorizon: IncidenceEstimate
    /// The band that holds the whole curve; nil where nobody converts.
    public var band: IncidenceBand?
    /// Whether the rate within the horizon stands: supported, or nearly all outcomes known.
    public var stands: Bool {
      atHorizon.isSupported || (atHorizon.maturity ?? 0) >= RowBuilder.settledShare
    }
  }

  /// The stage entered and the one waited for.
  public var pair: StagePair
  /// The days within which the stretch is judged.
  public var horizon: StretchHorizon
  /// All channels together.
  public var total: Curve
  /// One curve a channel, by name.
  public var channels: [Curve]
}

extension FunnelBuilder {
  /// The curves of one stretch, by channel.
  ///
  /// - Parameters:
  ///   - pair: The stage entered and the one waited for.
  ///   - question: The episodes looked at; its dimensions and stretches do not matter.
  /// - Returns: The curves, each with its rate within the horizon and its band.
  /// - Throws: What the source throws.
  public func incidence(
    of pair: StagePair,
    _ question: FunnelQuestion
  ) throws -> IncidenceAnswer {
    var asked = question
    asked.by = [.channel]
    asked.pairs = [pair]
    let cells = try source.cells(for: asked)
    let horizon = try horizon(of: pair, rule: question.rule)
    func curve(_ channel: String, _ lags: LagCounts) -> IncidenceAnswer.Curve {
      let incidence = CumulativeIncidence(lags)
      return IncidenceAnswer.Curve(
        channel: channel,
        incidence: incidence,
        atHorizon: incidence.estimate(withinDays: horizon.days),
        band: incidence.band(over: 0...max(0, incidence.points.count - 1))
      )
    }
    let groups = zip(cells.keys, cells.cells).filter { $0.0[0] != FunnelDimension.none }
    return IncidenceAnswer(
      pair: pair,
      horizon: horizon,
      total: curve("", cells.total?.pairs[0].lags ?? LagCounts()),
      channels: groups.map { curve($0[0], $1.pairs[0].lags) }
    )
  }
}
