import PlumblineStatistics
import Testing

@testable import PlumblineCore

@Suite struct SoleOwnersTests {
  @Test(arguments: 1...20) func `what only one owner recorded is counted as one by one`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let edits = (0..<60).map { _ in
      GamingRecords.Edit(
        kind: .stage,
        owner: UInt32.random(in: 0...3, using: &generator),
        lead: Int.random(in: 0..<25, using: &generator),
        time: TimePoint(Instant(seconds: 0)),
        isReversed: [nil, false, true].randomElement(using: &generator) ?? nil
      )
    }
    let sole = SoleOwners(of: edits)
    func leads(_ edits: [GamingRecords.Edit]) -> Int { Set(edits.map(\.lead)).count }
    for owner in UInt32(0)...3 {
      for (mine, judged) in [
        (sole.leads, edits.filter { $0.isReversed != nil }),
        (sole.undone, edits.filter { $0.isReversed == true }),
      ] {
        #expect(
          mine[owner, default: 0] == leads(judged) - leads(judged.filter { $0.owner != owner })
        )
      }
    }
  }
}
