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
