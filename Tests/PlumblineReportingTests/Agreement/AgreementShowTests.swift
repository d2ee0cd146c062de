import Foundation
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct AgreementShowTests {
  @Test(arguments: [AgreementSample.bare, .whole])
  func `whole text`(sample: AgreementSample) {
    expectGolden(
      AgreementShowText(sample.agreement).text,
      suite: "AgreementShowText",
      sample.rawValue
    )
  }

  @Test(arguments: AgreementSample.allCases, [40, 80, 200])
  func `fits its width, and moves no cursor`(sample: AgreementSample, width: Int) {
    let text = AgreementShowText(sample.agreement, layout: TextLayout(width: width)).text
    for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= width) }
    let hasControl = text.unicodeScalars.contains {
      $0 != "\n" && [.control, .format].contains($0.properties.generalCategory)
    }
    #expect(!hasControl)
  }

  @Test(
    arguments: [
      (nil, nil, nil), (nil, 60, nil), (60, 60, "From 60 points on a lead is an MQL."),
      (40, 60, "From 40 points on a lead is an MQL."),
      (
        40, nil,
        "40 points are the agreed mark; no stage has a gate with a score, so stages count as "
          + "recorded."
      ),
      (
        1, nil,
        "1 point is the agreed mark; no stage has a gate with a score, so stages count as recorded."
      ),
    ] as [(Int?, Int?, String?)]
  )
  func `says whether the mark of the score decides anything`(
    mark: Int?,
    gate: Int?,
    sentence: String?
  ) {
    var agreement = Agreement()
    agreement.scoring = mark.map { LeadScoring(threshold: $0) }
    // A gate of the first stage decides nothing.
    agreement.path[0].gate = StageGate(score: 5)
    agreement.path[1].gate = StageGate(score: gate, factors: 1)
    #expect(AgreementShowWords(agreement).mark == sentence)
    if let sentence {
      let text = AgreementShowText(agreement, layout: TextLayout(width: 200)).text
      #expect(text.contains(sentence))
    }
  }

  @Test func `says what holds in money where nobody said anything, and only there`() {
    let bare = AgreementShowWords(Agreement()).missing.joined(separator: "\n")
    for words in [
      "a deal's amount is the revenue of 12 months", "counts as long as the deal",
      "no customer leaves", "waiting takes nothing", "3 times its cost", "customers pay each month",
      "no spend works in later weeks",
      "overhead of marketing, other costs of the company, the month of a rep, commission and a hire",
    ] {
      #expect(bare.contains(words), "\(words)")
    }
    var said = Agreement()
    said.economics.dealCoversMonths = 12
    said.economics.monthlyChurn = 0.02
    said.economics.monthlyDiscount = 0
    said.economics.targetRatio = 3
    said.economics.paymentWord = "monthly"
    said.economics.weeklyCarryOver = 0
    said.economics.overheadPerMonth = 0
    said.economics.otherCostPerMonth = 0
    said.economics.repMonthCost = 1
    said.economics.sales.commission = 0
    let endless = AgreementShowWords(said).missing
    #expect(endless.contains("In money, as usual: a customer's revenue counts without end."))
    #expect(endless.contains("Cost that nobody has said, and that no answer counts: a hire."))
    said.economics.horizonInMonths = 24
    said.economics.sales.hireCost = 0
    let all = AgreementShowWords(said).missing
    #expect(!all.contains { $0.hasPrefix("In money") || $0.hasPrefix("Cost that") })
  }

  @Test(arguments: AgreementSample.allCases)
  func `reads back as it was written`(sample: AgreementSample) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let text = try AgreementShowJSON(sample.agreement).text()
    let read = try decoder.decode(AgreementTermsWire.self, from: Data(text.utf8))
    #expect(read == AgreementTermsWire(sample.agreement))
  }

  @Test func `every key is explained, and none that is not there`() throws {
    try DocumentedKeys(
      section: "agreement_terms",
      shapes: [
        "stages[]": "stage terms", "detours[]": "stage terms", "ideal_customer[]": "criterion",
        "value": "criterion", "first_touch": "span", "first_touch_hot": "span",
        "disposition": "span", "remind_before": "span", "escalate_after": "span",
      ]
    ).check(try AgreementSample.allCases.map { try AgreementShowJSON($0.agreement).text() })
  }

  @Test func `names every threshold once, and says which were set`() {
    let usual = ThresholdWords.all(of: Agreement())
    #expect(usual.count == 22)
    #expect(Set(usual.map(\.name)).count == 22)
    #expect(usual.allSatisfy { $0.isUsual && $0.value == $0.usual })
    let set = ThresholdWords.all(of: AgreementSample.whole.agreement).filter { !$0.isUsual }
    #expect(set.map(\.name) == ["named_odds"])
    #expect(set.map(\.value) == [1.5])
    #expect(set.map(\.usual) == [1.25])
  }

  @Test(arguments: [
    (SalesSLA.Span(seconds: 60, isWorkingTime: true), "1 working minute"),
    (.init(seconds: 3600, isWorkingTime: true), "1 working hour"),
    (.init(seconds: 5400, isWorkingTime: true), "90 working minutes"),
    (.init(seconds: 86_400, isWorkingTime: true), "24 working hours"),
    (.init(seconds: 86_400, isWorkingTime: false), "1 day"),
    (.init(seconds: 90_000, isWorkingTime: false), "25 hours"),
    (.init(seconds: 60, isWorkingTime: false), "1 minute"),
  ])
  func `says a span as the agreement writes it`(span: SalesSLA.Span, words: String) {
    #expect(AgreementPhrases.span(span) == words)
  }

  @Test(
    arguments: [
      ([], [(540, 1020)], "nobody ever works"), ([0], [], "nobody ever works"),
      ([6], [(0, 1440)], "Sunday, 00:00–24:00"),
      ([0, 1], [(540, 1020)], "Monday and Tuesday, 09:00–17:00"),
      ([0, 1, 2], [(540, 1020)], "Monday to Wednesday, 09:00–17:00"),
      (
        [0, 1, 2, 3, 5], [(545, 600), (660, 720)],
        "Monday, Tuesday, Wednesday, Thursday and Saturday, 09:05–10:00 and 11:00–12:00"
      ),
    ] as [([Int], [(Int, Int)], String)]
  )
  func `says when people work`(days: [Int], shifts: [(Int, Int)], words: String) {
    let time = WorkingTime(
      weekdays: Set(days),
      shifts: shifts.map { .init(startMinute: $0.0, endMinute: $0.1) }
    )
    #expect(AgreementPhrases.workingTime(time) == words)
  }
}
