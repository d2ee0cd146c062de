import PlumblineAgreement
import PlumblineCore
import PlumblineYAML
import Testing

struct AgreementReaderTests {
  @Test func `takes the documented default for everything not given`() throws {
    let (agreement, diagnostics) = AgreementReader.read(text: "agreement: 1\n", file: "a.yaml")
    let read = try #require(agreement)
    let expected = Agreement()
    #expect(diagnostics.isEmpty)
    #expect(read.company == "")
    #expect(read.version == "1")
    #expect(read.effective == nil)
    #expect(read.currency == "USD")
    #expect(read.calendar.zoneName == LocalCalendar.utc.zoneName)
    #expect(read.path == expected.path)
    #expect(read.detours == expected.detours)
    #expect(read.skips == .filled)
    #expect(read.returns == .newEpisode)
    #expect(read.confirmations == [])
    #expect(read.channels == [])
    #expect(read.economics == Economics())
    #expect(read.horizonsInDays == [:])
    #expect(read.thresholds == VerdictThresholds())
    #expect(read.leakThresholds == LeakThresholds())
    #expect(read.workingTime == .usual)
    #expect(read.salesSLA == nil)
    #expect(read.agreedHandOff == nil)
    #expect(read.routing == nil)
    #expect(read.plan == nil)
  }

  @Test(arguments: SkipRule.allCases, ReturnRule.allCases)
  func `reads how skips and returns count`(skips: SkipRule, returns: ReturnRule) throws {
    let text = "agreement: 1\nstages: {skips: \(skips.rawValue), returns: \(returns.rawValue)}\n"
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(diagnostics.map(\.description) == [])
    #expect(try #require(agreement).journeyRule == JourneyRule(skips: skips, returns: returns))
  }

  @Test(arguments: [1, 30, 3650])
  func `reads what confirms a stage`(days: Int) throws {
    let text = """
      agreement: 1
      stages:
        path:
          - lead
          - {id: mql, confirmed_by: {stage: won, within_days: \(days)}}
          - {id: sql, confirmed_by: {within_days: 2, stage: won}}
          - won

      """
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(diagnostics.map(\.description) == [])
    let expected = [
      Confirmation(stage: 1, by: 3, withinDays: days), Confirmation(stage: 2, by: 3, withinDays: 2),
    ]
    #expect(try #require(agreement).confirmations == expected)
    #expect(agreement?.journeyRule.confirmations == expected)
  }

  @Test(arguments: [
    (
      "{stage: won, within_days: 0}",
      ["\"within_days\" must be between 1 and 3650, not 0. [agreement.out-of-range]"]
    ),
    (
      "{stage: won, within_days: 3651}",
      ["\"within_days\" must be between 1 and 3650, not 3651. [agreement.out-of-range]"]
    ),
    (
      "won",
      [
        "\"confirmed_by\" must be a mapping, not \"won\".\n"
          + "  Known keys: stage, within_days. [agreement.wrong-type]"
      ]
    ),
    (
      "{stage: won}",
      ["\"confirmed_by\" has no \"within_days\".\n  Add \"within_days\". [agreement.missing-key]"]
    ),
    (
      "{within_days: 3}",
      ["\"confirmed_by\" has no \"stage\".\n  Add \"stage\". [agreement.missing-key]"]
    ),
  ])
  func `says what is missing or out of range where a stage is confirmed`(
    entry: String,
    expected: [String]
  ) {
    let text = "agreement: 1\nstages: {path: [lead, {id: mql, confirmed_by: \(entry)}, won]}\n"
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(agreement == nil)
    #expect(
      diagnostics.map { String($0.description.split(separator: "error: ", maxSplits: 1)[1]) }
        == expected
    )
  }

  @Test func `reads every field`() throws {
    let text = """
      agreement: 1
      company: Acme Analytics
      version: 2026-Q1
      effective: 2026-01-01
      currency: EUR
      time_zone: Europe/Berlin
      stages:
        path:
          - lead
          - {id: mql, is: "worth a call", owner: marketing, also: [Qualified, "MQL (new)"]}
          - {id: demo, evidence: [meeting_held], also: Demo held}
          - {id: meeting_held, evidence: []}
          - {id: won, owner: sales, evidence: deal_won}
        detours: [recycled, {id: lost, is: gone}]
        skips: strict
      channels:
        Google Ads: {also: [google, adwords]}
        Meta: [facebook, ig]
        Fair: trade fair
        Other:
      economics: {gross_margin: 0.78, horizon: 2 years, sales_cost: {rep_month: 11000.5}}
      horizons: {mql-won: 13 weeks, lead-mql: 1 day}
      verdict: {relative_difference: 0.1, false_discovery_rate: 0.01, minimum_leads: 1}

      """
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(diagnostics.map(\.description) == [])
    let read = try #require(agreement)
    #expect(read.company == "Acme Analytics")
    #expect(read.version == "2026-Q1")
    #expect(read.effective?.description == "2026-01-01")
    #expect(read.currency == "EUR")
    #expect(read.calendar.zoneName == "Europe/Berlin")
    #expect(
      read.path == [
        Stage(id: "lead"),
        Stage(
          id: "mql",
          meaning: "worth a call",
          owner: .marketing,
          evidence: [],
          aliases: ["Qualified", "MQL (new)"]
        ),
        Stage(id: "demo", evidence: [.meetingHeld], aliases: ["Demo held"]),
        Stage(id: "meeting_held", evidence: []),
        Stage(id: "won", owner: .sales, evidence: [.dealWon]),
      ]
    )
    #expect(read.path.first?.evidence == [.leadCreated])
    #expect(read.detours == [Stage(id: "recycled"), Stage(id: "lost", meaning: "gone")])
    #expect(read.skips == .strict)
    #expect(
      read.channels == [
        ChannelName(name: "Google Ads", aliases: ["google", "adwords"]),
        ChannelName(name: "Meta", aliases: ["facebook", "ig"]),
        ChannelName(name: "Fair", aliases: ["trade fair"]),
        ChannelName(name: "Other"),
      ]
    )
    #expect(
      read.economics
        == Economics(grossMargin: 0.78, horizonInMonths: 24, repMonthCost: 1_100_050)
    )
    #expect(read.horizonsInDays == ["mql-won": 91, "lead-mql": 1])
    #expect(
      read.thresholds
        == VerdictThresholds(relativeDifference: 0.1, falseDiscoveryRate: 0.01, minimumLeads: 1)
    )
  }

  @Test func `takes channels as a list of names`() throws {
    let text = "agreement: 1\nchannels: [Google Ads, Meta]\n"
    let agreement = try #require(AgreementReader.read(text: text, file: "a.yaml").agreement)
    #expect(agreement.channels == [ChannelName(name: "Google Ads"), ChannelName(name: "Meta")])
  }

  @Test(arguments: [("JPY", "1500000", 1_500_000), ("EUR", "0", 0), ("KWD", "2000.125", 2_000_125)])
  func `counts money in the currency's own minor unit`(
    currency: String,
    amount: String,
    minorUnits: Int64
  ) throws {
    let text = """
      agreement: 1
      currency: \(currency)
      economics: {sales_cost: {rep_month: \(amount)}}

      """
    let agreement = try #require(AgreementReader.read(text: text, file: "a.yaml").agreement)
    #expect(agreement.economics.repMonthCost == minorUnits)
  }

  @Test func `carries the SHA-256 of the file's bytes`() throws {
    // Computed with: printf 'agreement: 1\n' | sha256sum (GNU coreutils 9.4)
    let hash = "207737f96a06b60d4d21a96a7522965953fc195856b983b45bf9802c4a4745dd"
    #expect(AgreementReader.hash(of: Array("agreement: 1\n".utf8)) == hash)
    let read = try #require(AgreementReader.read(text: "agreement: 1\n", file: "a").agreement)
    #expect(read.hash == hash)
    let other = try #require(AgreementReader.read(text: "agreement: 1 \n", file: "a").agreement)
    #expect(other.hash != hash)
  }

  @Test(arguments: [
    (
      "",
      ["a.yaml: error: the file holds nothing but blanks and comments. [yaml.empty]"]
    ),
    (
      "- agreement\n",
      [
        "a.yaml:1:1: error: the agreement must be a mapping, not a list.\n"
          + "  Known keys: \(AgreementKeys.all[0].known.joined(separator: ", ")). "
          + "[agreement.wrong-type]"
      ]
    ),
    (
      "company: Acme\n",
      [
        "a.yaml:1:1: error: the agreement has no \"agreement\".\n  Add \"agreement\". "
          + "[agreement.missing-key]"
      ]
    ),
    (
      "agreement: 2\ncompnay: x\n",
      [
        "a.yaml:1:12: error: the agreement has format \"2\"; this version reads format 1.\n"
          + "  Write \"agreement: 1\", or use a newer version. [agreement.format]"
      ]
    ),
    (
      "agreement: 1\ncompnay: x\nstages: {path: [lead, {di: won}], skip: any}\n",
      [
        "a.yaml:2:1: error: the agreement has no key \"compnay\".\n"
          + "  Did you mean \"company\"? [agreement.unknown-key]",
        "a.yaml:3:23: error: entry 2 of \"path\" has no \"id\".\n"
          + "  Add \"id\". [agreement.missing-key]",
        "a.yaml:3:24: error: entry 2 of \"path\" has no key \"di\".\n"
          + "  Did you mean \"id\"? [agreement.unknown-key]",
        "a.yaml:3:35: error: \"stages\" has no key \"skip\".\n"
          + "  Did you mean \"skips\"? [agreement.unknown-key]",
      ]
    ),
    (
      "agreement: 1\nstages: {skips: fill, path: [lead, {id: won, owner: saless, evidence: [won]}]}\n",
      [
        "a.yaml:2:17: error: \"skips\" must be one of strict, any, filled, ordered, "
          + "not \"fill\".\n"
          + "  Did you mean \"filled\"? [agreement.wrong-type]",
        "a.yaml:2:53: error: \"owner\" must be one of marketing, sales, not \"saless\".\n"
          + "  Did you mean \"sales\"? [agreement.wrong-type]",
        "a.yaml:2:72: error: entry 1 of \"evidence\" must be one of lead_created, meeting_booked, "
          + "meeting_held, deal_created, deal_won, deal_lost, not \"won\". [agreement.wrong-type]",
      ]
    ),
    (
      "agreement: 1\neconomics: {gross_margin: 78%, horizon: 24, sales_cost: {rep_month: 11,5}}\n",
      [
        "a.yaml:2:27: error: \"gross_margin\" must be a share from 0 to 1, not \"78%\".\n"
          + "  Write 0.78. [agreement.wrong-type]",
        "a.yaml:2:41: error: \"horizon\" must be a number of months or years, not \"24\".\n"
          + "  Write 24 months. [agreement.wrong-type]",
        "a.yaml:2:72: error: \"sales_cost\" has no key \"5\".\n"
          + "  Known keys: attrition, commission, hire, hours_per_month, leads_per_month, minutes, "
          + "ramp, rep_month. [agreement.unknown-key]",
      ]
    ),
    (
      "agreement: 1\nhorizons: {lead-won: 3 months, lead-mql: 0 days, mql-won: 522 weeks}\n",
      [
        "a.yaml:2:22: error: \"lead-won\" of \"horizons\" must be a number of days or weeks, not "
          + "\"3 months\".\n  Write 91 days. [agreement.wrong-type]",
        "a.yaml:2:42: error: \"lead-mql\" of \"horizons\" must be between 1 day and 3650 days, not "
          + "\"0 days\". [agreement.out-of-range]",
        "a.yaml:2:59: error: \"mql-won\" of \"horizons\" must be between 1 day and 3650 days, not "
          + "\"522 weeks\". [agreement.out-of-range]",
      ]
    ),
    (
      "agreement: 1\nverdict: {minimum_leads: 0}\nchannels: {\"\": x}\ncompany: [x]\nversion: ' '\n",
      [
        "a.yaml:2:26: error: \"minimum_leads\" must be between 1 and 1000000, not 0. "
          + "[agreement.out-of-range]",
        "a.yaml:3:12: error: a channel's name must not be empty. [agreement.no-value]",
        "a.yaml:4:10: error: \"company\" must be a text, not a list. [agreement.wrong-type]",
        "a.yaml:5:10: error: \"version\" must not be empty. [agreement.no-value]",
      ]
    ),
  ])
  func `finds everything that has the wrong form`(text: String, findings: [String]) {
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(agreement == nil)
    #expect(diagnostics.map(\.description) == findings)
  }

  @Test(arguments: UInt64(0)..<10)
  func `keeps its promises on damaged files`(seed: UInt64) {
    let tally = AgreementReader.fuzz(iterations: 150, seed: seed)
    #expect(tally.tried == 150)
    #expect(tally.accepted > 0)
    #expect(tally.failures == [])
  }
}
