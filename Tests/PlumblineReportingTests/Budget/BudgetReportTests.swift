import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineReporting

struct BudgetReportTests {
  private static func text(_ sample: BudgetSample, _ answer: BudgetAnswer) -> String {
    BudgetText(answer, under: sample.agreement).text
  }

  @Test func `a divided budget reads as before`() throws {
    let sample = BudgetSample()
    expectGolden(Self.text(sample, try sample.answer()), suite: "Budget", "divided")
  }

  @Test func `limits that bind are named with what more would bring`() throws {
    let sample = BudgetSample()
    let answer = try sample.answer {
      $0.hoursPerLead = 1.5
      $0.hoursPerMonth = 330
      $0.budgetPerMonth = 3_000_000
      $0.movesAnyway = true
    }
    let text = Self.text(sample, answer)
    expectGolden(text, suite: "Budget", "hours")
    #expect(text.contains("Hours of sales limit"))
  }

  @Test func `without a margin customers are counted`() throws {
    let sample = BudgetSample(hasMargin: false)
    let text = Self.text(sample, try sample.answer())
    #expect(text.contains("gross_margin"))
    #expect(!text.contains("nan") && !text.contains("inf"))
  }

  @Test(
    arguments: [
      (0, "stops every paid channel"), (100_000, "cannot be divided"),
      (100_000_000, "finds no place"),
    ] as [(Double, String)]
  )
  func `a budget that does not fit is answered in words`(budget: Double, words: String) throws {
    let sample = BudgetSample()
    let answer = try sample.answer { $0.budgetPerMonth = budget }
    let text = Self.text(sample, answer).replacing("\n", with: " ")
    #expect(text.contains(words), "\(text)")
  }

  @Test func `no spend is answered in words`() throws {
    let sample = BudgetSample(hasSpend: false)
    let text = Self.text(sample, try sample.answer())
    #expect(text.hasPrefix("There is nothing to divide: no spend is on record."))
    #expect(text.contains("Organic search: no spend"))
  }

  @Test func `hours that cannot hold are answered in words`() throws {
    let sample = BudgetSample()
    let answer = try sample.answer {
      $0.hoursPerLead = 9
      $0.hoursPerMonth = 10
    }
    #expect(Self.text(sample, answer).contains("No division fits the hours"))
  }

  @Test func `every line fits`() throws {
    let sample = BudgetSample()
    for width in [60, 80, 120] {
      let text = BudgetText(
        try sample.answer(),
        under: sample.agreement,
        layout: TextLayout(width: width)
      ).text
      for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= width) }
    }
  }

  @Test func `every key of the JSON is documented`() throws {
    let sample = BudgetSample()
    let counted = BudgetSample(hasMargin: false)
    let texts = try [
      BudgetJSON(try sample.answer(), under: sample.agreement),
      BudgetJSON(
        try sample.answer {
          $0.hoursPerLead = 1.5
          $0.hoursPerMonth = 330
          $0.movesAnyway = true
        },
        under: sample.agreement
      ), BudgetJSON(try counted.answer(), under: counted.agreement),
      BudgetJSON(try sample.answer { $0.budgetPerMonth = 1 }, under: sample.agreement),
    ].map { try $0.text() }
    try DocumentedKeys(
      section: "plan_budget",
      shapes: ["today": "budget point", "proposed": "budget point"]
    ).check(texts)
  }

  @Test func `what is not advised is neither proposed nor drawn as a move`() throws {
    let sample = BudgetSample()
    // Almost nothing may move, so that what moving brings is next to nothing.
    let answer = try sample.answer { $0.move = 0.001 }
    try #require(answer.verdict == .nearBest && !answer.advisesBest)
    let text = Self.text(sample, answer)
    #expect(text.contains("Best known division, not advised"))
    #expect(text.contains("What limits the best known division"))
    let words = BudgetWords(answer, sample.agreement)
    #expect(answer.rows.allSatisfy { words.change($0) == "0 %" })
    let json = try BudgetJSON(answer, under: sample.agreement).text()
    #expect(json.contains("\"advises_best_known\" : false"))
    #expect(json.contains("\"best_known_spend_per_month\" : 26"))
    let page = BudgetHTML(answer, under: sample.agreement, generatedBy: "a test").text
    #expect(page.contains("Best known division, not advised"))
    let moved = try sample.answer()
    #expect(moved.verdict == .move)
    #expect(!Self.text(sample, moved).contains("not advised"))
  }

  @Test func `a bound that was asked for is named where the data cannot tell`() throws {
    let sample = BudgetSample()
    let answer = try sample.answer { $0.most = ["Meta": 100_000] }
    let text = Self.text(sample, answer)
    let line = try #require(text.split(separator: "\n").first { $0.contains("−81 %") })
    #expect(line.contains("Meta") && line.contains("at its most"))
  }

  @Test func `no cost of a customer goes by the name of the whole cost`() throws {
    var sample = BudgetSample()
    sample.agreement.economics.repMonthCost = 950_000
    sample.agreement.economics.sales.hoursPerRepMonth = 100
    sample.agreement.economics.sales.commission = 0.08
    let answer = try sample.answer { $0.hoursPerLead = 1 }
    let page = BudgetHTML(answer, under: sample.agreement, generatedBy: "a test").text
    for text in [Self.text(sample, answer), page] {
      let line = text.replacing("\n", with: " ").split(separator: " ").joined(separator: " ")
      #expect(!line.contains("customer on average"))
      #expect(line.contains("work and commission"))
      #expect(line.contains("plumbline economics"))
      #expect(line.contains("Overhead") && line.contains("EUR 95"))
      #expect(!line.contains("break-even") || line.contains("`plumbline economics` is by its own"))
    }
  }

  @Test func `the page says what the weeks say`() throws {
    let sample = BudgetSample()
    let page = BudgetHTML(
      try sample.answer(),
      under: sample.agreement,
      generatedBy: "a test"
    ).text
    #expect(page.contains("What the weeks say") && page.contains("+0.41 % (0.34–0.49)"))
    #expect(page.contains("From elsewhere"))
  }

  @Test func `what only may be is said as such`() throws {
    let sample = BudgetSample()
    let answer = try sample.answer()
    let words = BudgetWords(answer, sample.agreement)
    for row in answer.rows where row.reservation != nil { #expect(row.isAboveWorth == nil) }
    let linkedIn = try #require(answer.rows.first { $0.name == "LinkedIn" })
    #expect(linkedIn.isAboveWorth == true)
    #expect(
      words.aboveBreakEvenText
        == "Today the next customer costs more than it brings at: LinkedIn."
    )
  }

  @Test func `the same seed writes the same bytes`() throws {
    let sample = BudgetSample()
    let first = try BudgetJSON(try sample.answer(), under: sample.agreement).text()
    #expect(first == (try BudgetJSON(try sample.answer(), under: sample.agreement).text()))
    let other = try BudgetJSON(try sample.answer { $0.seed = 2 }, under: sample.agreement).text()
    #expect(first != other)
  }

  @Test func `the page shows before and after with a table, and no name as markup`() throws {
    var sample = BudgetSample()
    sample.facts.spend(
      "<b>x</b>",
      day: BudgetSample.firstMonday,
      to: BudgetSample.firstMonday + 279,
      amount: 400_000
    )
    sample.facts.lead("x", day: BudgetSample.firstMonday + 3, channel: "<b>x</b>")
    let page = BudgetHTML(
      try sample.answer(),
      under: sample.agreement,
      generatedBy: "a test"
    ).text
    #expect(page.contains("<svg") && page.contains("<table") && page.contains("<desc"))
    #expect(!page.contains("<b>x"))
    #expect(page.contains("&lt;b&gt;x&lt;/b&gt;"))
    #expect(!page.contains("nan"))
  }
}
