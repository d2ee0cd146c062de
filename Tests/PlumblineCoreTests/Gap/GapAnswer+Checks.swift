import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

extension GapAnswer {
  /// Whatever was asked, the parts add up to the minor unit, and every interval holds its amount.
  func checkSums() {
    for channel in channels {
      #expect(channel.parts.reduce(0) { $0 + $1.amount } == channel.total.amount)
      #expect(channel.total.amount == channel.actual.expected - channel.base.expected)
      #expect(channel.parts.count == factors.count)
    }
    for factor in factors.indices {
      #expect(
        channels.reduce(0) { $0 + $1.parts[factor].amount }
          == factorTotals[factor].amount
      )
    }
    #expect(factorTotals.reduce(0) { $0 + $1.amount } == total.amount)
    #expect(total.amount == actual - base)
    for part in channels.flatMap(\.parts) + factorTotals + [total] {
      #expect(part.lower <= part.amount && part.amount <= part.upper)
    }
    let mixRate = mixRate.decomposition
    #expect(abs(mixRate.mix + mixRate.ownRates - mixRate.change) < 1e-12)
  }

  func part(_ channel: String, _ factor: GapFactor) -> GapPart? {
    guard let index = factors.firstIndex(of: factor) else { return nil }
    return channels.first { $0.name == channel }?.parts[index]
  }
}

extension GapCompany {
  /// The quarter in which the second half of the leads comes in.
  static let secondQuarterPeriod = GapPeriod.quarter(
    of: CivilDate(dayNumber: Int(secondQuarter))
  )
}
