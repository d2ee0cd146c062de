import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct DiagnosisTextTests {
  @Test(arguments: Sample.allCases)
  func `whole text`(sample: Sample) throws {
    let answers = try sample.answers
    let text = DiagnosisText(answers.diagnosis, under: answers.agreement).text()
    expectGolden(text, suite: "DiagnosisText", sample.rawValue)
  }

  @Test(arguments: Sample.allCases, [40, 80, 120])
  func `keeps to the width and to the words it may use`(sample: Sample, width: Int) throws {
    let answers = try sample.answers
    let text = DiagnosisText(
      answers.diagnosis,
      under: answers.agreement,
      layout: TextLayout(width: width)
    ).text(explained: true)
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.of(line) <= width, "\(line)")
    }
    #expect(!text.lowercased().contains("because"))
    #expect(!text.contains("nan") && !text.contains("inf "))
  }

  @Test(arguments: Sample.allCases)
  func `says the verdict in one sentence with a base beside every share`(sample: Sample) throws {
    let answers = try sample.answers
    let headline = DiagnosisText(answers.diagnosis, under: answers.agreement).headline
    #expect(headline.hasSuffix("."))
    #expect(headline.matches(of: /[.!?] +[A-Z]/).isEmpty, "\(headline)")
    #expect(!headline.lowercased().contains("because"))
    let jargon = ["MQL", "SQL", "CAC", "AJ", "q =", "horizon", "odds", "p-value"]
    for word in jargon { #expect(!headline.contains(word), "\(headline)") }
    let bare = headline.replacing(/\ \([0-9.]+–[0-9.]+ %\)/, with: "")
    let shares = bare.matches(of: /[0-9] %/).count
    let bases = bare.matches(of: /([Oo]f [^,]*[0-9][^,]*, [0-9.]+ %)|([0-9] % of [0-9])/).count
    #expect(shares == bases, "\(headline)")
  }

  @Test(arguments: [
    (Sample.empty, "No leak can be named: no lead is on record as handed to sales."),
    (.young, "No leak can be named: none of "), (.healthy, "No leak"),
    (.leakyChannel, "Meta's leads are won less often"),
    (.explainedByMix, "Bo wins less often"), (.notCrossed, "No leak can be named"),
    (.handOff, "reps make something different of Meta's "),
  ])
  func `finds what was put there`(sample: Sample, words: String) throws {
    let answers = try sample.answers
    let headline = DiagnosisText(answers.diagnosis, under: answers.agreement).headline
    #expect(headline.contains(words) || headline.contains(words.capitalizedFirst), "\(headline)")
  }

  @Test func `says that nothing is wrong when every party is cleared`() throws {
    var diagnosis = try Sample.healthy.answers.diagnosis
    for index in diagnosis.verdict.parties.indices {
      diagnosis.verdict.parties[index].answer = .no
      diagnosis.verdict.parties[index].named = []
    }
    diagnosis.leaks = []
    let headline = DiagnosisText(diagnosis, under: SampleCompany.agreement).headline
    #expect(headline.hasPrefix("No leak: marketing, sales and the hand-off were all judged over"))
  }

  @Test(
    arguments: [
      (0.2, 1.4, nil, "that costs less than one customer (at worst 1);"),
      (1.2, 2.6, nil, "that costs about 1 customer (at worst 3);"),
      (
        61.3, 75.2, 53_841_200.0,
        "about 61 customers (at worst 75), about EUR 538,000 (at worst 662,000);"
      ),
    ] as [(Double, Double, Double?, String)]
  )
  func `says what a leak costs`(wins: Double, bad: Double, money: Double?, words: String) throws {
    var diagnosis = try Sample.leakyChannel.answers.diagnosis
    try #require(!diagnosis.leaks.isEmpty)
    diagnosis.leaks[0].recoverable = Recoverable(
      wins: wins,
      winsBadCase: bad,
      revenue: money,
      revenueBadCase: money.map { $0 * 1.23 }
    )
    let text = DiagnosisText(diagnosis, under: SampleCompany.agreement)
    #expect(text.headline.contains(words), "\(text.headline)")
  }

  @Test func `calls a rep who leaks by name and does not name the channel that got him`() throws {
    let answers = try Sample.explainedByMix.answers
    let text = DiagnosisText(answers.diagnosis, under: answers.agreement).text()
    #expect(answers.diagnosis.leaks.first?.unit.owner == "Bo")
    #expect(answers.diagnosis.lookAlikes.map(\.unit).contains("Meta"))
    #expect(text.contains("Lower by plain counts, and not named"))
  }

  @Test func `withholds a channel whose follow-up nobody recorded, and says so`() throws {
    let answers = try Sample.noActivities.answers
    let text = DiagnosisText(answers.diagnosis, under: answers.agreement).text()
    #expect(answers.diagnosis.leaks.isEmpty)
    #expect(text.contains("Withheld: looks worse, and may be something else"))
    #expect(text.contains("how soon somebody called is not judged"))
  }

  @Test func `says when months are unlike and when somebody tidied up`() throws {
    var diagnosis = try Sample.healthy.answers.diagnosis
    diagnosis.drifts = [
      StepDrift(fromStage: 1, withinDays: 14, firstAlike: "2024-06", pValue: 0.001)
    ]
    diagnosis.bulkExitDays = [
      BulkExitDay(day: CivilDate(dayNumber: 19_900), exits: 50, quarterExits: 90)
    ]
    let words = DiagnosisWords(diagnosis, SampleCompany.agreement)
    #expect(words.changes.count == 2)
    #expect(words.changes[0].hasPrefix("MQL → SQL within 14 days has changed"))
    #expect(words.changes[0].contains("--from 2024-06-01"))
    #expect(words.changes[1].hasPrefix("On 2024-06-26 50 of the quarter's 90 exits"))
  }

  @Test func `explains with every unit, threshold and model`() throws {
    let answers = try Sample.twoLeaks.answers
    let shown = DiagnosisText(answers.diagnosis, under: answers.agreement)
    let text = shown.text(explained: true)
    #expect(!shown.text().contains("named_probability"))
    for (key, _) in answers.diagnosis.verdict.thresholds.named { #expect(text.contains(key)) }
    #expect(text.contains("Every unit that was judged"))
    #expect(text.contains("Spreads in log-odds"))
  }
}

struct ComparisonWordsTests {
  @Test(arguments: [
    (100, "not enough data (needs about 613 leads, has 100)"),
    (613, "cannot tell (613 leads allow both a gap that matters and none)"),
  ])
  func `says how many leads are missing only where they are`(entered: Int, text: String) throws {
    let answers = try Sample.healthy.answers
    var comparison = try #require(answers.diagnosis.comparisons.first)
    comparison.own.entered = entered
    comparison.judgement = judgement(.cannotTell, needed: 613)
    let words = ComparisonWords(comparison, StageWords(answers.agreement))
    #expect(words.verdict == text)
  }
}
