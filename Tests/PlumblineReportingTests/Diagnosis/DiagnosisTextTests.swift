import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct DiagnosisTextTests {
  @Test(arguments: Sample.allCases)
  func `whole text`(sample: Sample) throws {
    let answers = try sample.answers
    let text = DiagnosisText(answers.diagnosis, under: answers.agreement).text
    expectGolden(text, suite: "DiagnosisText", sample.rawValue)
  }

  @Test(arguments: Sample.allCases, [40, 80, 120])
  func `keeps to the width and to the words it may use`(sample: Sample, width: Int) throws {
    let answers = try sample.answers
    let text = DiagnosisText(
      answers.diagnosis,
      under: answers.agreement,
      layout: TextLayout(width: width)
    ).text
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
    let shares = headline.matches(of: /[0-9] %/).count
    let bases = headline.matches(of: /([Oo]f [^,]*[0-9][^,]*, [0-9.]+ %)|([0-9] % of [0-9])/).count
    #expect(shares == bases, "\(headline)")
  }

  @Test(arguments: [
    (Sample.empty, "No leak can be named: not enough data, no two channels or reps could be"),
    (.skipping, "no two channels or reps could be compared among 8 leads."),
    (.healthy, "No leak can be named: not enough data, "),
    (.leakyChannel, "Of Meta's "), (.notCrossed, "but too few reps share them"),
    (.handOff, "and reps differ about them by more than chance explains"),
  ])
  func `finds what was put there`(sample: Sample, words: String) throws {
    let answers = try sample.answers
    let headline = DiagnosisText(answers.diagnosis, under: answers.agreement).headline
    #expect(headline.contains(words), "\(headline)")
  }

  @Test func `says that nothing is wrong when every comparison is decided`() throws {
    var diagnosis = try Sample.healthy.answers.diagnosis
    let agreement = try Sample.healthy.answers.agreement
    diagnosis.comparisons.removeAll {
      ![.same, .higher, .slightlyDifferent].contains($0.judgement.verdict)
    }
    diagnosis.findings = []
    #expect(!diagnosis.comparisons.isEmpty)
    let headline = DiagnosisText(diagnosis, under: agreement).headline
    #expect(headline.hasPrefix("No leak can be named: nothing is wrong as far as 600 leads can"))
  }

  @Test(
    arguments: [
      (0.0, 0.0, nil, "mending that would bring a gain that cannot be priced over the 3,300 leads"),
      (0.2, 1.4, nil, "bring less than one customer (0–1) over the 3,300 leads"),
      (1.2, 2.6, nil, "bring about 1 customer (0–3) over the 3,300 leads on record"),
      (61.3, 75.2, 53_841_200.0, "about 61 customers (0–75), about EUR 538,000, over the 3,300"),
    ] as [(Double, Double, Double?, String)]
  )
  func `says what mending brings`(wins: Double, high: Double, money: Double?, words: String) throws
  {
    var diagnosis = try Sample.leakyChannel.answers.diagnosis
    diagnosis.findings[0].recoverable = Recoverable(
      wins: wins,
      winsLow: 0,
      winsHigh: high,
      revenue: money,
      revenueLow: money.map { $0 / 2 }
    )
    let text = DiagnosisText(diagnosis, under: SampleCompany.agreement)
    #expect(text.headline.contains(words), "\(text.headline)")
  }

  @Test func `names the days looked at`() throws {
    var diagnosis = try Sample.leakyChannel.answers.diagnosis
    diagnosis.question.firstDay = CivilDate("2023-10-01")?.dayNumber
    let text = DiagnosisText(diagnosis, under: SampleCompany.agreement)
    #expect(text.headline.contains("that came in from 2023-10-01 to 2024-10-04"))
  }

  @Test func `calls a rep who leaks by name and clears the channels`() throws {
    let answers = try Sample.explainedByMix.answers
    let text = DiagnosisText(answers.diagnosis, under: answers.agreement).text
    #expect(answers.diagnosis.findings.first?.comparison.unit == "Bo")
    #expect(answers.diagnosis.explainedByMix.map(\.unit).contains("Meta"))
    #expect(text.contains("Looks like a leak, but is not this one's"))
    #expect(
      text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        .contains("which goes with who works the leads")
    )
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
