import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

/// Answers in each reader's words: other words, the same numbers.
struct ReaderWordsTests {
  private static let readers: [Reader?] = [nil] + Reader.allCases

  private static let vocabulary = [
    VocabularyTerm(
      term: "lead",
      words: [.marketing: "contact", .sales: "name", .leadership: "inquiry from the market"]
    ),
    VocabularyTerm(term: "MQL", words: [.sales: "marketing lead", .leadership: "prospect"]),
    VocabularyTerm(term: "sql", words: [.marketing: "hand-over", .sales: "accepted"]),
    VocabularyTerm(term: "meeting_held", words: [.sales: "discovery", .marketing: "demo"]),
    VocabularyTerm(term: "opportunity", words: [.sales: "deal", .marketing: "pipeline"]),
    VocabularyTerm(term: "won", words: [.marketing: "customer", .leadership: "new business"]),
    VocabularyTerm(term: "lost", words: [.sales: "closed lost"]),
    VocabularyTerm(term: "win_rate", words: [.sales: "close rate", .marketing: "conversion"]),
  ]

  private func agreement(_ agreement: Agreement, for reader: Reader?) -> Agreement {
    var agreement = agreement
    agreement.vocabulary = Self.vocabulary
    agreement.reader = reader
    return agreement
  }

  /// Every number of a text, with how often it stands there.
  private func numbers(_ text: String) -> [String: Int] {
    text.matches(of: /[0-9]+(?:[.,][0-9]+)*/).reduce(into: [:]) {
      $0[String($1.output), default: 0] += 1
    }
  }

  /// What a page says, without its markup and its style sheet.
  private func said(_ page: String) -> String {
    let body = page.split(separator: "</style>", maxSplits: 1).last.map(String.init) ?? page
    return body.replacing(/<[^>]*>/, with: " ")
  }

  /// The texts of a sample's answers.
  private func texts(_ sample: Sample, for reader: Reader?) throws -> [String] {
    let answers = try sample.answers
    let agreement = agreement(answers.agreement, for: reader)
    return [
      FunnelText(answers.byChannel, under: agreement, gaps: answers.gaps).text,
      FunnelText(answers.overall, under: agreement).text,
      DiagnosisText(answers.diagnosis, under: agreement).text(explained: true),
      said(
        HTMLReport(
          answers.diagnosis,
          funnel: answers.byChannel,
          under: agreement,
          generatedBy: "plumbline"
        ).text
      ),
    ]
  }

  // Hostile names hold digits, and are cut to fit beside other words.
  @Test(arguments: Sample.allCases.filter { $0 != .hostile })
  func `numbers are the same whoever reads`(sample: Sample) throws {
    let usual = try texts(sample, for: nil)
    for reader in Reader.allCases {
      let own = try texts(sample, for: reader)
      for (one, other) in zip(usual, own) { #expect(numbers(one) == numbers(other)) }
      #expect(own[0] != usual[0])
    }
  }

  @Test(arguments: Sample.allCases)
  func `what programs read is the same to the byte`(sample: Sample) throws {
    let answers = try sample.answers
    let written = try Self.readers.map { reader in
      let agreement = agreement(answers.agreement, for: reader)
      return [
        try FunnelJSON(answers.byChannel, under: agreement, gaps: answers.gaps).text(),
        FunnelCSV(answers.byChannel, under: agreement).text,
        try DiagnosisJSON(answers.diagnosis, under: agreement).text(),
      ]
    }
    #expect(Set(written).count == 1)
  }

  @Test(arguments: [WatchSample.empty, .alarm, .several, .deadlines])
  func `watched series speak the reader's words`(sample: WatchSample) throws {
    let (answer, agreed) = try sample.answer()
    let agreements = Self.readers.map { agreement(agreed, for: $0) }
    let texts = agreements.map { WatchText(answer, under: $0).text }
    #expect(Set(texts.map(numbers)).count == 1)
    #expect(Set(try agreements.map { try WatchJSON(answer, under: $0).text() }).count == 1)
    #expect(Set(agreements.map { WatchCSV(answer, under: $0).text }).count == 1)
    if sample == .alarm { #expect(texts[2].contains("name → marketing lead within 7 days")) }
  }

  @Test(arguments: GapSample.allCases)
  func `revenue gaps speak the reader's words`(sample: GapSample) throws {
    let (answer, agreed) = try sample.answer()
    let agreements = Self.readers.map { agreement(agreed, for: $0) }
    let texts = agreements.map { RevenueGapText(answer, under: $0).text }
    #expect(Set(texts.map(numbers)).count == 1)
    #expect(Set(try agreements.map { try RevenueGapJSON(answer, under: $0).text() }).count == 1)
  }

  @Test(arguments: ReconcileSample.allCases)
  func `metrics speak the reader's words`(sample: ReconcileSample) throws {
    let (answer, agreed) = try sample.answer()
    let agreements = Self.readers.map { agreement(agreed, for: $0) }
    let texts = agreements.map { ReconcileText(answer, under: $0).text }
    #expect(Set(texts.map(numbers)).count == 1)
    #expect(Set(try agreements.map { try ReconcileJSON(answer, under: $0).text() }).count == 1)
    if sample == .winRate { #expect(texts[2].hasPrefix("Close rate: ")) }
  }

  @Test func `a reader without a word of its own reads the usual one`() {
    let words = StageWords(agreement(SampleCompany.agreement, for: .marketing))
    #expect(words.label("lead") == "contact" && words.label("mql") == "MQL")
    #expect(words.label(2) == "hand-over" && words.step(0, 1) == "contact → MQL")
    #expect(words.reach(2) == "reach “hand-over”" && words.plural(2) == "leads at “hand-over”")
    #expect(words.reach(1) == "are called qualified by marketing")
  }

  @Test func `a word that could do harm is taken as text`() {
    var agreement = SampleCompany.agreement
    agreement.reader = .sales
    agreement.vocabulary = [
      VocabularyTerm(term: "mql", words: [.sales: "\u{1B}[31mred\u{202E}"]),
      VocabularyTerm(term: "sql", words: [.sales: ""]),
    ]
    let words = StageWords(agreement)
    #expect(!words.label("mql").contains("\u{1B}") && !words.label("mql").contains("\u{202E}"))
    #expect(words.label("sql") == "SQL")
  }
}
