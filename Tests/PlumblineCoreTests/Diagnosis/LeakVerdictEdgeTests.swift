import PlumblineCore
import PlumblineStatistics
import Testing

@Suite struct `Whose leak at the edges` {
  private static let nobody = WorkCells(channels: [], owners: [], segments: [], cells: [])

  private func judge(_ cells: WorkCells) -> LeakVerdict {
    LeakJudge(cells, complianceTarget: 0.8).verdict()
  }

  @Test func `without leads nothing is said`() {
    let verdict = judge(Self.nobody)
    #expect(verdict.answers == [.undetermined, .undetermined, .undetermined])
    #expect(
      verdict.parties.allSatisfy {
        $0.reasons == [.tooFewOutcomes(wins: 0, losses: 0, minimum: 10)]
      }
    )
    #expect(verdict.compliance == nil)
    #expect(verdict.parts.isEmpty)
    #expect(verdict.evidence.isEmpty)
  }

  @Test(arguments: [(-40.0, 0), (40.0, 1)])
  func `nobody or everybody wins`(base: Double, rate: Int) {
    let verdict = SimulatedWork(base: base).verdict()
    #expect(verdict.wins == verdict.leads * rate)
    #expect(verdict.answers == [.undetermined, .undetermined, .undetermined])
    #expect(verdict.allNamed == [])
  }

  @Test func `ten wins are enough to look, nine are not`() {
    for wins in [9, 10] {
      let cells = WorkCells(
        channels: ["a", "b"],
        owners: ["x", "y"],
        segments: ["s"],
        cells: (0..<4).map {
          WorkCells.Cell(
            channel: $0 / 2,
            owner: $0 % 2,
            isFollowedUp: true,
            leads: 40,
            wins: $0 == 0 ? wins - 6 : 2
          )
        }
      )
      #expect(judge(cells).evidence.isEmpty == (wins == 9))
    }
  }

  @Test func `one channel leaves marketing and the hand-off open`() {
    let verdict = SimulatedWork(channels: 1, leads: 120).verdict()
    #expect(verdict.answers == [.undetermined, .no, .undetermined])
    let reason = LeakReason.nothingToCompare(kind: .channel, units: 1, minimumLeads: 30)
    #expect(verdict[.marketing]?.reasons == [reason])
    #expect(verdict[.handOff]?.reasons == [reason])
  }

  @Test func `one owner leaves sales open`() {
    let verdict = SimulatedWork(owners: 1, leads: 400).verdict()
    #expect(verdict.answers == [.no, .undetermined, .no])
  }

  @Test func `one owner short of the target is not called a team`() {
    let verdict = SimulatedWork(owners: 1, leads: 400, compliance: -1).verdict()
    #expect(verdict[.sales]?.answer == .undetermined)
    #expect(verdict[.sales]?.named == [])
  }

  @Test func `120 leads are too few for an answer`() {
    let verdict = SimulatedWork(channels: 4, owners: 5, segments: 1, leads: 6).verdict()
    #expect(verdict.leads == 120)
    #expect(verdict.allNamed == [])
    #expect(verdict[.sales]?.answer == .undetermined)
    #expect(
      verdict[.sales]?.reasons.first
        == .nothingToCompare(kind: .owner, units: 0, minimumLeads: 30)
    )
  }

  @Test func `units of fewer than 30 leads are neither judged nor in the way`() {
    var work = SimulatedWork(leads: 80)
    work.isEmpty = { channel, owner in owner == 5 && channel > 0 }
    var cells = work.cells
    cells.cells.removeAll { $0.owner == 5 && ($0.segment == 1 || !$0.isFollowedUp) }
    cells.cells = cells.cells.map { cell in
      var cell = cell
      if cell.owner == 5 {
        cell.leads = 29
        cell.wins = 0
      }
      return cell
    }
    let verdict = judge(cells)
    #expect(verdict.answers == [.no, .no, .no])
    #expect(verdict.evidence(of: LeakUnit(.owner, .direct, owner: "owner 5")) == nil)
  }

  @Test func `an owner or a channel without leads changes nothing`() {
    let cells = SimulatedWork(channelEffects: [1: -0.9]).cells
    var more = cells
    more.owners.append("nobody's")
    more.channels.append("new")
    more.segments.append("none")
    let (one, other) = (judge(cells), judge(more))
    #expect(one.answers == other.answers)
    #expect(one.allNamed == other.allNamed)
    #expect(one.evidence.count == other.evidence.count)
    for (evidence, twin) in zip(one.evidence, other.evidence) {
      #expect((evidence.lossShare - twin.lossShare).magnitude < 1e-6)
    }
  }

  @Test func `where everybody is followed up nobody is blamed for it`() {
    let verdict = SimulatedWork(leads: 80, compliance: 40).verdict()
    #expect(verdict.compliance == 1)
    #expect(verdict.answers == [.no, .no, .no])
    // Nothing tells the effect of follow-up but its prior.
    #expect((verdict.followUpEffect?.standardDeviation ?? 0) > 1)
  }

  @Test func `a channel that never wins is named`() {
    let verdict = SimulatedWork(channelEffects: [2: -40]).verdict()
    #expect(verdict.answers == [.yes, .no, .no])
    #expect(verdict.allNamed == [LeakUnit(.channel, .direct, channel: "channel 2")])
  }

  @Test func `a single segment will do`() {
    #expect(
      SimulatedWork(segments: 1, leads: 80, channelEffects: [1: -0.9]).verdict().answers
        == [.yes, .no, .no]
    )
  }

  // MARK: Independence

  @Test func `neither the order of cells nor splitting them changes a bit`() {
    let cells = SimulatedWork(channelEffects: [1: -0.9], ownerCompliance: [3: -2]).cells
    var other = cells
    other.cells = cells.cells.flatMap { cell -> [WorkCells.Cell] in
      var (one, rest) = (cell, cell)
      one.leads = cell.leads / 3
      one.wins = min(one.leads, cell.wins / 2)
      rest.leads -= one.leads
      rest.wins -= one.wins
      return rest.wins <= rest.leads ? [rest, one] : [cell]
    }.reversed()
    let (first, second) = (judge(cells), judge(other))
    #expect(first.answers == second.answers)
    #expect(first.allNamed == second.allNamed)
    #expect(first.expectedWins == second.expectedWins)
    #expect(first.evidence.map(\.probability) == second.evidence.map(\.probability))
    #expect(first.evidence.map(\.lossShare) == second.evidence.map(\.lossShare))
  }

  @Test func `other names in another order give the same answer`() {
    let cells = SimulatedWork(channelEffects: [1: -0.9], ownerEffects: [4: 0.5]).cells
    var other = cells
    other.channels = cells.channels.reversed()
    other.owners = cells.owners.reversed()
    other.segments = cells.segments.reversed()
    other.cells = cells.cells.map { cell in
      var cell = cell
      cell.channel = cells.channels.count - 1 - cell.channel
      cell.owner = cells.owners.count - 1 - cell.owner
      cell.segment = cells.segments.count - 1 - cell.segment
      return cell
    }
    let (first, second) = (judge(cells), judge(other))
    #expect(first.answers == second.answers)
    #expect(first.allNamed == second.allNamed)
    for evidence in first.evidence where evidence.unit.kind != .channelSplit {
      let twin = second.evidence(of: evidence.unit)
      #expect(twin != nil)
      // The reference segment and its prior may change, by a tie; nothing else does.
      #expect((evidence.probability - (twin?.probability ?? -1)).magnitude < 1e-3)
      #expect((evidence.lossShare - (twin?.lossShare ?? -1)).magnitude < 1e-3)
    }
  }

  // MARK: Anything

  @Test(arguments: UInt64(0)..<60)
  func `whatever the cells hold, every number is finite`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }
    let channels = below(4)
    let owners = below(5)
    let bands = below(3)
    let cells = (0..<below(40)).map { _ in
      WorkCells.Cell(
        channel: below(5) - 1,
        owner: below(6) - 1,
        segment: below(3),
        scoreBand: below(3),
        isFollowedUp: below(2) == 0,
        leads: below(seed.isMultiple(of: 3) ? 3 : 90) - 1,
        wins: below(60) - 5
      )
    }
    let work = WorkCells(
      channels: (0..<channels).map { "c\($0)" },
      owners: (0..<owners).map { "o\($0)" },
      segments: ["s", "t"],
      scoreBandCount: bands,
      cells: cells
    )
    for isRecorded in [true, false] {
      let verdict = LeakJudge(
        work,
        complianceTarget: Double(below(13)) / 10,
        routing: RoutingRule.allCases.randomElement(using: &generator),
        followUpIsRecorded: isRecorded
      ).verdict()
      #expect(verdict.parties.map(\.party) == [.marketing, .sales, .handOff])
      #expect(verdict.expectedWins.isFinite)
      for evidence in verdict.evidence {
        #expect((0...1).contains(evidence.probability))
        #expect(evidence.lossShare.isFinite)
        #expect(evidence.badCaseShare?.isFinite != false)
        #expect(evidence.stability?.isFinite != false)
      }
      for party in verdict.parties {
        #expect((party.answer == .undetermined) == !party.reasons.isEmpty)
      }
    }
  }
}
