import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

/// Gates against a slow reading that looks at every second.
struct GateReferenceTests {
  private struct Touch {
    var second: Int
    var points: Double
  }

  private struct Lead {
    var touches: [Touch] = []
    var events: [(second: Int, code: EventCode)] = []
    var yes: [Int] = []
    var words: [(second: Int, isAccepted: Bool)] = []
  }

  private static let last = 1500
  private static let halfLife = 0.003

  private func day(_ second: Int) -> Double { Double(second) / 86_400 }

  @Test(arguments: UInt64(0)..<80)
  func `equal a slow reading lead by lead`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var facts = FactBuilder()
    var leads: [Lead] = []
    for number in 0..<8 {
      var lead = Lead()
      let id = "\(number)"
      facts.lead(id, day: 0)
      lead.events.append((0, .stage(0)))
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let isGood = Int.random(in: 0..<3, using: &random) > 0
        let second = Int.random(in: 0...Self.last, using: &random)
        lead.touches.append(Touch(second: second, points: isGood ? 20 : -15))
        facts.touch(id, isGood ? "good" : "bad", day: day(second))
      }
      var seen: Set<[Int]> = []
      for _ in 0..<Int.random(in: 0...5, using: &random) {
        let second = Int.random(in: 1...30, using: &random) * 50
        let (word, code) = [
          ("mql", EventCode.stage(1)), ("sql", .stage(2)), ("won", .stage(3)),
          ("recycled", .detour(0)),
        ][Int.random(in: 0..<4, using: &random)]
        guard seen.insert([second, Int(code.rawValue)]).inserted else { continue }
        facts.stage(id, word, day: day(second))
        lead.events.append((second, code))
      }
      for factor in ["budget", "need", "timing"].prefix(Int.random(in: 0...3, using: &random)) {
        let second = Int.random(in: 0...Self.last, using: &random)
        facts.attribute(id, factor, "yes", day: day(second))
        lead.yes.append(second)
      }
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let second = Int.random(in: 0...Self.last, using: &random)
        let isAccepted = Bool.random(using: &random)
        facts.disposition(id, isAccepted ? "accepted" : "no_fit", day: day(second))
        lead.words.append((second, isAccepted))
      }
      lead.events.sort { ($0.second, $0.code) < ($1.second, $1.code) }
      leads.append(lead)
    }
    var agreement = Agreement(
      path: [
        Stage(id: "lead"), Stage(id: "mql", gate: StageGate(score: 12)),
        Stage(id: "sql", gate: StageGate(factors: 2, acceptedBy: .sales)), Stage(id: "won"),
      ],
      detours: [Stage(id: "recycled")]
    )
    agreement.scoring = LeadScoring(
      engagement: [
        .init(touch: "good", points: 20, most: 30), .init(touch: "bad", points: -15),
      ],
      halfLifeInDays: Self.halfLife
    )
    let history = facts.history(agreement, asOfDay: day(Self.last))
    let gated = StageGates.apply(to: history, facts.ledger())
    for (number, lead) in leads.enumerated() {
      let found = gated.events.range(of: number).map {
        "\(gated.events.times[$0].instant.seconds) \(gated.events.codes[$0].rawValue)"
      }
      #expect(found == expected(lead), "lead \(number)")
    }
    // Where the gated stage hands leads to sales, only what is on record does.
    agreement.agreedHandOff = "mql"
    let strict = facts.history(agreement, asOfDay: day(Self.last))
    let handed = StageGates.apply(to: strict, facts.ledger())
    for (number, lead) in leads.enumerated() {
      let found = handed.events.range(of: number).map {
        "\(handed.events.times[$0].instant.seconds) \(handed.events.codes[$0].rawValue)"
      }
      #expect(found == expected(lead, isHandOff: true), "lead \(number)")
    }
    let missing = leads.count { lead in
      !lead.events.contains { $0.code >= .stage(1) && !$0.code.isDetour }
        && expected(lead) != expected(lead, isHandOff: true)
    }
    let gap = handed.gaps.first { $0.kind == .scoreWithoutHandOff }
    #expect(gap?.count ?? 0 == missing)
    #expect(!gated.gaps.contains { $0.kind == .scoreWithoutHandOff })
  }

  private func score(_ lead: Lead, _ second: Int) -> Double {
    var (good, bad) = (0.0, 0.0)
    for touch in lead.touches where touch.second <= second {
      let left = touch.points * powerOfTwo(-day(second - touch.second) / Self.halfLife)
      if touch.points > 0 { good += left } else { bad += left }
    }
    return min(30, good) + bad
  }

  private func expected(_ lead: Lead, isHandOff: Bool = false) -> [String] {
    func isHigh(_ second: Int) -> Bool { score(lead, second) >= 12 - 1e-9 }
    /// How many returns had begun by a second.
    func pass(_ second: Int) -> Int {
      var (pass, hasLeft) = (0, false)
      for event in lead.events where event.second <= second {
        if event.code.isDetour {
          hasLeft = true
        } else if hasLeft {
          (pass, hasLeft) = (pass + 1, false)
        }
      }
      return pass
    }
    var events = lead.events.map { event in
      switch event.code {
      case .stage(1) where !lead.touches.isEmpty:
        return isHigh(event.second) ? event : (event.second, .stage(0))
      case .stage(2):
        let met = lead.yes.count { $0 <= event.second }
        let words = lead.words.filter { pass($0.second) == pass(event.second) }
        let isMet = lead.yes.isEmpty || met >= 2
        let isAccepted = words.isEmpty || words.contains(where: \.isAccepted)
        return isMet && isAccepted ? event : (event.second, .stage(0))
      default: return event
      }
    }
    if !isHandOff, !lead.touches.isEmpty, !events.contains(where: { $0.code == .stage(1) }) {
      let exit = events.first { $0.code.isDetour }?.second ?? .max
      let further = events.first { $0.code > .stage(1) && !$0.code.isDetour }?.second ?? .max
      if let found = (0...Self.last).first(where: { $0 < exit && $0 <= further && isHigh($0) }) {
        events.append((found, .stage(1)))
      }
    }
    return events.sorted { ($0.second, $0.code) < ($1.second, $1.code) }
      .map { "\($0.second) \($0.code.rawValue)" }
  }
}
