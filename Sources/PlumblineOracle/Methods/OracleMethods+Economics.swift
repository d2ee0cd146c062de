import PlumblineCore
import PlumblineStatistics

extension OracleMethods {
  static let economics: [String: Method] = [
    "economics": channelEconomics,
    "payback": customerPayback,
  ]

  private static func channelEconomics(_ input: OracleInput) throws -> JSONTree {
    let company = try input.part("company")
    let shared = try SharedAcquisitionCost(
      sales: company.number("sales_cost", default: 0),
      overhead: company.number("overhead", default: 0),
      touches: company.number("touches_total", default: 0)
    )
    let terms = try ValueTerms(
      monthsPerDealAmount: company.number("arpa_months", default: 12),
      grossMargin: company.number("margin", default: 1),
      monthlyChurn: company.number("churn", default: 0),
      monthlyDiscount: company.number("discount", default: 0),
      horizonInMonths: months(company, "ltv_months"),
      targetRatio: company.number("target_ratio", default: 3)
    )
    let channels = try input.parts("channels").map { channel in
      try ChannelEconomics(spend(channel), shared: shared, terms: terms)
    }
    let all = CombinedEconomics(channels)
    return [
      "channels": .list(channels.map(answer)),
      "cost": .number(all.cost),
      "wins": .number(all.wins),
      "cac": .optional(all.costPerWin),
    ]
  }

  /// Months that count, at most a thousand years; nil where the case names none.
  private static func months(_ input: OracleInput, _ name: String) throws -> Int? {
    input[name] == .null ? nil : try input.integer(name, in: 0...12_000, default: 0)
  }

  private static func spend(_ channel: OracleInput) throws -> ChannelSpend {
    try ChannelSpend(
      media: channel.number("media", default: 0),
      overheadShare: channel.number("overhead_share", default: 0),
      touches: channel.number("touches", default: 0),
      expectedTouches: channel.number("touches_expected", default: 0),
      wins: CompletedCount(
        counted: channel.number("wins", in: 0...1e6, default: 0),
        expected: channel.number("wins_expected", in: 0...1e6, default: 0),
        variance: channel.number("var_wins", in: 0...1e6, default: 0)
      ),
      deals: AmountSummary(
        count: channel["deal_n"].integer ?? 0,
        sum: channel.number("deal_sum", default: 0),
        sumOfSquares: channel.number("deal_sum2", default: 0)
      )
    )
  }

  private static func answer(_ channel: ChannelEconomics) -> JSONTree {
    [
      "marketing_cost": .number(channel.marketingCost),
      "sales_cost": .number(channel.salesCost),
      "cost": .number(channel.cost),
      "wins": .number(channel.wins),
      "wins_lo": .number(channel.winsInterval.lower),
      "wins_hi": .number(channel.winsInterval.upper),
      "cac": .optional(channel.costPerWin),
      "cac_lo": .number(channel.lowestCostPerWin),
      "cac_hi": .optional(channel.highestCostPerWin),
      "media_cac": .optional(channel.mediaCostPerWin),
      "ltv": .optional(channel.lifetimeValue),
      "break_even_cac": .optional(channel.breakEvenCostPerWin),
      "target_cac": .optional(channel.targetCostPerWin),
      "ltv_cac": .optional(channel.valueToCost),
      "ltv_cac_lo": .optional(channel.valueToCostInterval?.lower),
      "ltv_cac_hi": .optional(channel.valueToCostInterval?.upper),
      "payback_months": .optional(channel.paybackInMonths),
      "payback_lo": .optional(channel.shortestPaybackInMonths),
      "payback_hi": .optional(channel.longestPaybackInMonths),
      "profitable": channel.profitability.map { .text($0.rawValue) } ?? .null,
      "deal_size_uncertain": .flag(channel.isDealSizeUncertain),
    ]
  }

  private static func customerPayback(_ input: OracleInput) throws -> JSONTree {
    let cases = try input.parts("cases").map { part -> JSONTree in
      func customer(months: Int?) throws -> CustomerValue {
        try CustomerValue(
          monthlyRevenue: part.number("arpa"),
          grossMargin: part.number("margin", default: 1),
          monthlyChurn: part.number("churn", default: 0),
          monthlyDiscount: part.number("discount", default: 0),
          horizonInMonths: months
        )
      }
      let unbounded = try customer(months: nil)
      let bounded = try customer(months: months(part, "months"))
      return [
        "payback": .optional(part["cac"].number.flatMap(unbounded.monthsToRecover)),
        // The key is the same whatever the number of months.
        "ltv36": .optional(bounded.lifetimeValue),
        "ltv": .optional(unbounded.lifetimeValue),
      ]
    }
    return ["cases": .list(cases)]
  }
}
