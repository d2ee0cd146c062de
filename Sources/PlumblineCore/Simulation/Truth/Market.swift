import PlumblineStatistics

extension PlantedCompany {
  /// Who brings and who works the leads of a simulated company.
  struct Market {
    let channelCount: Int
    let ownerCount: Int
    /// Shares of all leads.
    let channelShares: [Double]
    /// Shares of a channel's leads, by channel.
    let segmentShares: [[Double]]
    /// Shares of a channel's leads, by channel.
    let ownerShares: [[Double]]
    /// The channel and the owners that are bad if a fault concerns them.
    let markedChannel: Int
    let markedOwners: [Int]

    /// How alike the shares are: the shape of the gamma numbers they are made from.
    private static let channelEvenness = 5.0
    private static let segmentEvenness = 8.0
    private static let ownerEvenness = 12.0
    /// The smallest share of leads of a channel that may be bad.
    ///
    /// A fault in a smaller one costs less than what a party is answered yes for, so there would
    /// be no right answer to count. One of at most seven channels always has more.
    private static let smallestMarkedShare = 0.1

    init(
      _ channelCount: Int,
      _ ownerCount: Int,
      _ plan: CompanyPlan,
      using generator: inout SeededGenerator
    ) {
      self.channelCount = channelCount
      self.ownerCount = ownerCount
      func shares(_ count: Int, _ evenness: Double) -> [Double] {
        let parts = (0..<count).map { _ in generator.gamma(shape: evenness) }
        let total = parts.reduce(0, +)
        return parts.map { $0 / total }
      }
      channelShares = shares(channelCount, Self.channelEvenness)
      segmentShares = (0..<channelCount).map { _ in
        shares(PlantedCompany.segmentNames.count, Self.segmentEvenness)
      }
      let usual = shares(ownerCount, Self.ownerEvenness)
      let eligible = channelShares.map { $0 >= Self.smallestMarkedShare ? 1.0 : 0 }
      let markedChannel = generator.choice(weights: eligible)
      // A quarter of the owners, two at least.
      let markedOwners = Array(0..<ownerCount).shuffled(using: &generator)
        .prefix((ownerCount + 1) / 4).sorted()
      self.markedChannel = markedChannel
      self.markedOwners = markedOwners
      if plan.isNested {
        // Every channel has an owner, the others come to one by lot.
        let home = (0..<ownerCount).map {
          $0 < channelCount ? $0 : generator.integer(below: channelCount)
        }
        ownerShares = (0..<channelCount).map { channel in
          (0..<ownerCount).map { home[$0] == channel ? usual[$0] : 0 }
        }
      } else {
        ownerShares = (0..<channelCount).map { channel in
          channel == markedChannel
            ? Self.concentrated(usual, on: markedOwners, plan.confounding) : usual
        }
      }
    }

    /// Shares that give some owners a larger part together, and each the same part inside it.
    private static func concentrated(
      _ shares: [Double],
      on owners: [Int],
      _ confounding: Confounding
    ) -> [Double] {
      let before = owners.reduce(0) { $0 + shares[$1] }
      guard let after = confounding.ownersShare, after > before else { return shares }
      return shares.indices.map {
        shares[$0] * (owners.contains($0) ? after / before : (1 - after) / (1 - before))
      }
    }

    /// The half of the team that fails a channel when the team is split; the marked owners are
    /// among them.
    func lowerHalf(using generator: inout SeededGenerator) -> [Int] {
      let others = (0..<ownerCount).filter { !markedOwners.contains($0) }
      let more = others.shuffled(using: &generator).prefix(ownerCount / 2 - markedOwners.count)
      return markedOwners + more
    }
  }
}
