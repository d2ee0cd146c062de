import PlumblineCore
import PlumblineTestSupport
import Testing

/// From histories to the counts behind the verdict.
struct WorkRecordsTests {
  /// A company whose activities are on record from the beginning on.
  private func company() -> WorkCompany { WorkCompany() }

  private func standings(_ records: WorkRecords) -> [HandOff.Standing] {
    records.handOffs.map(\.standing)
  }

  // MARK: Nothing to count

  @Test func `without leads there is nothing to ask`() throws {
    let records = try company().records()
    #expect(records.summary.closed == .nobodyHandedOff)
    #expect(records.summary.handedOff == 0)
    #expect(records.cells.cells.isEmpty && records.cells.channels.isEmpty)
    #expect(records.weeks.isEmpty)
    #expect(records.leadIDs().isEmpty)
  }

  @Test func `a path of one stage hands nothing off`() throws {
    var company = company()
    company.agreement.path = [Stage(id: "lead")]
    company.facts.lead("a", day: 1, channel: "Meta", owner: "ann")
    #expect(try company.records().summary.closed == .nobodyHandedOff)
  }

  @Test func `a path of two stages hands leads off when they come in`() throws {
    var company = company()
    company.agreement.path = [Stage(id: "lead"), Stage(id: "won")]
    company.agreement.horizonsInDays = ["lead-won": 10]
    company.facts.lead("a", day: 1, channel: "Meta", owner: "ann")
    company.facts.stage("a", "won", day: 5)
    let records = try company.records()
    #expect(records.summary.leads == 1)
    #expect(records.summary.wins == 1)
    #expect(records.summary.implied == 0)
  }

  @Test(arguments: [
    ("Meta", "", HandOff.Standing.withoutOwner, WorkSummary.ClosedReason.withoutOwner),
    ("", "ann", .withoutChannel, .withoutChannel), ("", "", .withoutOwner, .withoutOwner),
  ])
  func `a lead without an owner or a channel is counted apart where others have one`(
    channel: String,
    owner: String,
    standing: HandOff.Standing,
    closed: WorkSummary.ClosedReason
  ) throws {
    var company = company()
    company.handOff("a", 4, channel: channel, owner: owner)
    company.handOff("b", 390)
    let records = try company.records()
    #expect(standings(records) == [standing, .tooYoung])
    // With as many leads that are too young, that is what is said.
    company.handOff("c", 4, channel: channel, owner: owner)
    #expect(try company.records().summary.closed == closed)
    #expect(try company.records().cells.leads == 0)
  }

  @Test(arguments: [("Meta", ""), ("", "ann"), ("", "")])
  func `where nobody has an owner or a channel there is one for all`(
    channel: String,
    owner: String
  ) throws {
    var company = company()
    company.handOff("a", 4, channel: channel, owner: owner)
    company.handOff("b", 4, channel: channel, owner: owner)
    let records = try company.records()
    #expect(records.summary.closed == nil)
    #expect(records.cells.leads == 2)
    #expect(records.cells.channels == [channel.isEmpty ? FunnelDimension.none : channel])
    #expect(records.cells.owners == [owner.isEmpty ? FunnelDimension.none : owner])
    #expect(
      records.leadIDs(channel: records.cells.channels[0], owner: records.cells.owners[0])
        == ["a", "b"]
    )
  }

  // MARK: Who counts

  @Test(arguments: [(33.9, true), (34.0, false), (34.5, false)])
  func `a lead counts when it is as old as the horizon`(asOf: Double, isTooYoung: Bool) throws {
    var company = company()
    company.agreement.salesSLA = nil
    company.handOff("a", 4)
    let records = try company.records(asOf: asOf)
    #expect(standings(records) == [isTooYoung ? .tooYoung : .counted])
    #expect(records.summary.closed == (isTooYoung ? .tooYoung : nil))
  }

  @Test(arguments: [(4.0, true), (33.99, true), (34.0, false), (90.0, false)])
  func `a win counts within the horizon`(won: Double, isWon: Bool) throws {
    var company = company()
    company.handOff("a", 4)
    company.facts.stage("a", "won", day: won)
    let records = try company.records()
    #expect(records.handOffs.map(\.isWon) == [isWon])
    #expect(records.summary.wins == (isWon ? 1 : 0))
  }

  @Test func `a lead whose follow-up cannot be judged yet is too young`() throws {
    var company = company()
    company.agreement.horizonsInDays = ["sql-won": 1]
    company.agreement.salesSLA = SalesSLA(
      firstTouch: .init(usual: .init(seconds: 3 * 86_400, isWorkingTime: false))
    )
    company.handOff("a", 4)
    company.activity("a", day: 4.1)
    #expect(standings(try company.records(asOf: 6.9)) == [.tooYoung])
    #expect(standings(try company.records(asOf: 7)) == [.counted])
  }

  @Test func `only first episodes count`() throws {
    var company = company()
    company.handOff("a", 4)
    company.facts.stage("a", "lost", day: 5)
    company.facts.stage("a", "sql", day: 6)
    company.facts.stage("a", "won", day: 7)
    let records = try company.records()
    #expect(standings(records) == [.counted, .laterEpisode])
    #expect(records.summary.handedOff == 1)
    #expect(records.summary.wins == 0)
    #expect(records.cells.leads == 1)
  }

  @Test func `a lead without the date of its hand-off is left out, and said`() throws {
    var company = company()
    for index in 0..<3 { company.handOff("a\(index)", 4) }
    company.handOff("u", nil)
    let records = try company.records()
    #expect(records.summary.leadsByStanding == [.counted: 3, .undated: 1])
    #expect(records.summary.closed == nil)
    #expect(records.summary.handedOff == 4)
    for index in 0..<3 { company.handOff("v\(index)", nil) }
    #expect(try company.records().summary.closed == .undated)
  }

  @Test func `too many undated winners close the question`() throws {
    var company = company()
    for index in 0..<20 {
      company.handOff("a\(index)", 4)
      company.facts.stage("a\(index)", "won", day: 10)
    }
    company.handOff("u", 4)
    company.facts.stage("u", "won", day: nil)
    // One of 21 winners is less than a twentieth.
    #expect(try company.records().summary.closed == nil)
    #expect(try company.records().summary.leadsByStanding[.undated] == 1)
    company.handOff("v", 4)
    company.facts.stage("v", "won", day: nil)
    #expect(try company.records().summary.closed == .undated)
  }

  @Test func `every lead has one standing`() throws {
    var company = company()
    company.handOff("a", 4)
    company.handOff("b", 390)
    company.handOff("c", nil)
    company.handOff("d", 4, owner: "")
    company.handOff("e", 4, channel: "")
    company.handOff("f", 4)
    company.facts.lead("g", day: 1, channel: "Meta", owner: "ann")
    let summary = try company.records().summary
    #expect(
      summary.leadsByStanding == [
        .counted: 2, .tooYoung: 1, .undated: 1, .withoutOwner: 1, .withoutChannel: 1,
      ]
    )
    #expect(summary.handedOff == 6)
    #expect(summary.leads == 2)
  }

  // MARK: Hand-offs that only a later stage shows

  @Test func `says how the hand-off came on record`() throws {
    var company = company()
    company.handOff("a", 4)
    company.facts.stage("a", "won", day: 4)
    company.facts.lead("b", day: 1, channel: "Meta", owner: "ann")
    company.facts.stage("b", "opportunity", day: 5)
    company.facts.stage("b", "won", day: 9)
    company.facts.lead("c", day: 1, channel: "Meta", owner: "ann")
    company.facts.stage("c", "won", day: 9)
    company.facts.lead("d", day: 1, channel: "Meta", owner: "ann")
    company.facts.stage("d", "opportunity", day: 9)
    company.facts.stage("d", "won", day: 9)
    let records = try company.records()
    #expect(records.handOffs.map(\.source) == [.recorded, .implied, .impliedByWin, .implied])
    #expect(records.summary.implied == 3)
    #expect(records.summary.impliedByWin == 1)
    #expect(records.summary.closed == nil)
  }

  @Test func `hand-offs implied by most wins close the question`() throws {
    var company = company()
    for index in 0..<4 {
      company.facts.lead("w\(index)", day: 1, channel: "Meta", owner: "ann")
      company.facts.stage("w\(index)", "won", day: 9)
    }
    for index in 0..<3 {
      company.handOff("a\(index)", 4)
      company.facts.stage("a\(index)", "won", day: 9)
    }
    var records = try company.records()
    #expect(records.summary.impliedByWin == 4)
    #expect(records.summary.closed == .handOffImplied)
    #expect(records.cells.leads == 0)
    // Half of the winners is not most of them.
    company.handOff("b", 4)
    company.facts.stage("b", "won", day: 9)
    records = try company.records()
    #expect(records.summary.closed == nil)
    #expect(records.cells.leads == 8)
    // Under another rule nothing is implied.
    #expect(try company.records(skips: .any).summary.impliedByWin == 0)
    #expect(try company.records(skips: .any).summary.leads == 4)
  }

  // MARK: The counts

  @Test func `counts by channel, owner, segment and follow-up`() throws {
    var company = company()
    company.handOff("a", WorkCompany.at(4, 10), channel: "Meta", owner: "bob", segment: "ENT")
    company.handOff("b", WorkCompany.at(4, 10), channel: "Ads", owner: "ann")
    company.handOff("c", WorkCompany.at(4, 10), channel: "Meta", owner: "bob")
    company.handOff("d", WorkCompany.at(4, 10), channel: "Meta", owner: "bob")
    company.handOff("e", WorkCompany.at(4, 10), channel: "Meta", owner: "bob", segment: "")
    for id in ["a", "b", "c"] { company.activity(id, day: WorkCompany.at(4, 11)) }
    for id in ["a", "c"] { company.facts.stage(id, "won", day: 20) }
    let records = try company.records()
    #expect(records.cells.channels == ["Ads", "Meta"])
    #expect(records.cells.owners == ["ann", "bob"])
    // The largest segment first, then by name.
    #expect(records.cells.segments == ["SMB", "(none)", "ENT"])
    #expect(records.cells.scoreBandCount == 1)
    #expect(
      records.cells.cells == [
        .init(channel: 0, owner: 0, segment: 0, isFollowedUp: true, leads: 1, wins: 0),
        .init(channel: 1, owner: 1, segment: 0, isFollowedUp: false, leads: 1, wins: 0),
        .init(channel: 1, owner: 1, segment: 0, isFollowedUp: true, leads: 1, wins: 1),
        .init(channel: 1, owner: 1, segment: 1, isFollowedUp: false, leads: 1, wins: 0),
        .init(channel: 1, owner: 1, segment: 2, isFollowedUp: true, leads: 1, wins: 1),
      ]
    )
    #expect(records.summary.followUp == .exact)
    #expect(records.summary.followedUp == 3)
    #expect(records.summary.followUpIsRecorded)
    #expect(records.cells.leads == 5 && records.cells.wins == 2)
  }

  @Test func `opens each number to its leads`() throws {
    var company = company()
    company.handOff("a", WorkCompany.at(4, 10), owner: "bob")
    company.handOff("b", WorkCompany.at(4, 10), channel: "Ads")
    company.handOff("c", WorkCompany.at(4, 10))
    company.handOff("y", 390)
    company.activity("c", day: WorkCompany.at(4, 11))
    company.facts.stage("c", "won", day: 20)
    let records = try company.records()
    #expect(records.leadIDs() == ["a", "b", "c"])
    #expect(records.leadIDs(channel: "Meta") == ["a", "c"])
    #expect(records.leadIDs(channel: "Meta", owner: "ann") == ["c"])
    #expect(records.leadIDs(isFollowedUp: false) == ["a", "b"])
    #expect(records.leadIDs(isWon: true) == ["c"])
    #expect(records.leadIDs(channel: "Elsewhere").isEmpty)
    #expect(records.leadIDs(owner: "").isEmpty)
    let meta = LeakUnit(.channel, .followUp, channel: "Meta")
    #expect(records.leadIDs(of: .everybody) == ["a", "b", "c"])
    #expect(records.leadIDs(of: .unit(meta)) == ["a", "c"])
    #expect(records.leadIDs(of: .others(meta)) == ["b"])
    #expect(records.leadIDs(of: .others(meta), isWon: true).isEmpty)
    let pair = LeakUnit(.pair, .direct, channel: "Meta", owner: "ann")
    #expect(records.leadIDs(of: .unit(pair)) == ["c"])
    #expect(records.leadIDs(of: .others(pair)) == ["a", "b"])
    #expect(records.leadIDs(of: .others(LeakUnit(.team, .followUp))).isEmpty)
  }

  @Test func `a channel goes by its agreed name, whatever the files call it`() throws {
    var company = company()
    company.agreement.channels = [ChannelName(name: "Meta", aliases: ["fb"])]
    company.handOff("a", 4, channel: "fb")
    company.handOff("b", 4, channel: "META")
    let records = try company.records()
    #expect(records.cells.channels == ["Meta"])
    #expect(records.leadIDs(channel: "Meta") == ["a", "b"])
  }

  @Test func `honours the filters of the question`() throws {
    var company = company()
    company.handOff("a", 4)
    company.handOff("b", 40, channel: "Ads", owner: "bob")
    company.handOff("c", 80, channel: "Ads")
    func ids(_ records: WorkRecords) -> [String] { records.leadIDs() }
    #expect(
      ids(try company.records(filters: [.init(.channel, values: ["ads"])])) == ["b", "c"]
    )
    #expect(
      ids(
        try company.records(
          filters: [.init(.channel, values: ["Ads"]), .init(.owner, values: ["ann"])]
        )
      ) == ["c"]
    )
    // Episodes begin a day before they are handed off.
    let (first, last) = (CivilDate(dayNumber: 39), CivilDate(dayNumber: 78))
    #expect(ids(try company.records(firstDay: first)) == ["b", "c"])
    #expect(ids(try company.records(firstDay: first, lastDay: last)) == ["b"])
    #expect(ids(try company.records(lastDay: CivilDate(dayNumber: 2))).isEmpty)
  }

  @Test func `finds the horizon as the funnel does when the agreement does not say`() throws {
    var company = company()
    company.agreement.horizonsInDays = [:]
    for index in 0..<40 {
      company.handOff("a\(index)", 4)
      company.facts.stage("a\(index)", "won", day: 4 + Double(index % 20))
    }
    let records = try company.records()
    let history = company.facts.history(company.agreement, asOfDay: 400)
    let expected = try FunnelBuilder(company.agreement, source: EmbeddedCells(history))
      .horizon(of: StagePair(from: 2, to: 6), rule: JourneyRule(skips: .filled))
    #expect(records.summary.horizon == expected)
    #expect(!records.summary.horizon.isAgreed)
    #expect((14...28).contains(expected.days))
  }
}
