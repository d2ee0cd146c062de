import PlumblineStatistics

/// Looks for scores that pile up just over the agreed line, of leads that are won less often than
/// their scores say.
///
/// Honest leads are handed over at the click that lifts them over the line, and whoever is not scored
/// on stands there ever after, so that a jump at the line alone says nothing. Leads whose score at the
/// hand-off lies just over the line must also be won less often than the curve of those further up
/// says. Nobody is named: who owns a lead is not who lifted its score.
struct ScoreLineDetector {
  /// Fewer scores are not judged.
  static let fewestScores = 200
  /// So much lower log-odds of being won are nothing to talk about: about a tenth of the odds.
  static let winLogMargin = 0.1
  /// Scores that are possible.
  static let range = 0...100

  private let leads: [GamingRecords.ScoredLead]
  private let line: Int?

  init(_ records: GamingRecords) {
    leads = records.scores
    line = records.scoreLine
  }

  func tests() -> GamingTests {
    guard let line else { return GamingTests(standing: .notAgreed) }
    // A score of today may have moved with what became of the lead.
    func score(_ lead: GamingRecords.ScoredLead) -> Int? { lead.scoreAtHandOff ?? lead.score }
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
    let decided = leads.indices.filter {
      leads[$0].scoreAtHandOff != nil && leads[$0].isWon != nil
    }
    guard decided.count >= Self.fewestScores, let shortfall = shortfall(line, decided) else {
      return GamingTests(
        standing: .notEnoughData(have: decided.count, need: Self.fewestScores)
      )
    }
    let test = GamingTest(
      sign: .overTheLine,
      owner: nil,
      // Both signs: the weaker of the two counts.
      pValue: max(jump.pValue, shortfall),
      observed: jump.above,
      of: scored.count,
      expected: jump.expectedAbove,
      evidence: {
        inWindow.map { GamingFinding.Evidence(lead: leads[$0].lead, time: leads[$0].time) }
      }
    )
    return GamingTests(standing: .judged(tests: 1), tests: [test])
  }

  /// The chance of so few wins just over the line, or fewer, by the curve of the leads further up;
  /// nil where there is none.
  ///
  /// A logistic curve of the score and its square, whose own uncertainty is taken in by the delta
  /// method. Leads below the line take no part: sales picked them for a reason.
  private func shortfall(_ line: Int, _ decided: [Int]) -> Double? {
    var won: [Int: Double] = [:]
    var lost: [Int: Double] = [:]
    for lead in decided {
      guard let score = leads[lead].scoreAtHandOff, score >= line else { continue }
      if leads[lead].isWon == true {
        won[score, default: 0] += 1
      } else {
        lost[score, default: 0] += 1
      }
    }
    let window = ThresholdJump.windowAbove(line)
    let far = Set(won.keys).union(lost.keys).filter { $0 >= window.upperBound }.sorted()
    func x(_ score: Int) -> Double { Double(score - line) / Double(ThresholdJump.reach) }
    func terms(_ score: Int) -> [Double] { [1, x(score), x(score) * x(score)] }
    guard
      let fit = LogisticFit(
        columns: (0..<3).map { column in far.map { terms($0)[column] } },
        won: far.map { won[$0] ?? 0 },
        lost: far.map { lost[$0] ?? 0 },
        priorStandardDeviations: [.infinity, 2, 1]
      )
    else { return nil }
    var (seen, expected, variance) = (0.0, 0.0, 0.0)
    var gradient = [0.0, 0.0, 0.0]
    for score in window {
      let cases = (won[score] ?? 0) + (lost[score] ?? 0)
      let terms = terms(score)
      let logOdds = zip(fit.coefficients, terms).reduce(0) { $0 + $1.0 * $1.1 }
      let chance = SpecialFunctions.shifted(
        SpecialFunctions.expit(logOdds),
        byLogOdds: -Self.winLogMargin
      )
      let spread = cases * chance * (1 - chance)
      seen += won[score] ?? 0
      expected += cases * chance
      variance += spread
      for column in terms.indices { gradient[column] += spread * terms[column] }
    }
    guard variance > 0 else { return nil }
    for row in gradient.indices {
      for column in gradient.indices {
        variance += gradient[row] * fit.covariance[row * gradient.count + column] * gradient[column]
      }
    }
    return StandardNormal.cumulative((seen - expected) / variance.squareRoot())
  }
}
