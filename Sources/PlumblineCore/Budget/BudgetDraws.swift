import PlumblineStatistics

/// What is not known of each channel, drawn many times from what the data allow.
struct BudgetDraws {
  /// One channel in one draw.
  struct Draw {
    let response: SpendResponse?
    let winRate: Double
    /// What a customer brings after commission; 1 where nothing says what one brings.
    let valueOfWin: Double

    func leads(spend: Double) -> Double { response?.leads(spend: spend) ?? 0 }
  }

  /// By draw, then by row.
  private(set) var draws: [[Draw]] = []

  /// Draws for the rows of an answer.
  ///
  /// Every channel has a stream of its own, so that one channel more changes no other's draws;
  /// the mean deal of everybody is drawn once for all channels.
  init(
    _ parts: [(evidence: SpendEvidence, worth: LeadWorth, deals: AmountSummary)],
    _ appraiser: LeadAppraiser,
    _ options: BudgetOptions
  ) {
    var root = SeededGenerator(seed: options.seed)
    var common = root.split()
    var streams = parts.map { _ in root.split() }
    let pooled = appraiser.pooledDeals
    let deviation = pooled.mean.map { $0 > 0 ? pooled.variance.squareRoot() / $0 : 0 } ?? 0
    for _ in 0..<options.draws {
      let commonShift = common.normal()
      draws.append(
        parts.indices.map { index in
          let (evidence, worth, deals) = parts[index]
          let response = evidence.draw(using: &streams[index])
          let size = Self.size(worth.winRate)
          let rate = streams[index].beta(
            alpha: max(worth.winRate.mean * size, 1e-6),
            beta: max((1 - worth.winRate.mean) * size, 1e-6)
          )
          let ownShift = streams[index].normal()
          let weight = appraiser.ownWeight(deals)
          var factor = 1.0
          if pooled.count > 0 {
            factor += (1 - weight) * deviation * commonShift / Double(pooled.count).squareRoot()
          }
          if deals.count > 0 {
            factor += weight * deviation * ownShift / Double(deals.count).squareRoot()
          }
          let value = worth.breakEven.map { ($0 - worth.commission) * max(factor, 0) }
          return Draw(response: response, winRate: rate, valueOfWin: value ?? 1)
        }
      )
    }
  }

  /// The trials of a beta distribution as wide as a shrunk rate's interval.
  private static func size(_ rate: ShrunkRate) -> Double {
    let deviation = rate.interval.width / (2 * StandardNormal.z95)
    guard deviation > 0 else { return 1e9 }
    return max(rate.mean * (1 - rate.mean) / (deviation * deviation) - 1, 1)
  }
}
