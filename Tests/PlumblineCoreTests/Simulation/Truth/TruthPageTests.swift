import Foundation
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

/// The tables take minutes to print, so the page cannot be printed again in a test; what is tested
/// is that it shows every row there is and keeps what it promises.
@Suite struct TruthPageTests {
  /// The cells of the page's tables by the first cell of their row.
  private static func rows() throws -> [String: [String]] {
    let file = Repository.root.appending(path: "Documentation/methods/truth.md")
    let page = try String(contentsOf: file, encoding: .utf8)
    let begin = try #require(page.firstRange(of: "<!-- truth:begin -->\n"))
    let end = try #require(page.firstRange(of: "\n<!-- truth:end -->"))
    let tables = page[begin.upperBound..<end.lowerBound]
    #expect(tables.ranges(of: "Seed 1.").count == 4)
    return Dictionary(
      tables.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
        let cells = line.split(separator: "|").map {
          $0.trimmingCharacters(in: .whitespaces)
        }
        return (cells[0], Array(cells.dropFirst()))
      }
    ) { first, _ in first }
  }

  @Test func `the page has a row for each truth, stress and age of cohort`() throws {
    let rows = try Self.rows()
    for row in LeakStudyRow.all {
      let cells = try #require(rows[row.title], "\(row.title)")
      #expect(cells.count == row.sizes.count)
    }
    for age in CoverageStudy.usualAgesInWeeks {
      let cells = try #require(rows["\(age)"])
      #expect(cells.first == "\(CoverageStudy.horizonInDays(ofAgeInWeeks: age))")
    }
  }

  @Test func `a healthy company is wrongly blamed in at most 3 of 100`() throws {
    let cells = try #require(try Self.rows()["healthy"])
    for cell in cells {
      let wrong = try #require(cell.split(separator: "/").last)
      let number = wrong.filter { $0.isNumber || $0 == "." }
      #expect(try #require(Double(number)) <= 3, "\(cell)")
    }
  }

  @Test func `targets of plans are met as often as promised, where nothing changes`() throws {
    let rows = try Self.rows()
    for row in PlanStudyRow.all {
      let cells = try #require(rows[row.title], "\(row.title)")
      guard !row.isStress else { continue }
      #expect((45...55).contains(try #require(Double(cells[1]))), "\(row.title): 50 %")
      #expect((75...85).contains(try #require(Double(cells[2]))), "\(row.title): 80 %")
    }
  }

  @Test func `intervals hold what they promise at every age`() throws {
    let rows = try Self.rows()
    for age in CoverageStudy.usualAgesInWeeks {
      let cells = try #require(rows["\(age)"])
      #expect((93...97).contains(try #require(Double(cells[1]))), "\(age) weeks: rate")
      if cells[3] != "all known" {
        #expect((93...97).contains(try #require(Double(cells[3]))), "\(age) weeks: completed")
      }
    }
  }
}
