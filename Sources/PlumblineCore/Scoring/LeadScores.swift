/// The scores of a history's leads, at any instant.
///
/// Fit is what is known of a lead: an attribute with a date counts from then on, one without at any
/// time. Engagement is what the lead did: each touch's points fade by half with every half-life, its
/// age counted in days as a real number, so that points x 2^(−age / half-life) are left; touches of
/// one type bring at most what the agreement says, by amount and after fading. A touch or attribute
/// known to the day counts from the beginning of that day in the agreement's time zone.
public final class LeadScores: Sendable {
  /// The rules.
  public let scoring: LeadScoring
  private let fit: FitPoints
  private let engagement: EngagementSums
  private let touches: LeadTouches
  private let recordedAtHandOff: [Int64]

  /// The scores under some rules.
  ///
  /// - Parameters:
  ///   - scoring: The rules.
  ///   - attributes: What is said of the history's leads.
  ///   - touches: What they did.
  ///   - history: The history.
  /// - Complexity: O(leads x attributes).
  public init(
    _ scoring: LeadScoring,
    _ attributes: LeadAttributes,
    _ touches: LeadTouches,
    of history: CompanyHistory
  ) {
    self.scoring = scoring
    self.touches = touches
    fit = FitPoints(
      scoring.fit,
      attributes,
      calendar: history.agreement.calendar,
      leadCount: history.leads.ids.count
    )
    engagement = EngagementSums(scoring, touches)
    recordedAtHandOff = history.leads.scoresAtHandOff
  }

  /// Whether there is anything about a lead to compute a score from, at any time.
  ///
  /// Of a lead that did nothing on record, and of which no attribute that rules ask for is known,
  /// the rules say nothing: its recorded score stands, if it has one.
  public func isComputed(_ lead: Int) -> Bool {
    scoring.hasRules && (!touches[lead].isEmpty || fit.isAnythingKnown(of: lead))
  }

  /// A lead's score by the rules at an instant.
  ///
  /// - Complexity: O(touches of the lead x rules of each).
  public func score(of lead: Int, at instant: Instant) -> LeadScore {
    let step = fit.step(of: lead, at: instant)
    return LeadScore(
      fit: step.points,
      engagement: engagement.total(engagement.sums(touches[lead], at: instant)),
      missingAttributes: step.missing,
      askedAttributes: fit.askedCount
    )
  }

  /// The score that the CRM recorded when the lead was handed to sales; nil where nobody did.
  public func recordedAtHandOff(_ lead: Int) -> Int? {
    let score = recordedAtHandOff[lead]
    return score == FactColumn.noNumber ? nil : Int(score)
  }

  /// Why a lead has its score at an instant: the rules that brought anything, fit first, in the
  /// agreement's order.
  ///
  /// Their points add up to the score's total.
  public func reasons(of lead: Int, at instant: Instant) -> [ScoreReason] {
    fit.reasons(of: lead, at: instant) + engagement.reasons(touches[lead], at: instant)
  }

  /// The first time in a span at which a lead's total is at least a threshold.
  ///
  /// The total rises when the lead does something, when something becomes known of it, and, slowly,
  /// while points against it fade. The last is solved for exactly and told to the next whole
  /// second.
  ///
  /// - Parameters:
  ///   - threshold: The threshold.
  ///   - lead: The lead's dense number.
  ///   - span: The first and the last instant that count.
  /// - Returns: The time, known to the day where what lifted the total is; nil when the threshold
  ///   is never reached in the span.
  /// - Complexity: O(touches of the lead x rules).
  public func firstTime(
    reaching threshold: Int,
    of lead: Int,
    within span: ClosedRange<Instant>
  ) -> TimePoint? {
    var bracket = ScoreBracket()
    return firstTime(reaching: threshold, of: lead, within: span, noting: &bracket)
  }

  /// The same, noting which other thresholds would be reached then, too.
  func firstTime(
    reaching threshold: Int,
    of lead: Int,
    within span: ClosedRange<Instant>,
    noting bracket: inout ScoreBracket
  ) -> TimePoint? {
    let touches = touches[lead]
    let steps = fit.steps(of: lead)
    let start = span.lowerBound
    var sums = engagement.sums(touches, at: start)
    var points = fit.step(of: lead, at: start).points
    var now = start
    func isReached(_ bracket: inout ScoreBracket) -> Bool {
      let total = Double(points) + engagement.total(sums)
      let isReached = total >= Double(threshold) - LeadScore.tolerance
      bracket.note(total, isReached: isReached)
      return isReached
    }
    if isReached(&bracket) { return TimePoint(start) }
    var nextTouch = touches.firstIndex { $0.time.instant > start } ?? touches.endIndex
    var nextStep =
      steps.firstIndex { $0.time.isDated && $0.time.instant > start } ?? steps.endIndex
    while true {
      var coming = nextTouch < touches.endIndex ? touches[nextTouch].time : nil
      if nextStep < steps.endIndex {
        coming = min(coming ?? steps[nextStep].time, steps[nextStep].time)
      }
      // What happens at an instant is told below, fading only what lies before it.
      let isInSpan = coming.map { $0.instant <= span.upperBound } ?? false
      let next = isInSpan ? coming?.instant ?? now : span.upperBound
      let last = isInSpan ? next.advanced(bySeconds: -1) : next
      if sums.contains(where: { $0 < 0 }) {
        // How high what is left may rise is not worked out for every threshold.
        if let found = risen(to: threshold, of: lead, points, sums, after: now, through: last) {
          bracket.noteExact(threshold)
          return TimePoint(found)
        }
        bracket.noteUnreached(threshold)
      }
      guard let coming, isInSpan else { return nil }
      let decay = engagement.decay(after: next.seconds - now.seconds)
      for rule in sums.indices { sums[rule] *= decay }
      now = next
      while nextTouch < touches.endIndex, touches[nextTouch].time.instant == now {
        engagement.add(touches[nextTouch], decay: 1, to: &sums)
        nextTouch += 1
      }
      while nextStep < steps.endIndex, steps[nextStep].time.instant == now {
        points = steps[nextStep].points
        nextStep += 1
      }
      if isReached(&bracket) { return coming }
    }
  }

  /// The first whole second after one instant, and not after another, at which fading alone has
  /// lifted a lead's total to a threshold.
  private func risen(
    to threshold: Int,
    of lead: Int,
    _ points: Int,
    _ sums: [Double],
    after now: Instant,
    through last: Instant
  ) -> Instant? {
    let room = last.seconds - now.seconds
    let level = Double(threshold) - Double(points) - LeadScore.tolerance
    guard let wait = engagement.secondsToRise(to: level, from: sums, within: room) else {
      return nil
    }
    // Rounding may put the instant a second too early or too late.
    let nearest = Int64(wait.rounded(.up))
    for seconds in nearest - 1...nearest + 1 where seconds > 0 && seconds <= room {
      let instant = now.advanced(bySeconds: seconds)
      if score(of: lead, at: instant).reaches(threshold) { return instant }
    }
    return nil
  }
}
