import PlumblineAgreement
import PlumblineCore
import Testing

struct AgreementWriterTests {
  @Test(
    arguments: [
      [], ["Google Ads"], ["Google Ads", "google ads ", "Meta", "", "  "],
      [
        "yes", "no: way", "#1", "*", "\"quoted\"", "日本", "a\nb",
        String(repeating: "x", count: 3000),
      ],
    ] as [[String]]
  )
  func `writes an agreement that reads back without a word`(channels: [String]) throws {
    let text = AgreementWriter.starter(
      company: "Müller & Söhne: \"fine\" #1",
      currency: "EUR",
      timeZone: "Europe/Berlin",
      observed: AgreementWriter.Observed(channels: channels)
    )
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(diagnostics.map(\.description) == [])
    let read = try #require(agreement)
    #expect(read.company == "Müller & Söhne: \"fine\" #1")
    #expect(read.currency == "EUR")
    #expect(read.calendar.zoneName == "Europe/Berlin")
    #expect(read.path.map(\.id) == Stage.defaultPath.map(\.id))
    #expect(read.path.map(\.evidence) == Stage.defaultPath.map(\.evidence))
    #expect(read.path.allSatisfy { !$0.meaning.isEmpty })
    #expect(read.detours.map(\.id) == Stage.defaultDetours.map(\.id))
    #expect(read.skips == .filled)
    #expect(read.returns == .newEpisode)
    #expect(read.confirmations == [])
    #expect(read.thresholds == VerdictThresholds())
    #expect(read.leakThresholds == LeakThresholds())
    #expect(read.workingTime == .usual)
    #expect(read.salesSLA == nil)
    #expect(read.path[read.handOffStage].id == "sql")
    let expected = channels.filter { $0 != "google ads " && !$0.allSatisfy { $0 == " " } }
    #expect(read.channels.map(\.name) == expected)
  }

  /// What the data may hold, from nothing to words that mean something in YAML.
  private static let observations = [
    AgreementWriter.Observed(),
    AgreementWriter.Observed(
      channels: ["Google Ads"],
      detourReasons: [
        .init(detour: "disqualified", reason: "bad timing"),
        .init(detour: "lost", reason: "Price: too \"high\"\n"),
        .init(detour: "lost", reason: "price #2, {again}"),
        .init(detour: "gone", reason: "x"),
      ],
      touchTypes: [
        "visit", "email_open", "E-Mail open", "half_life", "pricing, page", "unsubscribe: all", "",
        String(repeating: "x", count: 200),
      ],
      attributes: [
        .init(name: "employees", examples: ["51-200", "15", "501-4000"]),
        .init(name: "industries", examples: ["R&D: {x}", "no", "#1", "a"]),
        .init(name: "Industry", examples: ["b"]), .init(name: "Budget", examples: ["yes"]),
        .init(name: "range", examples: ["1..5"]), .init(name: " ", examples: ["x"]),
        .init(name: "empty", examples: []),
      ],
      ownerZones: 3
    ),
  ]

  private func starter(_ observed: AgreementWriter.Observed) -> String {
    AgreementWriter.starter(company: "", currency: "USD", timeZone: "UTC", observed: observed)
  }

  @Test(arguments: observations)
  func `explains each field in a line of its own`(observed: AgreementWriter.Observed) {
    let lines = starter(observed).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 120)
    #expect(lines.filter { $0.count > 102 } == [])
    for (index, line) in lines.enumerated() where line.first.map({ $0.isLetter }) == true {
      guard !line.hasPrefix("stages:") else { continue }
      #expect(lines[index - 1].hasPrefix("# "), "\(line)")
    }
  }

  private func uncommented(_ text: String) -> String {
    let keys = AgreementKeys.all[0].known.map { "# \($0):" } + ["#   "]
    return text.split(separator: "\n").map { line in
      keys.contains { line.hasPrefix($0) } ? String(line.dropFirst(2)) : String(line)
    }.joined(separator: "\n")
  }

  @Test(arguments: observations)
  func `shows examples that read well when the sign of comment is taken away`(
    observed: AgreementWriter.Observed
  ) throws {
    let text = uncommented(starter(observed))
    for key in AgreementKeys.all[0].known where key != "signatures" {
      let isShown = text.contains("\n\(key):")
      #expect(isShown, "\(key)")
    }
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(diagnostics.map(\.description) == [])
    let read = try #require(agreement)
    #expect(read.effective != nil)
    #expect(read.economics.repMonthCost == 1_000_000)
    #expect(read.economics.dealCoversMonths == 12)
    #expect(read.economics.sales.leadsPerRepMonth == 60)
    #expect(read.horizonsInDays == ["meeting_held-won": 91])
    #expect(read.agreedHandOff == "sql")
    #expect(read.routing == .regardless)
    #expect(read.plan?.total.rates == ["lead-mql": 0.45])
    #expect(read.plan?.total.meanDeal == 1_200_000)
    #expect(read.goals.count == 2)
    #expect(read.incentives.map(\.target) == [0.05])
    #expect(read.vocabulary.count == 1)
    #expect(read.dispositions.count == 3)
    #expect(read.marketingSLA?.qualifiedLeads?.count == 120)
    #expect(
      read.salesSLA
        == SalesSLA(
          firstTouch: .init(usual: .init(seconds: 4 * 3600, isWorkingTime: true)),
          compliance: 0.8,
          disposition: .init(seconds: 48 * 3600, isWorkingTime: true)
        )
    )
  }

  @Test func `its examples fit what is on record`() throws {
    let text = starter(Self.observations[1])
    #expect(text.contains("the data hold 3 such zones"))
    let read = try #require(
      AgreementReader.read(text: uncommented(text), file: "a.yaml").agreement
    )
    #expect(
      read.idealCustomer == [
        AttributeCriterion(name: "employees", match: .range(15, 4000)),
        AttributeCriterion(name: "industry", match: .words(["R&D: {x}", "no"])),
      ]
    )
    #expect(read.qualifyingFactors.map(\.id) == ["budget"])
    #expect(
      read.recycleRules.map(\.reason) == ["bad timing", "price #2, {again}"]
    )
    #expect(read.recycleRules.map(\.list) == ["nurture-bad-timing", "nurture-price-2-again"])
    #expect(read.scoring?.engagement.map(\.touch) == ["visit", "pricing, page"])
    #expect(read.suppression.unsubscribed == ["unsubscribe: all"])
  }
}
