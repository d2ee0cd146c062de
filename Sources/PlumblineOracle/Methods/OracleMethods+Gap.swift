import PlumblineCore
import PlumblineStatistics

extension OracleMethods {
  static let gap: [String: Method] = ["gap": gap, "mix_rate": mixRate]

  /// Revenue by channel = total volume x mix x rates x mean deal, and the gap between two.
  private static func gap(_ input: OracleInput) throws -> JSONTree {
    let base = try input.parts("base")
    let actual = try input.parts("actual")
    let channelCount = max(base.count, actual.count)
    for channel in base + actual { try checkSizes(of: channel) }
    let rateCount = (base + actual).map { $0["rates"].elements.count }.max() ?? 0
    func rows(_ channels: [OracleInput]) -> [[UncertainFactor?]] {
      let volumes = channels.map { $0["volume"].number ?? 0 }
      let volume = volumes.reduce(0, +)
      return (0..<channelCount).map { index in
        let channel = index < channels.count ? channels[index] : nil
        let rates = channel?["rates"].elements ?? []
        let own = index < volumes.count ? volumes[index] : 0
        let values: [Double?] =
          [volume, volume == 0 ? nil : own / volume]
          + (0..<rateCount).map { $0 < rates.count ? rates[$0].number : nil }
          + [channel?["deal"].number]
        return values.map { $0.map { .exact($0) } }
      }
    }
    let gap = ProductGap(base: rows(base), actual: rows(actual), seed: 0)
    return [
      "total": .number(gap.total.value),
      "channels": .list(
        (0..<channelCount).map { channel in
          [
            "revenue0": .number(gap.base[channel]),
            "revenue1": .number(gap.actual[channel]),
            "parts": .numbers(gap.parts[channel].map(\.value)),
            "lmdi": gap.logMeanShares[channel].map { .numbers($0) } ?? .null,
          ]
        }
      ),
    ]
  }

  /// Refuses numbers whose products would not be numbers any more.
  private static func checkSizes(of channel: OracleInput) throws {
    let amounts = [channel["volume"], channel["deal"]].compactMap(\.number)
    let rates = channel["rates"].elements
    guard amounts.allSatisfy({ abs($0) <= 1e12 }), rates.count <= 20,
      rates.compactMap(\.number).allSatisfy({ abs($0) <= 1_000 })
    else {
      throw InputError(
        code: "oracle.input",
        "a channel has a volume or deal beyond 1e12, a rate beyond 1000, or more than 20 rates.",
        remedy: "Compare with a reference case of the same method."
      )
    }
  }

  private static func mixRate(_ input: OracleInput) throws -> JSONTree {
    let (leads0, wins0) = (try input.numbers("leads0"), try input.numbers("wins0"))
    let (leads1, wins1) = (try input.numbers("leads1"), try input.numbers("wins1"))
    func value(_ values: [Double], _ index: Int) -> Double {
      index < values.count ? values[index] : 0
    }
    let count = [leads0, wins0, leads1, wins1].map(\.count).max() ?? 0
    let answer = MixRateDecomposition(
      (0..<count).map { index in
        MixRateGroup(
          baseCases: value(leads0, index),
          baseSuccesses: value(wins0, index),
          cases: value(leads1, index),
          successes: value(wins1, index)
        )
      }
    )
    return [
      "rate0": .number(answer.baseRate),
      "rate1": .number(answer.rate),
      "change": .number(answer.change),
      "mix": .numbers(answer.mixParts),
      "rate": .numbers(answer.rateParts),
      "mix_total": .number(answer.mix),
      "rate_total": .number(answer.ownRates),
      "simpson": .flag(answer.isSimpson),
      "opposite_signs": .flag(answer.hasOppositeSigns),
    ]
  }
}
