import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// The first rule for whose leak it is, on companies whose truth is known.
struct DiagnosisTests {
  /// A company of one step, lead to won, with a chance for each channel and owner.
  private struct Company {
    var channels = ["Google", "LinkedIn", "Meta", "Referral", "Search"]
    var owners = ["rep-1", "rep-2", "rep-3", "rep-4", "rep-5", "rep-6"]
    var leadsPerCell = 40
    var chance: (_ channel: String, _ owner: String) -> Double = { _, _ in 0.4 }
    var count: (_ channel: String, _ owner: String) -> Int? = { _, _ in nil }

    func diagnosis(seed: UInt64) throws -> Diagnosis {
      var random = SeededGenerator(seed: seed)
      var facts = FactBuilder()
      var number = 0
      for channel in channels {
        for owner in owners {
          for _ in 0..<(count(channel, owner) ?? leadsPerCell) {
            number += 1
            let day = random.uniform() * 300
            facts.lead("\(number)", day: day, channel: channel, owner: owner)
            if random.chance(chance(channel, owner)) {
              let won = day + 1 + random.exponential(mean: 10)
              facts.deal(
                "d\(number)",
                lead: "\(number)",
                created: day,
                closed: won,
                outcome: "won",
                amount: 100_000
              )
            } else {
              facts.stage("\(number)", "lost", day: day + 1 + random.exponential(mean: 20))
            }
          }
        }
      }
      var agreement = Agreement()
      agreement.path = [Stage(id: "lead"), Stage(id: "won")]
      let history = facts.history(agreement, asOfDay: 330)
      return try DiagnosisBuilder(agreement, source: EmbeddedCells(history))
        .diagnosis(gaps: history.gaps)
    }
  }

  private func named(_ diagnosis: Diagnosis) -> [String] {
    diagnosis.findings.map { "\($0.party.rawValue) \($0.comparison.unit)" }.sorted()
  }

  @Test func `a company without leads has no findings and no verdict`() throws {
    var company = Company()
    company.leadsPerCell = 0
    let diagnosis = try company.diagnosis(seed: 1)
    #expect(diagnosis.findings.isEmpty)
    #expect(diagnosis.parties.allSatisfy { $0.answer == .undetermined })
  }

  @Test func `nobody wins, everybody wins, one channel, one rep: nobody is blamed`() throws {
    var nobody = Company()
    nobody.chance = { _, _ in 0 }
    var everybody = Company()
    everybody.chance = { _, _ in 1 }
    var oneChannel = Company()
    oneChannel.channels = ["Meta"]
    var oneOwner = Company()
    oneOwner.owners = ["rep-1"]
    for company in [nobody, everybody] {
      #expect(named(try company.diagnosis(seed: 3)).isEmpty)
    }
    let blamed = try (UInt64(0)..<10).flatMap { seed in
      try [oneChannel, oneOwner].flatMap { named(try $0.diagnosis(seed: seed)) }
    }
    #expect(blamed.count <= 2)
  }

  @Test func `noise gets no name: on forty healthy companies at most two are blamed`() throws {
    let blamed = try (UInt64(0)..<40).count { seed in
      try !Company().diagnosis(seed: seed).findings.isEmpty
    }
    #expect(blamed <= 2)
  }

  @Test func `beside a bad channel, at most two of forty companies see a rep blamed`() throws {
    var company = Company()
    company.chance = { channel, _ in channel == "Meta" ? 0.15 : 0.4 }
    let blamed = try (UInt64(100)..<140).count { seed in
      try company.diagnosis(seed: seed).findings.contains { $0.party == .sales }
    }
    #expect(blamed <= 2)
  }

  @Test(arguments: UInt64(0)..<5)
  func `a bad channel is marketing's, with money`(seed: UInt64) throws {
    var company = Company()
    company.chance = { channel, _ in channel == "Meta" ? 0.15 : 0.4 }
    let diagnosis = try company.diagnosis(seed: seed)
    #expect(named(diagnosis) == ["marketing Meta"])
    let recoverable = try #require(diagnosis.findings.first?.recoverable)
    // 240 leads of Meta at 25 points more.
    #expect((40...80).contains(recoverable.wins))
    #expect(recoverable.winsLow <= recoverable.wins && recoverable.wins <= recoverable.winsHigh)
    #expect((recoverable.revenue ?? 0) == recoverable.wins * 100_000)
  }

  @Test(arguments: UInt64(0)..<5)
  func `a bad rep is sales', whatever the channel`(seed: UInt64) throws {
    var company = Company()
    company.chance = { _, owner in owner == "rep-2" ? 0.15 : 0.4 }
    #expect(named(try company.diagnosis(seed: seed)) == ["sales rep-2"])
  }

  @Test(arguments: UInt64(0)..<5)
  func `a rep who is handed a bad channel is not blamed for it`(seed: UInt64) throws {
    var company = Company()
    company.chance = { channel, _ in channel == "Meta" ? 0.12 : 0.45 }
    company.count = { channel, owner in
      channel == "Meta" ? (owner == "rep-1" ? 200 : 30) : (owner == "rep-1" ? 15 : 45)
    }
    let diagnosis = try company.diagnosis(seed: seed)
    #expect(named(diagnosis) == ["marketing Meta"])
    #expect(diagnosis.explainedByMix.map(\.unit) == ["rep-1"])
  }

  @Test(arguments: UInt64(0)..<5)
  func `reps who disagree about a channel are the hand-off's, and no single rep's`(
    seed: UInt64
  )
    throws
  {
    var company = Company()
    company.leadsPerCell = 80
    company.chance = { channel, owner in
      channel == "Meta" && ["rep-1", "rep-2", "rep-3"].contains(owner) ? 0.05 : 0.4
    }
    #expect(named(try company.diagnosis(seed: seed)) == ["hand_off Meta"])
  }

  @Test(arguments: UInt64(0)..<5)
  func `reps who each work one channel only leave it undetermined`(seed: UInt64) throws {
    var company = Company()
    company.owners = ["rep-1", "rep-2", "rep-3", "rep-4", "rep-5"]
    let own = Dictionary(uniqueKeysWithValues: zip(company.channels, company.owners))
    company.count = { channel, owner in own[channel] == owner ? 250 : 0 }
    company.chance = { channel, _ in channel == "Meta" ? 0.15 : 0.4 }
    let diagnosis = try company.diagnosis(seed: seed)
    #expect(named(diagnosis) == ["undetermined Meta"])
    #expect(diagnosis.findings.map(\.reason) == [.notCrossed])
    let wins = diagnosis.findings.reduce(0) { $0 + $1.recoverable.wins }
    #expect((35...90).contains(wins))
  }

  @Test func `leaks of a channel and a rep add up to what mending both brings`() throws {
    var company = Company()
    company.leadsPerCell = 80
    company.chance = { channel, owner in
      (channel == "Meta" ? 0.4 : 1) * (owner == "rep-2" ? 0.4 : 1) * 0.5
    }
    let diagnosis = try company.diagnosis(seed: 11)
    #expect(named(diagnosis) == ["marketing Meta", "sales rep-2"])
    let wins = diagnosis.findings.reduce(0) { $0 + $1.recoverable.wins }
    // Truth: 480 leads of Meta (80 of them rep-2's) and 320 others of rep-2.
    let truth = 0.5 * (400 * 0.6 + 320 * 0.6 + 80 * (1 - 0.16))
    #expect(abs(wins - truth) < 0.25 * truth)
  }
}
