import Foundation
import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// The reference company: lead-level history in, lag counts by cell out, made independently by one
/// SQL statement and a Python program (see the data's own README).
@Suite(.enabled(if: ReferenceCase.areAvailable, Comment(rawValue: ReferenceCase.absenceNote)))
struct ReferenceCubeTests {
  private static let pairs = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (0, 6), (2, 6)].map {
    StagePair(from: $0, to: $1)
  }

  private func rows(_ name: String) throws -> [[String]] {
    let file = ReferenceCase.folder.appending(path: "data/company_301/\(name)")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private func cells(by dimensions: [FunnelDimension]) throws -> FunnelCells {
    var facts = FactBuilder()
    for row in try rows("leads.csv") {
      facts.lead(row[0], day: Double(row[4]), channel: row[1], owner: row[3], segment: row[2])
    }
    for row in try rows("events.csv") {
      let word = row[2] == "exit" ? "lost" : row[3].isEmpty ? "reopened" : row[3]
      facts.stage(row[0], word, day: Double(row[1]))
    }
    let engine = EmbeddedCells(facts.history(asOfDay: 280))
    return engine.cells(
      for: FunnelQuestion(by: dimensions, skips: .filled, pairs: Self.pairs)
    )
  }

  @Test func `counts equal the reference cube, bucket by bucket`() throws {
    var expected: [String: [Int]] = [:]
    for row in try rows("cube.csv") {
      let attempt = row[2] == "1" ? "1" : "2+"
      let key = "\(row[0])|\(row[1])|\(attempt)|\(row[3])-\(row[4])|\(row[6])"
      let counts = row[7...].compactMap { Int($0) }
      expected[key] = zip(expected[key] ?? [0, 0, 0], counts).map(+)
    }
    let cells = try cells(by: [.channel, .segment, .attempt])
    var found: [String: [Int]] = [:]
    for (key, cell) in zip(cells.keys, cells.cells) {
      for (pair, count) in zip(Self.pairs, cell.pairs) {
        for bucket in 0..<count.lags.buckets.count {
          let counts = LagOutcome.allCases.map { count.lags[$0, bucket: bucket] }
          if counts == [0, 0, 0] { continue }
          found["\(key.joined(separator: "|"))|\(pair.from)-\(pair.to)|\(bucket)"] = counts
        }
      }
    }
    #expect(expected.count > 1000)
    #expect(found == expected)
  }
}
