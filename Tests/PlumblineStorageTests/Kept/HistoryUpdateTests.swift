import Foundation
import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineStorage

/// A kept history with new facts added says what all facts together say.
struct HistoryUpdateTests {
  private let agreement = ScatteredCompany.agreement

  @Test(arguments: UInt64(0)..<24, [false, true])
  func `updates equal what all facts say, however facts arrive`(
    seed: UInt64,
    isPatched: Bool
  ) throws {
    let workspace = try KeptWorkspace()
    let keeper = isPatched ? workspace.patchingKeeper : workspace.keeper
    for delivery in ScatteredCompany(seed: seed).deliveries {
      try workspace.add(delivery)
      let reading = try keeper.read(under: agreement)
      let built = try workspace.built(agreement)
      let kept = try workspace.kept(reading, like: built)
      #expect(try kept.differences(from: built) == [], "import \(delivery.record.sequence)")
      #expect(reading.history.gaps.allSatisfy { $0.examples.count <= 5 })
      let again = try keeper.read(under: agreement)
      #expect(again.work == .kept)
      for history in [reading.history, again.history] {
        try expectSameInstantAndActivities(
          history,
          CompanyHistory(reading: workspace.store, under: agreement)
        )
      }
      #expect(try keeper.compare(under: agreement) == [])
    }
  }

  @Test(arguments: UInt64(300)..<312, [false, true])
  func `an import's summary is that of all facts`(seed: UInt64, isPatched: Bool) throws {
    let workspace = try KeptWorkspace()
    let keeper = isPatched ? workspace.patchingKeeper : workspace.keeper
    for delivery in ScatteredCompany(seed: seed).deliveries {
      try workspace.add(delivery)
      let summary = try keeper.bringUpToDate(under: agreement)
      let built = try workspace.built(agreement)
      #expect(summary.gaps.map(\.kind) == built.notes.gaps.map(\.kind))
      #expect(summary.gaps.map(\.count) == built.notes.gaps.map(\.count))
      #expect(summary.gaps.map(\.of) == built.notes.gaps.map(\.of))
      #expect(summary.mergedLeadCount == built.notes.mergedLeadCount)
      // Whoever asks next finds it done.
      #expect(try keeper.read(under: agreement).work == .kept)
      #expect(try keeper.compare(under: agreement) == [])
    }
  }

  @Test func `what a few facts change is kept beside the file, which stays as it is`() throws {
    let workspace = try KeptWorkspace()
    let keeper = workspace.patchingKeeper
    var updates = 0
    var file: Data?
    for delivery in ScatteredCompany(seed: 4).deliveries {
      try workspace.add(delivery)
      let work = try keeper.read(under: agreement).work
      let found = try Data(contentsOf: URL(fileURLWithPath: workspace.path))
      guard case .updated = work else {
        file = found
        continue
      }
      updates += 1
      #expect(found == file)
      #expect(FileManager.default.fileExists(atPath: workspace.patchPath))
    }
    #expect(updates > 1)
    // It goes when the file is written anew.
    var facts = FactBuilder()
    facts.lead("another", day: 100)
    try workspace.add(facts.batch, FactBuilder.record())
    _ = try workspace.keeper.read(under: agreement)
    #expect(!FileManager.default.fileExists(atPath: workspace.patchPath))
  }

  @Test func `a damaged patch is named and made anew, and every answer stays right`() throws {
    let workspace = try KeptWorkspace()
    let keeper = workspace.patchingKeeper
    for delivery in ScatteredCompany(seed: 4).deliveries {
      try workspace.add(delivery)
      _ = try keeper.read(under: agreement)
    }
    let url = URL(fileURLWithPath: workspace.patchPath)
    let whole = try [UInt8](Data(contentsOf: url))
    let built = try workspace.built(agreement)
    let last = whole.count - 1
    for place in Array(stride(from: 0, to: last, by: max(1, last / 60))) + [last] {
      var damaged = whole
      damaged[place] ^= 0x20
      try Data(damaged).write(to: url)
      #expect(try keeper.compare(under: agreement).map(\.code) == ["kept.damaged"], "byte \(place)")
      let reading = try keeper.read(under: agreement)
      #expect(try workspace.kept(reading, like: built).differences(from: built) == [])
      #expect(try keeper.read(under: agreement).work == .kept)
    }
  }

  @Test func `a patch of another file is not used`() throws {
    let workspace = try KeptWorkspace()
    let keeper = workspace.patchingKeeper
    for delivery in ScatteredCompany(seed: 4).deliveries {
      try workspace.add(delivery)
      _ = try keeper.read(under: agreement)
    }
    let patch = try Data(contentsOf: URL(fileURLWithPath: workspace.patchPath))
    // The same facts in a file of another layout.
    var other = workspace.patchingKeeper
    other.leadsPerPart = 3
    try FileManager.default.removeItem(atPath: workspace.path)
    _ = try other.read(under: agreement)
    var facts = FactBuilder()
    facts.lead("another", day: 100)
    try workspace.add(facts.batch, FactBuilder.record())
    try patch.write(to: URL(fileURLWithPath: workspace.patchPath))
    let reading = try other.read(under: agreement)
    #expect(reading.work != .kept)
    let built = try workspace.built(agreement)
    #expect(try workspace.kept(reading, like: built).differences(from: built) == [])
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
        let differences = try kept.differences(from: built)
        #expect(differences == [], "\(differences), \(days) days later")
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
