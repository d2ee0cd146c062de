import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineStorage

/// A kept history with new facts added says what all facts together say.
struct HistoryUpdateTests {
  private let agreement = ScatteredCompany.agreement

  @Test(arguments: UInt64(0)..<24)
  func `updates equal what all facts say, however facts arrive`(seed: UInt64) throws {
    let workspace = try KeptWorkspace()
    for delivery in ScatteredCompany(seed: seed).deliveries {
      try workspace.add(delivery)
      let reading = try workspace.keeper.read(under: agreement)
      let built = try workspace.built(agreement)
      let kept = try workspace.kept(reading, like: built)
      #expect(try kept.differences(from: built) == [], "import \(delivery.record.sequence)")
      #expect(reading.history.gaps.allSatisfy { $0.examples.count <= 5 })
      let again = try workspace.keeper.read(under: agreement)
      #expect(again.work == .kept)
      for history in [reading.history, again.history] {
        try expectSameInstantAndActivities(
          history,
          CompanyHistory(reading: workspace.store, under: agreement)
        )
      }
      #expect(try workspace.keeper.compare(under: agreement) == [])
    }
  }

  @Test(arguments: UInt64(100)..<110)
  func `several imports at once, and later instants, change nothing`(seed: UInt64) throws {
    let workspace = try KeptWorkspace()
    let deliveries = ScatteredCompany(seed: seed, deliveryCount: 8).deliveries
    for (number, delivery) in deliveries.enumerated() {
      try workspace.add(delivery)
      if number % 3 == Int(seed % 3) { _ = try workspace.keeper.read(under: agreement) }
      let usual = try workspace.built(agreement).key.asOf
      for days in [0, 1, 10, 400] {
        let asOf = Instant(seconds: usual + Int64(days) * 86_400)
        let reading = try workspace.keeper.read(under: agreement, asOf: asOf)
        let built = try workspace.built(agreement, asOf: asOf)
        let kept = try workspace.kept(reading, like: built)
        #expect(try kept.differences(from: built) == [])
      }
    }
  }

  @Test func `most small batches are added and not read anew with all others`() throws {
    var updated = 0
    var rebuilt = 0
    for seed in UInt64(200)..<208 {
      let workspace = try KeptWorkspace()
      for delivery in ScatteredCompany(seed: seed).deliveries {
        try workspace.add(delivery)
        switch try workspace.keeper.read(under: agreement).work {
        case .updated: updated += 1
        case .rebuilt: rebuilt += 1
        case .kept: break
        }
      }
    }
    // The first of six deliveries is always read whole.
    #expect(updated > 16)
    #expect(rebuilt >= 8)
  }

  private func expectSameInstantAndActivities(_ history: CompanyHistory, _ other: CompanyHistory) {
    #expect(history.asOf == other.asOf)
    let (own, others) = (history.activities, other.activities)
    #expect(own.leads == others.leads)
    #expect(own.times == others.times)
    #expect(own.owners == others.owners)
    #expect(own.marks == others.marks)
  }
}
