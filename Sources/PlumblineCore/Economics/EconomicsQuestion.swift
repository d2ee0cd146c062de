/// What is asked about costs.
public struct EconomicsQuestion: Hashable, Sendable {
  /// Which wins stand over which spend.
  public enum View: String, Sendable, Codable {
    /// The spend of some days over the wins that the leads of those days will bring.
    case cohort
    /// The spend of some days over the wins closed in those days, whoever's leads they were.
    case cash
  }

  /// A line each: by `channel` or `campaign`.
  public var dimension: FunnelDimension
  /// Conditions on channel or campaign.
  public var filters: [DimensionFilter]
  /// The first day; the first with spend when nil.
  public var firstDay: CivilDate?
  /// The last day; the last with spend when nil.
  public var lastDay: CivilDate?
  /// How stages are counted; as agreed when nil.
  public var skips: SkipRule?
  /// Which wins stand over which spend.
  public var view: View
  /// A line of what ad reports claim each: by `channel` or `campaign`.
  public var claimsBy: FunnelDimension

  /// A question.
  public init(
    by dimension: FunnelDimension = .channel,
    filters: [DimensionFilter] = [],
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil,
    skips: SkipRule? = nil,
    view: View = .cohort,
    claimsBy: FunnelDimension = .campaign
  ) {
    self.dimension = dimension
    self.filters = filters
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.skips = skips
    self.view = view
    self.claimsBy = claimsBy
  }

  /// Why the question cannot be answered, if it cannot: spend is known by channel, campaign and
  /// day only.
  public var fault: Diagnostic? {
    let known: Set<FunnelDimension> = [.channel, .campaign]
    let asked = [dimension, claimsBy] + filters.map(\.dimension)
    guard let unknown = asked.first(where: { !known.contains($0) }) else { return nil }
    let article = unknown == .owner || unknown == .attempt ? "an" : "a"
    return Diagnostic(
      .error,
      code: "economics.unknown-spend",
      "what \(article) \(unknown.rawValue) costs is not known.",
      remedy: "Spend is on record by channel, campaign and day: ask --by channel or campaign, "
        + "--where channel=… or campaign=…, and for days --from and --to."
    )
  }
}
