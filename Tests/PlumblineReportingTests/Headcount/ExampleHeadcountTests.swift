import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

/// A simulation fed by the example company's records.
struct ExampleHeadcountTests {
  @Test func `the example company is measured and simulated`() throws {
    var example = ExampleFacts()
    example.agreement.economics.dealCoversMonths = 12
    example.agreement.economics.monthlyChurn = 0.015
    let history = example.facts.history(
      example.agreement,
      asOfDay: Double(ExampleCompany.exportedAt.seconds) / 86_400
    )
    let measured = HeadcountMeasurement(history, source: EmbeddedCells(history))
    #expect(measured.inputs.missing.isEmpty)
    #expect(measured.inputs[.reps]?.value.number == Double(ExampleCompany.reps.count))
    let leads =
      (measured.inputs[.leads]?.value.number ?? 0)
      + (measured.inputs[.paidLeads]?.value.number ?? 0)
    #expect(leads > 100 && leads < 1000)
    let rate = try #require(measured.inputs[.closeRate]?.value.number)
    #expect(rate > 0.05 && rate < 0.3)
    let cycle = try #require(measured.inputs[.cycle]?.value.shares)
    #expect(abs(cycle.reduce(0, +) - 1) < 1e-9 && cycle.count > 1)
    // Today's course, as expected, wins about what was won a month lately.
    let question = HeadcountQuestion(start: measured.nextMonth, months: 12, draws: 100)
    let scenario = try #require(
      try HeadcountRequest(minorUnits: 100).scenario(
        ["hire", "2"],
        in: measured.nextMonth,
        isDated: true
      )
    )
    let answer = try HeadcountSimulator(
      measured.inputs,
      question,
      currency: ExampleCompany.currency
    ).answer([scenario])
    let calendar = example.agreement.calendar
    let since = measured.nextMonth.advanced(by: -6).firstDay
    let wonLately = history.wonDeals.count {
      $0.closed.isDated && calendar.day(of: $0.closed.instant) >= since
    }
    let monthly = (answer.courses.first?.wins.expected ?? 0) / 12
    #expect(monthly > 0.6 * Double(wonLately) / 6 && monthly < 1.5 * Double(wonLately) / 6)
    let text = HeadcountText(
      answer,
      provenance: HeadcountProvenance(
        agreement: example.agreement,
        asOf: history.asOf,
        file: nil
      ).sentences
    ).text
    for line in text.split(separator: "\n") { #expect(line.count <= 80) }
    expectGolden(text, suite: "HeadcountText", "example")
  }
}
