import Foundation
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct SLAPageTests {
  private func page(_ sample: SLASample) throws -> (page: SLAPage, answer: SLAAnswer) {
    let (answer, agreement) = try sample.answer()
    return (SLAPage(answer, under: agreement, leadAddress: { "/leads/\($0)" }), answer)
  }

  @Test func `says that nothing is open where nothing is`() throws {
    let page = try page(.empty).page
    #expect(page.open(of: nil).source.contains("Nothing is overdue, and nothing due soon."))
    let queue = page.queue([], atMost: 25, all: nil, context: [:]).source
    #expect(queue.contains("No promise about a lead of yours is open."))
  }

  @Test func `facts of today go far enough`() throws {
    let (answer, _) = try SLASample.bad.answer(daysLater: 0.1)
    #expect(answer.factsUntil == nil)
    #expect(answer.marketing?.forecast != nil)
  }

  @Test func `nobody is accused of days of which nothing is known`() throws {
    let (then, _) = try SLASample.bad.answer()
    let (answer, agreement) = try SLASample.bad.answer(daysLater: 60)
    let end = try #require(answer.factsUntil)
    #expect(answer.steps.allSatisfy { $0.due <= end || $0.due > answer.asOf })
    // How long something has been overdue is not known beyond the facts either.
    for step in answer.steps where step.due <= end {
      let same = then.steps.first { $0.key == step.key }
      #expect(same?.secondsLeft == step.secondsLeft)
    }
    #expect(!answer.steps.isEmpty)
    let tally = try #require(answer.sales?.all.promises[.disposition]?.tally)
    let thenTally = try #require(then.sales?.all.promises[.disposition]?.tally)
    #expect(tally[.unknown] > 0)
    #expect(thenTally[.dueSoon] + thenTally[.dueLater] > 0)
    let page = SLAPage(answer, under: agreement, leadAddress: { $0 })
    let source = page.header.source + page.sections.source
    #expect(source.contains("what marketing delivered in 2026-05 is not known"))
    #expect(source.contains("Facts go to 2026-03-31"))
    #expect(!source.contains("By the end"))
    #expect(!source.contains("to go<"))
    let periods = try #require(answer.marketing?.periods)
    #expect(page.words.delivered(periods[0]) == Format.absent)
    #expect(page.words.state(periods[0]) == "not known")
    let text = SLAText(answer, under: agreement).text
    #expect(text.contains("not known"))
    let longAfter = try SLASample.bad.answer(daysLater: 400)
    #expect(
      SLAText(longAfter.answer, under: longAfter.agreement).headline.contains(
        "What sales did since"
      )
    )
  }

  @Test(arguments: SLASample.allCases)
  func `a lead stands once in each list, with all its promises`(sample: SLASample) throws {
    let (page, answer) = try page(sample)
    let source = page.open(of: nil).source
    for step in [SLAStep.Step.dueSoon, .breached, .escalated] {
      let steps = answer.steps.filter { $0.step == step }
      let leads = Set(steps.map(\.lead)).count
      let caption =
        "\(page.words.word(step).capitalizedFirst): \(Format.count(leads, "lead")), "
        + Format.count(steps.count, "promise")
      #expect(source.contains(caption) == !steps.isEmpty)
    }
    let rows = source.components(separatedBy: "href=\"/leads/").count - 1
    #expect(rows == Set(answer.steps.map { "\($0.step) \($0.lead)" }).count)
  }

  @Test func `promises that fall due apart stand under one another`() throws {
    let (page, answer) = try page(.bad)
    let source = page.open(of: nil).source
    #expect(answer.steps.count > Set(answer.steps.map(\.lead)).count)
    #expect(source.contains("<div>"))
  }

  @Test func `the rest of a queue can be reached`() throws {
    let (page, answer) = try page(.bad)
    let leads = LeadGroup.leads(of: answer.queue)
    #expect(leads.count > 2)
    let first = page.queue(leads, atMost: leads.count - 2, all: "/all", context: [:]).source
    #expect(first.contains("<a class=\"button quiet\" href=\"/all\">Show the other 2</a>"))
    #expect(first.components(separatedBy: "href=\"/leads/").count - 1 == leads.count - 2)
    let whole = page.queue(leads, atMost: leads.count, all: "/all", context: [:]).source
    #expect(!whole.contains("/all"))
  }
}
