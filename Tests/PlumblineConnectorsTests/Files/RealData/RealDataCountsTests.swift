import Foundation
import PlumblineConnectors
import PlumblineCore
import PlumblineTestSupport
import Testing

/// Files of nine public data sets, imported by the mappings of `Examples/mappings`: what the
/// funnel counts equals what a program of another language counts in the files.
@Suite(
  .enabled(if: RealDataSet.areAvailable, Comment(rawValue: RealDataSet.absenceNote)),
  .enabled(if: IndependentCounts.python != nil, Comment(rawValue: IndependentCounts.absenceNote))
)
struct RealDataCountsTests {
  private typealias Key = IndependentCounts.Key

  @Test(arguments: RealDataSet.all)
  func `counts and sums equal those of an independent program`(set: RealDataSet) throws {
    let expected = try IndependentCounts(of: set).values
    let ledger = try set.ledger()
    let history = CompanyHistory(ledger, under: try set.agreement())
    let engine = EmbeddedCells(history)
    var found: [Key: Int] = [:]
    for dimension in Set(expected.keys.map(\.dimension)) {
      if let dimension = FunnelDimension(rawValue: dimension) {
        let counts = count(dimension, engine, history.agreement)
        found.merge(counts) { first, _ in first }
      }
    }
    for kind in FactKind.allCases {
      found[Key(measure: "facts", dimension: "", group: "", name: kind.rawValue)] =
        ledger[kind].rowCount
    }
    for name in ["impressions", "clicks", "leads", "orders", "revenue"] {
      let values = ledger[.spend][name].filter { $0 != FactColumn.noNumber }
      found[Key(measure: "numbers", dimension: "", group: "", name: name)] =
        values.reduce(0) { $0 + Int($1) }
    }
    for name in ["amount", "revenue"] {
      found[Key(measure: "blanks", dimension: "", group: "", name: name)] =
        ledger[.spend][name].count { $0 == FactColumn.noNumber }
    }
    // Only what the program counts is compared, but that in all groups and both ways.
    let subjects = Set(expected.keys.map { "\($0.measure)/\($0.dimension)" })
    found = found.filter { subjects.contains("\($0.key.measure)/\($0.key.dimension)") }
    #expect(!expected.isEmpty)
    for key in Set(expected.keys).union(found.keys).sorted() {
      #expect(found[key] ?? 0 == expected[key] ?? 0, "\(key)")
    }
  }

  /// Every number of the cells by one dimension.
  private func count(
    _ dimension: FunnelDimension,
    _ engine: EmbeddedCells,
    _ agreement: Agreement
  ) -> [Key: Int] {
    var counts: [Key: Int] = [:]
    let question = FunnelQuestion(by: [dimension], skips: .filled, pairs: [])
    let cells = engine.cells(for: question)
    let stages = agreement.path.map(\.id)
    let outcomes = ["held", "no_show", "cancelled", "rescheduled", "unconfirmed", "upcoming"]
    for (group, cell) in zip(cells.keys, cells.cells) {
      func set(_ measure: String, _ name: String, _ value: Int) {
        counts[
          Key(measure: measure, dimension: dimension.rawValue, group: group[0], name: name)
        ] = value
      }
      for (stage, count) in zip(stages, cell.reached) { set("reached", stage, count) }
      for (stage, count) in zip(stages, cell.transitions) {
        set("left", stage, count.detoured.reduce(0, +))
        set("open", stage, count.open)
        #expect(count.residual == 0)
      }
      for (outcome, count) in zip(outcomes, cell.meetings) { set("meetings", outcome, count) }
      set("won_deals", "", cell.wonDeals)
      set("revenue", "", Int(cell.revenue))
      set("activities", "", cell.activities)
      set("spend", "", Int(cell.spend ?? 0))
      var inGroup = question
      inGroup.filters = [DimensionFilter(dimension, values: group)]
      for (index, stage) in stages.enumerated() {
        set(
          "leads",
          stage,
          engine.leadIDs(for: RecordQuestion(inGroup, number: .reached(stage: index))).count
        )
      }
    }
    return counts
  }

  @Test(arguments: RealDataSet.all)
  func `a second import of the same files changes nothing`(set: RealDataSet) throws {
    var ledger = try set.ledger()
    let again = try set.read()
    let (news, novelty) = ledger.addNews(of: again.batch, try set.record(again))
    #expect(news.rowCount == 0)
    #expect(!novelty.isEmpty)
    for (kind, counts) in novelty {
      #expect(counts.new == 0 && counts.changed == 0, "\(kind)")
      #expect(counts.known == again.batch[kind].rowCount, "\(kind)")
    }
  }
}
