@testable import PlumblineStatistics

/// A judgement as a comparison would give it.
func judgement(
  _ verdict: RateVerdict,
  qValue: Double? = 0.3,
  needed: Int? = nil
) -> RateJudgement {
  RateJudgement(verdict: verdict, qValue: qValue, needed: needed)
}
