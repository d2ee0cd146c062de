import Glibc

/// Points for what leads did, one sum a rule, as they fade.
struct EngagementSums: Sendable {
  private let rules: [LeadScoring.EngagementRule]
  /// For each type of touch, the rules that look at it.
  private let rulesOfType: [[Int]]
  /// The half-life in seconds; nil where points do not fade.
  private let halfLife: Double?

  init(_ scoring: LeadScoring, _ touches: LeadTouches) {
    rules = scoring.engagement
    halfLife = scoring.halfLifeInDays.flatMap { $0 > 0 && $0.isFinite ? $0 * 86_400 : nil }
    var rulesOfType = touches.types.map { _ in [Int]() }
    for (index, rule) in rules.enumerated() {
      if let type = touches.type(rule.touch) { rulesOfType[Int(type)].append(index) }
    }
    self.rulesOfType = rulesOfType
  }

  /// No points.
  var none: [Double] { Array(repeating: 0, count: rules.count) }

  /// Whether any rule looks at a type of touch.
  func counts(_ touch: LeadTouches.Touch) -> Bool { !rulesOfType[Int(touch.type)].isEmpty }

  /// The share of its points that a touch keeps after so many seconds.
  func decay(after seconds: Int64) -> Double {
    halfLife.map { exp2(-Double(seconds) / $0) } ?? 1
  }

  /// Adds a touch of so much ago.
  func add(_ touch: LeadTouches.Touch, decay: Double, to sums: inout [Double]) {
    for rule in rulesOfType[Int(touch.type)] { sums[rule] += Double(rules[rule].points) * decay }
  }

  /// The sums at an instant, before limits.
  func sums(_ touches: ArraySlice<LeadTouches.Touch>, at instant: Instant) -> [Double] {
    var sums = none
    for touch in touches {
      let age = instant.seconds - touch.time.instant.seconds
      // Touches are in order of time.
      guard age >= 0 else { break }
      add(touch, decay: decay(after: age), to: &sums)
    }
    return sums
  }

  /// What a rule's sum is worth under its limit, by amount.
  func limited(_ sum: Double, rule: Int) -> Double {
    guard let most = rules[rule].most.map({ abs(Double($0)) }) else { return sum }
    return max(-most, min(most, sum))
  }

  /// The points of all rules, with their limits.
  func total(_ sums: [Double]) -> Double {
    var total = 0.0
    for (rule, sum) in sums.enumerated() { total += limited(sum, rule: rule) }
    return total
  }

  /// The rules that bring anything, with how often and how much.
  func reasons(_ touches: ArraySlice<LeadTouches.Touch>, at instant: Instant) -> [ScoreReason] {
    let sums = sums(touches, at: instant)
    return rules.indices.compactMap { rule in
      let count = touches.count {
        $0.time.instant <= instant && rulesOfType[Int($0.type)].contains(rule)
      }
      guard count > 0, rules[rule].points != 0 else { return nil }
      return ScoreReason(
        subject: .touches(rules[rule].touch, count: count),
        points: limited(sums[rule], rule: rule),
        pointsWithoutLimit: sums[rule]
      )
    }
  }

  /// The seconds after which fading alone has lifted the points to a level: what speaks against a
  /// lead fades too.
  ///
  /// With the share d that is left of all sums, the points are a sum of straight lines in d, each
  /// with a bend where its limit lets go. Between bends the level is met where one line meets it.
  ///
  /// - Parameters:
  ///   - level: The level; the points are below it now.
  ///   - sums: The sums now, before limits.
  ///   - seconds: The time in which nothing else happens, at least 0.
  /// - Returns: The seconds, as a real number; nil when the level is not met in that time.
  /// - Complexity: O(rules²).
  func secondsToRise(to level: Double, from sums: [Double], within seconds: Int64) -> Double? {
    guard let halfLife, seconds > 0, sums.contains(where: { $0 < 0 }) else { return nil }
    let end = decay(after: seconds)
    var bends: [Double] = []
    for (rule, sum) in sums.enumerated() {
      guard let most = rules[rule].most.map({ abs(Double($0)) }), sum != 0 else { continue }
      let bend = most / abs(sum)
      if bend > end, bend < 1 { bends.append(bend) }
    }
    var higher = 1.0
    var before = total(sums)
    for lower in bends.sorted(by: >) + [end] {
      let after = total(sums.map { $0 * lower })
      if after >= level {
        let share = after > before ? (after - level) / (after - before) : 0
        return -log2(lower + (higher - lower) * share) * halfLife
      }
      (higher, before) = (lower, after)
    }
    return nil
  }
}
