import Foundation
import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineAgreement

/// The worked page Documentation/hiring-case.md says what its file says.
struct HiringCaseTests {
  private static func answer(draws: Int) throws -> HeadcountAnswer {
    let url = Repository.root.appending(path: "Documentation/examples/hiring-case.yaml")
    let reading = ScenarioFileReader.read(
      Array(try Data(contentsOf: url)),
      path: "hiring-case.yaml"
    )
    #expect(reading.diagnostics.isEmpty)
    let file = try #require(reading.file)
    let inputs = try HeadcountInputs().applying(file.today) { _ in .file(file.path) }
    let question = HeadcountQuestion(
      start: try #require(file.start),
      months: try #require(file.months),
      draws: draws,
      seed: file.seed ?? 1
    )
    return try HeadcountSimulator(inputs, question, currency: try #require(file.currency)).answer(
      file.scenarios,
      today: HeadcountScenario(name: try #require(file.todayName))
    )
  }

  private static func page() throws -> String {
    let url = Repository.root.appending(path: "Documentation/hiring-case.md")
    return try String(contentsOf: url, encoding: .utf8)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func `paid per meeting, revenue grows, losses grow faster and the cash ends`() throws {
    let answer = try Self.answer(draws: 0)
    let course = try #require(answer.courses.first { $0.scenario.name == "paid per meeting" })
    let months = course.steps.map(\.expected)
    let end = try #require(course.cashOut.expected)
    let last = try #require(course.steps.firstIndex { $0.month == end })
    let old = try #require(answer.courses.first).steps.map(\.expected)
    // Meetings rise, and the share of them that is won falls.
    #expect(months[last].leads > 2 * months[0].leads)
    #expect(course.plan.supply(inMonth: last).closeRate < 0.6 * course.plan.supply.closeRate)
    // Wins, customers and revenue grow month after month, and from March on faster than without.
    for month in 1..<months.count {
      #expect(months[month].income > months[month - 1].income)
      #expect(months[month].customers > months[month - 1].customers)
      #expect(months[month].wins >= months[month - 1].wins - 1e-9)
    }
    for month in 2..<months.count {
      #expect(months[month].income > old[month].income)
      #expect(months[month].customers > old[month].customers)
      #expect(months[month].wins > old[month].wins)
    }
    let total = try #require(answer.courses.first).revenue.expected
    #expect(course.revenue.expected > 1.05 * total)
    // Revenue of the last month with cash is more than a tenth above the first.
    #expect(months[last].income > 1.1 * months[0].income)
    // The loss has grown by a larger factor, and by more money, than revenue.
    #expect(months[last].net < 0 && months[0].net < 0)
    #expect(months[last].net / months[0].net > 2 * months[last].income / months[0].income)
    #expect(months[0].net - months[last].net > months[last].income - months[0].income)
    // The share won has fallen below the one at which a meeting pays for itself.
    let spend = 155_000.0 + 9000 * months[last].reps
    let perMeeting = spend / months[last].leads
    let worth = try #require(course.breakEven) / 100 - 0.08 * 9600
    #expect(abs(perMeeting - 1175) < 1)
    #expect(abs(perMeeting / worth - 0.102) < 0.0005)
    #expect(course.plan.supply(inMonth: last).closeRate < perMeeting / worth)
    #expect(perMeeting / worth < course.plan.supply.closeRate)
    // A win costs more than a customer brings.
    let cost = try #require(course.costPerWin)
    let breakEven = try #require(course.breakEven)
    #expect(cost > breakEven)
    #expect(course.verdict != .pays)
  }

  @Test func `run on the cost of a customer the same company ends with more than today's`() throws {
    let answer = try Self.answer(draws: 0)
    let today = answer.courses[0]
    let course = try #require(answer.courses.first { $0.scenario.name == "paid per customer" })
    #expect(course.cashOut.expected == nil)
    #expect(course.endCash.expected > today.endCash.expected)
    #expect(course.revenue.expected > today.revenue.expected)
    #expect(course.wins.expected > today.wins.expected)
    let (cost, breakEven) = (course.costPerWin ?? .infinity, course.breakEven ?? 0)
    #expect(cost < breakEven)
  }

  @Test func `the page's numbers are those of its file`() throws {
    let answer = try Self.answer(draws: HeadcountQuestion.usualDraws)
    let page = try Self.page()
    func grouped(_ minorUnits: Double) -> String {
      var digits = String(Int((abs(minorUnits) / 100).rounded()))
      var groups: [String] = []
      while digits.count > 3 {
        groups.insert(String(digits.suffix(3)), at: 0)
        digits = String(digits.dropLast(3))
      }
      return (minorUnits < 0 ? "−" : "") + ([digits] + groups).joined(separator: ",")
    }
    for course in answer.courses {
      for total in [course.revenue, course.profit, course.lowestCash, course.endCash] {
        #expect(page.contains(grouped(total.expected)), "\(course.scenario.name)")
      }
      let band = try #require(course.endCash.drawn)
      for amount in [band.low, band.middle, band.high] { #expect(page.contains(grouped(amount))) }
      if let cost = course.costPerWin { #expect(page.contains(grouped(cost))) }
      if let month = course.cashOut.expected { #expect(page.contains("\(month)")) }
    }
  }
}
