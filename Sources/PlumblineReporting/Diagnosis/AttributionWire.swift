import PlumblineCore
import PlumblineStatistics

/// Win rates of a channel or rep under other circumstances, in JSON.
struct StandardizedWire: Codable, Hashable, Sendable {
  let dimension: FunnelDimension
  let unit: String
  let leads: Int
  @OrNull var asWorked: Double?
  @OrNull var averagePartner: Double?
  @OrNull var allFollowedUp: Double?
  @OrNull var followedUpOnTarget: Double?

  init(_ dimension: FunnelDimension, _ rates: StandardizedWinRates) {
    self.dimension = dimension
    unit = rates.unit
    leads = rates.leads
    _asWorked = OrNull(wrappedValue: Rounded.share(rates.asWorked))
    _averagePartner = OrNull(wrappedValue: Rounded.share(rates.averagePartner))
    _allFollowedUp = OrNull(wrappedValue: Rounded.share(rates.allFollowedUp))
    _followedUpOnTarget = OrNull(wrappedValue: Rounded.share(rates.followedUpOnTarget))
  }
}

/// What a channel's gap is made of, in JSON.
struct ChannelGapWire: Codable, Hashable, Sendable {
  struct Part: Codable, Hashable, Sendable {
    let factor: ChannelGap.Factor
    @OrNull var value: Double?
    @OrNull var lower90: Double?
    @OrNull var upper90: Double?
  }

  let channel: String
  @OrNull var rate: Double?
  @OrNull var reference: Double?
  @OrNull var gap: Double?
  @OrNull var lower90: Double?
  @OrNull var upper90: Double?
  let parts: [Part]
  let draws: Int
  let seed: UInt64

  init(_ gap: ChannelGap) {
    func wire(_ value: Double) -> OrNull<Double> { OrNull(wrappedValue: Rounded.share(value)) }
    channel = gap.channel
    _rate = wire(gap.rate)
    _reference = wire(gap.reference)
    self._gap = wire(gap.gap)
    _lower90 = wire(gap.gapInterval90.lower)
    _upper90 = wire(gap.gapInterval90.upper)
    parts = gap.parts.map {
      Part(
        factor: $0.factor,
        value: Rounded.share($0.value),
        lower90: Rounded.share($0.interval90.lower),
        upper90: Rounded.share($0.interval90.upper)
      )
    }
    draws = gap.draws
    seed = gap.seed
  }
}
