import Foundation
import PlumblineConnectors
import PlumblineCore
import PlumblineTestSupport
import Testing

/// What Plumbline does at the traps of the public data sets; see Documentation/data-quirks.md.
@Suite(.enabled(if: RealDataSet.areAvailable, Comment(rawValue: RealDataSet.absenceNote)))
struct RealDataTrapsTests {
  private func codes(_ outcome: FileImport.Outcome) -> [String] { outcome.diagnostics.map(\.code) }

  private func gap(_ kind: CaptureGap.Kind, _ history: CompanyHistory) -> Int {
    history.gaps.first { $0.kind == kind }?.count ?? 0
  }

  private func diagnosis(_ set: RealDataSet) throws -> Diagnosis {
    let history = try set.history()
    return try DiagnosisBuilder(history.agreement, source: EmbeddedCells(history)).diagnosis()
  }

  // MARK: Whole rows in quotes

  @Test func `rows that stand in quotes as a whole give the same facts, and are told`() throws {
    let sound = try RealDataSet.xEducation.read()
    let broken = try RealDataSet.xEducation.read(["Leads_338_rows_quoted_whole.csv.gz"])
    #expect(codes(sound) == ["file.unnamed-column"])
    #expect(codes(broken) == ["file.rows-unquoted"])
    #expect(sound.files.map(\.mendedCount) == [0])
    #expect(broken.files.map(\.mendedCount) == [338])
    #expect(broken.refused.isEmpty)
    for kind in FactKind.allCases {
      #expect(broken.batch[kind].columns == sound.batch[kind].columns, "\(kind)")
    }
    for domain in TextDomain.allCases {
      let (left, right) = (broken.batch.texts[domain], sound.batch.texts[domain])
      #expect(left.count == right.count)
      for code in 0..<UInt32(left.count) { #expect(left[code] == right[code]) }
    }
  }

  @Test func `without any dates there are counts, and no rates`() throws {
    let history = try RealDataSet.xEducation.history()
    let builder = FunnelBuilder(history.agreement, source: EmbeddedCells(history))
    let answer = try builder.answer(builder.question(by: [.channel]))
    for row in answer.rows + [answer.total] {
      #expect(row.firstToLast.status == .undated)
      #expect(row.firstToLast.rate == nil)
    }
    #expect(gap(.leadWithoutDate, history) == 9240)
    #expect(gap(.leadWithoutChannel, history) == 36)
    #expect(gap(.lookAlikeChannels, history) == 0)
    #expect(try diagnosis(.xEducation).leaks.isEmpty)
  }

  // MARK: Contradictions

  @Test func `a deal dated before its lead begins the lead once`() throws {
    let history = try RealDataSet.zoho.history()
    let journeys = Journeys(history, skips: .filled)
    #expect(journeys.count == 3900)
    // 1,819 deals were created before their lead, 459 of them were even closed before it.
    #expect(gap(.eventBeforeLead, history) == 2278)
    #expect(gap(.activityWithoutLead, history) == 3930)
  }

  @Test func `a time of day that means nothing is left out`() throws {
    let ledger = try RealDataSet.zoho.ledger()
    for (kind, column) in [(FactKind.lead, "created"), (.deal, "created"), (.deal, "closed")] {
      let times = ledger[kind][column].map { TimePoint(rawValue: $0) }
      #expect(!times.isEmpty)
      #expect(times.allSatisfy { $0.isDated && $0.precision == .day }, "\(kind) \(column)")
    }
  }

  @Test func `what is planned was not reached, and what was dropped has a reason`() throws {
    let set = RealDataSet.homeLoan
    let ledger = try set.ledger()
    let events = ledger[.stageEvent]
    let dropped = ledger.texts[.stage].code(of: "dropped").map(Int64.init)
    let reasons = zip(events["stage"], events["reason"]).filter { $0.0 == dropped }.map(\.1)
    #expect(reasons.count == 743)
    #expect(!reasons.contains(Int64(TextDictionary.missing)))
    // Every lead either completes the path or is dropped: none is left open by a planned step.
    let history = CompanyHistory(ledger, under: try set.agreement())
    let cells = EmbeddedCells(history).cells(for: FunnelQuestion(skips: .filled, pairs: []))
    #expect(try #require(cells.total).transitions.map(\.open) == Array(repeating: 0, count: 8))
  }

  @Test func `meetings without an outcome are unconfirmed, and expected closing days no facts`()
    throws
  {
    let history = try RealDataSet.hubspotLike.history()
    #expect(gap(.meetingWithoutOutcome, history) == 66 + 73)
    #expect(gap(.dealWithoutOutcome, history) == 0)
    #expect(gap(.dealWithoutLead, history) == 0)
    // The newest closing day expected of an open deal is 2025-10-29.
    #expect(history.agreement.calendar.day(of: history.asOf) == CivilDate("2025-05-02"))
  }

  @Test func `a look-up that finds everything says nothing, and its file counts as read`() throws {
    let outcome = try RealDataSet.leadforge.read()
    #expect(codes(outcome).isEmpty)
    #expect(Set(outcome.importedFiles.map(\.name)) == Set(RealDataSet.leadforge.files))
    #expect(!outcome.batch[.lead]["segment"].contains(Int64(TextDictionary.missing)))
  }

  // MARK: Spend

  @Test func `a rounded copy of spend is the same spend, replaced and not added`() throws {
    let set = RealDataSet.dailyAdSpend
    var ledger = try set.ledger()
    let exact = ledger[.spend]
    let copy = try set.read(["Marketing_us_dates_bom.csv"])
    let (_, novelty) = ledger.addNews(of: copy.batch, try set.record(copy))
    #expect(novelty[.spend]?.new == 0)
    let rounded = ledger[.spend]
    #expect(rounded.rowCount == 308)
    for column in ["from", "campaign", "channel", "impressions", "clicks", "leads", "orders"] {
      #expect(rounded[column] == exact[column], "\(column)")
    }
    for (before, after) in zip(exact["amount"], rounded["amount"]) {
      // The copy rounds to whole units: half of one, in hundredths.
      #expect(abs(before - after) <= 50)
      #expect(after.isMultiple(of: 100))
    }
    let sums = [exact, rounded].map { $0["amount"].reduce(0, +) }
    #expect(abs(sums[0] - sums[1]) <= 50 * 308)
    #expect(exact["amount"] != rounded["amount"])
  }

  /// Spend and claimed revenue by campaign, where both are known, in minor units.
  private func claims(_ ledger: Ledger) -> [String: (spent: Int64, claimed: Int64)] {
    let (table, names) = (ledger[.spend], ledger.texts[.campaign])
    var sums: [String: (spent: Int64, claimed: Int64)] = [:]
    for row in 0..<table.rowCount {
      let (amount, revenue) = (table["amount"][row], table["revenue"][row])
      guard amount != FactColumn.noNumber, revenue != FactColumn.noNumber else { continue }
      let old = sums[names[UInt32(table["campaign"][row])]] ?? (0, 0)
      sums[names[UInt32(table["campaign"][row])]] = (old.spent + amount, old.claimed + revenue)
    }
    return sums
  }

  @Test(arguments: ["Marketing_iso.csv", "Marketing_us_dates_bom.csv"])
  func `five of the eleven campaigns claim less than they cost, in both copies`(
    file: String
  ) throws {
    let campaigns = claims(try RealDataSet.dailyAdSpend.ledger([file]))
    #expect(campaigns.count == 11)
    #expect(
      campaigns.filter { $0.value.claimed < $0.value.spent }.keys.sorted() == [
        "facebook_lal", "facebook_tier1", "facebook_tier2", "google_wide", "instagram_tier2",
      ]
    )
  }

  @Test func `every blank spend and revenue is told with its line, and adds nothing`() throws {
    let set = RealDataSet.messySpend
    let outcome = try set.read()
    #expect(codes(outcome) == ["import.blank-spend", "import.blank-revenue", "import.blank-ends"])
    #expect(outcome.diagnostics.last?.message.hasPrefix("494 rows of spend have") == true)
    #expect(outcome.refused.isEmpty)
    let lines = try String(contentsOfFile: set.path("Marketing.csv"), encoding: .utf8)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, finding) in outcome.diagnostics.prefix(2).enumerated() {
      let (column, count) = (5 + index, [254, 246][index])
      let blank = lines.indices.filter { line in
        let cells = lines[line].split(separator: ",", omittingEmptySubsequences: false)
        return cells.count == 7 && cells[column].isEmpty
      }.map { $0 + 1 }
      #expect(blank.count == count)
      #expect(finding.message.hasPrefix("\(count) rows of spend have no "))
      #expect(finding.location?.line == blank.first)
      let listed = finding.message.split(separator: " ").flatMap { word in
        let ends = word.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
        return ends.count == 2 ? Array(ends[0]...ends[1]) : ends
      }
      #expect(Array(listed.dropFirst()) == blank)
    }
    let batch = outcome.batch[.spend]
    #expect(batch.rowCount == 5000)
    #expect(batch["amount"].count { $0 == FactColumn.noNumber } == 254)
    #expect(batch["amount"].contains(0) == false)
  }

  @Test func `spellings of a channel are one by the agreement, or else look-alikes`() throws {
    let ledger = try RealDataSet.messySpend.ledger()
    // Blanks at the ends of names are gone when they are read.
    let campaigns = Set(ledger[.spend]["campaign"])
    #expect(campaigns.count == 8)
    let agreement = try RealDataSet.messySpend.agreement()
    let agreed = CompanyHistory(ledger, under: agreement)
    #expect(Set(agreed.spend.map(\.channel)).count == 8)
    #expect(gap(.lookAlikeChannels, agreed) == 0)
    var unnamed = agreement
    unnamed.channels = []
    let apart = CompanyHistory(ledger, under: unnamed)
    #expect(Set(apart.spend.map(\.channel)).count == 16)
    #expect(gap(.lookAlikeChannels, apart) == 8)
    // No spend is lost either way: 5,000 rows but 254 blanks.
    #expect(agreed.spend.count == 4746)
    #expect(apart.spend.count == 4746)
  }

  @Test func `a report's title and totals are no data, and its totals are checked`() throws {
    let outcome = try RealDataSet.googleAds.read()
    #expect(outcome.files.map(\.preambleLineCount) == [2])
    #expect(outcome.files.map(\.totalsRowCount) == [4])
    #expect(codes(outcome) == ["file.totals-rows"])
    #expect(outcome.diagnostics.first?.message.contains("but for rounding") == true)
    let currencies = outcome.batch[.spend]["currency"].map {
      outcome.batch.texts[.currency][UInt32($0)]
    }
    #expect(currencies == ["INR", "INR"])
  }

  // MARK: Blame

  /// Without the undated status every step has dates, so that all could be compared.
  @Test func `random facts with dates blame nobody either`() throws {
    let set = RealDataSet.hubspotLike
    var mapping = try set.mapping()
    mapping.files[0].records[0].fields.removeAll { $0.column == "status" }
    let outcome = try FileImport(mapping).read(set.files.map(set.path))
    var ledger = Ledger()
    _ = ledger.addNews(of: outcome.batch, try set.record(outcome))
    let history = CompanyHistory(ledger, under: try set.agreement())
    let diagnosis = try DiagnosisBuilder(history.agreement, source: EmbeddedCells(history))
      .diagnosis()
    #expect(diagnosis.comparisons.count > 50)
    #expect(diagnosis.leaks.isEmpty)
  }

  /// In these two, channels and reps were drawn without regard to what became of a lead.
  @Test(arguments: [RealDataSet.hubspotLike, .leadforge])
  func `where channels and reps are drawn at random nobody is blamed`(set: RealDataSet) throws {
    let diagnosis = try diagnosis(set)
    #expect(diagnosis.leaks.isEmpty)
    #expect(!diagnosis.verdict.parties.contains { $0.answer == .yes })
  }
}
