import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// From facts to the verdict, on companies whose truth is known.
struct DiagnosisTests {
  /// A company of two steps, lead to accepted to won, with a chance for each channel and owner.
  private struct Company {
    var channels = ["Google", "LinkedIn", "Meta", "Referral", "Search"]
    var owners = ["rep-1", "rep-2", "rep-3", "rep-4", "rep-5", "rep-6"]
    var leadsPerCell = 40
    var hasActivities = true
    var chance: (_ channel: String, _ owner: String) -> Double = { _, _ in 0.35 }
    /// The chance of being called in time and reached.
    var followUp: (_ channel: String, _ owner: String) -> Double = { _, _ in 0.85 }
    var count: (_ channel: String, _ owner: String) -> Int? = { _, _ in nil }
    /// The chances of leads that come in from day 200 on are those of the others times this.
    var lateFactor = 1.0

    func diagnosis(seed: UInt64) throws -> Diagnosis {
      var random = SeededGenerator(seed: seed)
      var facts = FactBuilder()
      var number = 0
      for channel in channels {
        for owner in owners {
          for _ in 0..<(count(channel, owner) ?? leadsPerCell) {
            number += 1
            add(number, channel, owner, &facts, &random)
          }
        }
      }
      var agreement = Agreement()
      agreement.path = [Stage(id: "lead"), Stage(id: "sql", owner: .sales), Stage(id: "won")]
      agreement.workingTime = WorkingTime(
        weekdays: Set(0...6),
        shifts: [WorkingTime.Shift(startMinute: 0, endMinute: 1440)]
      )
      let span = SalesSLA.Span(seconds: 4 * 3600, isWorkingTime: true)
      agreement.salesSLA = SalesSLA(firstTouch: SalesSLA.FirstTouch(usual: span))
      agreement.routing = .regardless
      agreement.horizonsInDays = ["sql-won": 60]
      let history = facts.history(agreement, asOfDay: 400)
      return try DiagnosisBuilder(agreement, source: EmbeddedCells(history))
        .diagnosis(gaps: history.gaps)
    }

    private func add(
      _ number: Int,
      _ channel: String,
      _ owner: String,
      _ facts: inout FactBuilder,
      _ random: inout SeededGenerator
    ) {
      let id = "\(number)"
      let day = random.uniform() * 300
      facts.lead(id, day: day, channel: channel, owner: owner)
      facts.stage(id, "sql", day: day + 0.5)
      let isMet = random.chance(followUp(channel, owner))
      if hasActivities {
        let touched = day + 0.5 + (isMet ? 0.1 : 1.5)
        facts.activity("a\(id)", lead: id, day: touched, owner: owner, outcome: "connected")
      }
      let factor = (isMet ? 1 : 0.45) * (day < 200 ? 1 : lateFactor)
      if random.chance(chance(channel, owner) * factor) {
        let won = day + 2 + min(50, random.exponential(mean: 10))
        facts.deal(
          "d\(id)",
          lead: id,
          created: won,
          closed: won,
          outcome: "won",
          amount: 100_000
        )
      } else {
        facts.stage(id, "lost", day: day + 2 + random.exponential(mean: 20))
      }
    }
  }

  private func named(_ diagnosis: Diagnosis) -> [String] {
    diagnosis.leaks.map { "\($0.party.rawValue) \($0.unit.id)" }.sorted()
  }

  @Test func `a company without leads has no leak and no verdict`() throws {
    var company = Company()
    company.leadsPerCell = 0
    let diagnosis = try company.diagnosis(seed: 1)
    #expect(diagnosis.leaks.isEmpty)
    #expect(diagnosis.work.closed == .nobodyHandedOff)
    #expect(diagnosis.verdict.parties.map(\.answer) == Array(repeating: .undetermined, count: 3))
  }

  @Test func `nobody wins, everybody wins, one channel, one rep: nobody is blamed`() throws {
    var nobody = Company()
    nobody.chance = { _, _ in 0 }
    var everybody = Company()
    everybody.chance = { _, _ in 1 }
    everybody.followUp = { _, _ in 1 }
    var oneChannel = Company()
    oneChannel.channels = ["Meta"]
    var oneOwner = Company()
    oneOwner.owners = ["rep-1"]
    for company in [nobody, everybody, oneChannel, oneOwner] {
      #expect(named(try company.diagnosis(seed: 3)).isEmpty)
    }
  }

  @Test func `noise gets no name: on ten healthy companies at most one is blamed`() throws {
    let blamed = try (UInt64(0)..<10).count { try !Company().diagnosis(seed: $0).leaks.isEmpty }
    #expect(blamed <= 1)
  }

  @Test func `a bad channel is marketing's, with money and the step where it shows`() throws {
    var company = Company()
    company.leadsPerCell = 60
    company.chance = { channel, _ in channel == "Meta" ? 0.12 : 0.4 }
    let diagnosis = try company.diagnosis(seed: 1)
    #expect(named(diagnosis) == ["marketing channel/Meta/direct"])
    let leak = try #require(diagnosis.leaks.first)
    // 360 leads of Meta, 28 points more for those in time, 13 for the others.
    #expect((55...120).contains(leak.recoverable.wins))
    #expect((leak.recoverable.winsBadCase ?? 0) > leak.recoverable.wins)
    #expect(leak.recoverable.revenue == leak.recoverable.wins * 100_000)
    #expect(leak.places.map(\.fromStage) == [1])
    let rest = try #require(leak.restRate)
    #expect(rest > (leak.evidence.rawRate ?? 1))
    #expect(leak.restLeads == diagnosis.verdict.leads - leak.evidence.leads)
  }

  @Test func `without activities a bad channel is seen, but leads and hand-off stay open`() throws {
    var company = Company()
    company.leadsPerCell = 60
    company.hasActivities = false
    company.chance = { channel, _ in channel == "Meta" ? 0.12 : 0.4 }
    let diagnosis = try company.diagnosis(seed: 1)
    #expect(named(diagnosis).isEmpty)
    let marketing = try #require(diagnosis.verdict[.marketing])
    #expect(marketing.answer == .undetermined)
    #expect(marketing.withheld.map(\.unit.channel) == ["Meta"])
    #expect(diagnosis.work.followUp == .notRecorded)
  }

  @Test func `a rep who wins less of the same leads is sales'`() throws {
    var company = Company()
    company.leadsPerCell = 60
    company.chance = { _, owner in owner == "rep-2" ? 0.12 : 0.4 }
    #expect(named(try company.diagnosis(seed: 2)) == ["sales owner/rep-2/direct"])
  }

  @Test func `a rep who calls late is sales', by the follow-up`() throws {
    var company = Company()
    company.leadsPerCell = 80
    company.chance = { _, _ in 0.5 }
    company.followUp = { _, owner in owner == "rep-4" ? 0.2 : 0.9 }
    #expect(named(try company.diagnosis(seed: 3)) == ["sales owner/rep-4/follow_up"])
  }

  @Test func `a channel that waits whoever works it is the hand-off's`() throws {
    var company = Company()
    company.leadsPerCell = 80
    company.chance = { _, _ in 0.5 }
    company.followUp = { channel, _ in channel == "Meta" ? 0.2 : 0.9 }
    #expect(named(try company.diagnosis(seed: 4)) == ["hand_off channel/Meta/follow_up"])
  }

  @Test func `a rep who is handed a bad channel looks lower and is not blamed for it`() throws {
    var company = Company()
    company.chance = { channel, _ in channel == "Meta" ? 0.1 : 0.45 }
    company.count = { channel, owner in
      channel == "Meta" ? (owner == "rep-1" ? 250 : 60) : (owner == "rep-1" ? 25 : 70)
    }
    let diagnosis = try company.diagnosis(seed: 5)
    #expect(named(diagnosis) == ["marketing channel/Meta/direct"])
    #expect(diagnosis.lookAlikes.map(\.unit) == ["rep-1"])
  }

  @Test func `reps who disagree about a channel are the hand-off's, and no single rep's`() throws {
    var company = Company()
    company.leadsPerCell = 100
    company.chance = { channel, owner in
      channel == "Meta" && ["rep-1", "rep-2", "rep-3"].contains(owner) ? 0.04 : 0.4
    }
    let diagnosis = try company.diagnosis(seed: 6)
    #expect(named(diagnosis).contains("hand_off channel_split/Meta/direct"))
    #expect(!diagnosis.leaks.contains { $0.party == .sales })
    let split = try #require(diagnosis.leaks.first { $0.unit.kind == .channelSplit })
    #expect(Set(split.disagreement?.lowerOwners ?? []) == ["rep-1", "rep-2", "rep-3"])
  }

  @Test func `reps who each work one channel only leave it undetermined`() throws {
    var company = Company()
    company.owners = ["rep-1", "rep-2", "rep-3", "rep-4", "rep-5"]
    let own = Dictionary(uniqueKeysWithValues: zip(company.channels, company.owners))
    company.count = { channel, owner in own[channel] == owner ? 250 : 0 }
    company.chance = { channel, _ in channel == "Meta" ? 0.12 : 0.4 }
    let diagnosis = try company.diagnosis(seed: 7)
    #expect(named(diagnosis).isEmpty)
    #expect(diagnosis.verdict[.marketing]?.answer == .undetermined)
    #expect(diagnosis.verdict[.sales]?.answer == .undetermined)
    #expect(diagnosis.lookAlikes.contains { $0.unit == "Meta" && !$0.isExplained })
  }

  @Test func `a step that changed from month to month is said to have`() throws {
    var company = Company()
    company.leadsPerCell = 60
    #expect(try company.diagnosis(seed: 12).drifts.isEmpty)
    company.lateFactor = 0.3
    let drifts = try company.diagnosis(seed: 12).drifts
    // Days are counted from 1970-01-01: day 200 is in July.
    #expect(drifts.map(\.fromStage) == [1])
    #expect(["1970-07", "1970-08"].contains(drifts.first?.firstAlike ?? ""))
  }

  @Test func `leaks of a channel and a rep add up to what mending both brings`() throws {
    var company = Company()
    company.leadsPerCell = 80
    company.followUp = { _, _ in 1 }
    company.chance = { channel, owner in
      (channel == "Meta" ? 0.4 : 1) * (owner == "rep-2" ? 0.4 : 1) * 0.5
    }
    let diagnosis = try company.diagnosis(seed: 11)
    #expect(
      named(diagnosis) == ["marketing channel/Meta/direct", "sales owner/rep-2/direct"]
    )
    let wins = diagnosis.leaks.reduce(0) { $0 + $1.recoverable.wins }
    // Truth: 480 leads of Meta (80 of them rep-2's) and 320 others of rep-2; some shrinkage.
    let truth = 0.5 * (400 * 0.6 + 320 * 0.6 + 80 * (1 - 0.16))
    #expect(abs(wins - truth) < 0.25 * truth)
  }
}
