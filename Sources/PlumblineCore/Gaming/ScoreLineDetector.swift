import PlumblineStatistics

/// Looks for scores that pile up just over the agreed line.
///
/// Where scores go on changing after the hand-off, their curve should run smoothly over the line. A
/// score kept from the hand-off does not: honest leads are handed over the moment they pass, so they
/// stand just over the line as well. There, leads just over the line must also be won less often
/// than the curve of leads further up says.
struct ScoreLineDetector {
  /// Fewer scores are not judged.
  static let fewestScores = 200
  /// Where so many of the leads with both have another score now than at the hand-off, scores go on
  /// changing.
  static let movingShare = 0.5
  /// How many times others' odds of standing just over the line are nothing to talk about.
  static let ownerMargin = 1.25
  /// Scores that are possible.
  static let range = 0...100

  private let leads: [GamingRecords.ScoredLead]
  private let line: Int?

  init(_ records: GamingRecords) {
    leads = records.scores
    line = records.scoreLine
  }

  /// Whether scores go on changing after the hand-off.
  private var isMoving: Bool {
    let both = leads.filter { $0.score != nil && $0.scoreAtHandOff != nil }
    guard both.count >= 50 else { return false }
    let moved = both.count { $0.score != $0.scoreAtHandOff }
    return Double(moved) >= Self.movingShare * Double(both.count)
  }

  func tests() -> GamingTests {
    guard let line else { return GamingTests(standing: .notAgreed) }
    let isMoving = isMoving
    func score(_ lead: GamingRecords.ScoredLead) -> Int? {
      isMoving ? lead.score : lead.scoreAtHandOff ?? lead.score
    }
    let scored = leads.indices.filter { score(leads[$0]) != nil }
    guard !scored.isEmpty else { return GamingTests(standing: .notRecorded) }
    guard scored.count >= Self.fewestScores else {
      return GamingTests(
        standing: .notEnoughData(have: scored.count, need: Self.fewestScores)
      )
    }
    var counts: [Int: Int] = [:]
    for lead in scored { counts[score(leads[lead]) ?? 0, default: 0] += 1 }
    let low = min(Self.range.lowerBound, counts.keys.min() ?? 0)
    let high = max(Self.range.upperBound, counts.keys.max() ?? 0)
    guard let jump = ThresholdJump(counts: counts, line: line, range: low...high) else {
      let below = scored.count { (score(leads[$0]) ?? 0) < line - ThresholdJump.widthBelow }
      return GamingTests(
        standing: .notEnoughData(
          have: min(below, scored.count - below),
          need: ThresholdJump.fewestOnEachSide
        )
      )
    }
    let window = ThresholdJump.windowAbove(line)
    let inWindow = scored.filter { window.contains(score(leads[$0]) ?? -1) }
    var pValue = jump.pValue
    if !isMoving {
      guard let shortfall = shortfall(line, scored, score) else {
        return GamingTests(
          standing: .notEnoughData(
            have: scored.count { leads[$0].isWon != nil },
            need: Self.fewestScores
          )
        )
      }
      pValue = max(pValue, shortfall)
    }
    let test = GamingTest(
      sign: .overTheLine,
      owner: nil,
      pValue: pValue,
      observed: jump.above,
      of: scored.count,
      expected: jump.expectedAbove,
      leadingOwners: { leadingOwners(scored, Set(inWindow)) },
      evidence: {
        inWindow.map { GamingFinding.Evidence(lead: leads[$0].lead, time: leads[$0].time) }
      }
    )
    return GamingTests(standing: .judged(tests: 1), tests: [test])
  }

  /// The chance of so few wins just over the line, or fewer, by the curve of the leads further away;
  /// nil where there is none.
  ///
  /// A logistic curve of the score; its own uncertainty by the delta method.
  private func shortfall(
    _ line: Int,
    _ scored: [Int],
    _ score: (GamingRecords.ScoredLead) -> Int?
  ) -> Double? {
    var won: [Int: Double] = [:]
    var lost: [Int: Double] = [:]
    let reach = line - ThresholdJump.reach...line + 2 * ThresholdJump.reach
    for lead in scored {
      guard let isWon = leads[lead].isWon, let score = score(leads[lead]), reach.contains(score)
      else { continue }
      if isWon { won[score, default: 0] += 1 } else { lost[score, default: 0] += 1 }
    }
    let window = ThresholdJump.windowAbove(line)
    let left = ThresholdJump.windowBelow(line)
    let numbers = Set(won.keys).union(lost.keys).sorted()
    let far = numbers.filter { !window.contains($0) && !left.contains($0) }
    func x(_ score: Int) -> Double { Double(score - line) / Double(ThresholdJump.reach) }
    guard
      let fit = LogisticFit(
        columns: [far.map { _ in 1 }, far.map(x)],
        won: far.map { won[$0] ?? 0 },
        lost: far.map { lost[$0] ?? 0 },
        priorStandardDeviations: [.infinity, 5]
      )
    else { return nil }
    var (seen, expected, variance, count) = (0.0, 0.0, 0.0, 0.0)
    var gradient = [0.0, 0.0]
    for score in window {
      let cases = (won[score] ?? 0) + (lost[score] ?? 0)
      let chance = SpecialFunctions.expit(fit.coefficients[0] + fit.coefficients[1] * x(score))
      count += cases
      seen += won[score] ?? 0
      expected += cases * chance
      variance += cases * chance * (1 - chance)
      gradient[0] += cases * chance * (1 - chance)
      gradient[1] += cases * chance * (1 - chance) * x(score)
    }
    guard count > 0, variance > 0 else { return nil }
    for row in 0..<2 {
      for column in 0..<2 {
        variance += gradient[row] * fit.covariance[row * 2 + column] * gradient[column]
      }
    }
    return StandardNormal.cumulative((seen - expected) / variance.squareRoot())
  }

  /// The owners of whose leads more stand just over the line than of everybody else's.
  private func leadingOwners(_ scored: [Int], _ window: Set<Int>) -> [UInt32] {
    let ofOwner = Dictionary(grouping: scored.filter { leads[$0].owner != 0 }) {
      leads[$0].owner
    }
    let owners = ofOwner.keys.sorted()
    let chances = owners.map { owner -> Double? in
      let own = ofOwner[owner] ?? []
      let inWindow = own.count { window.contains($0) }
      return OddsMarginTest.pValue(
        (inWindow, own.count),
        (window.count - inWindow, scored.count - own.count),
        margin: Self.ownerMargin
      )
    }
    return zip(owners, Holm.adjusted(chances)).filter {
      ($0.1 ?? 1) <= GamingDetectors.falseAlarmChance
    }.map(\.0)
  }
}
