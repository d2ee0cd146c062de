/// What leads are worth for what they are, as it became known.
struct FitPoints: Sendable {
  /// The points from one time on.
  struct Step: Hashable, Sendable {
    /// From when on; `undated` for what holds at any time.
    var time: TimePoint
    var points: Int
    /// The attributes asked for of which nothing is known.
    var missing: Int
  }

  /// One attribute that rules ask for.
  private struct Attribute {
    var name: String
    var number: Int32?
    var rules: [LeadScoring.FitRule]
  }

  private static let noStep = Step(time: .undated, points: 0, missing: 0)

  private let attributes: [Attribute]
  private let source: LeadAttributes
  private let calendar: LocalCalendar
  private var starts: [Int] = [0]
  private var steps: [Step] = []
  /// Whether anything that is asked for is known of a lead, now or ever.
  private var isKnown: [Bool] = []

  /// How many attributes rules ask for.
  var askedCount: Int { attributes.count }

  /// The points of so many leads.
  ///
  /// - Complexity: O(leads x attributes).
  init(
    _ rules: [LeadScoring.FitRule],
    _ source: LeadAttributes,
    calendar: LocalCalendar,
    leadCount: Int
  ) {
    self.source = source
    self.calendar = calendar
    var attributes: [Attribute] = []
    for rule in rules {
      let key = WordKey.of(rule.criterion.name)
      if let known = attributes.firstIndex(where: { WordKey.of($0.name) == key }) {
        attributes[known].rules.append(rule)
      } else {
        attributes.append(
          Attribute(
            name: rule.criterion.name,
            number: source.number(ofName: rule.criterion.name),
            rules: [rule]
          )
        )
      }
    }
    self.attributes = attributes
    guard !attributes.isEmpty else { return }
    // Each word is judged once, however many leads say it.
    var judged = attributes.map { _ in [UInt32: (points: Int, isMissing: Bool)]() }
    let blank = attributes.map { Self.points($0.rules, "") }
    starts.reserveCapacity(leadCount + 1)
    for lead in 0..<leadCount {
      appendSteps(of: lead, &judged, blank)
      starts.append(steps.count)
    }
  }

  private mutating func appendSteps(
    of lead: Int,
    _ judged: inout [[UInt32: (points: Int, isMissing: Bool)]],
    _ blank: [Int]
  ) {
    var times: [TimePoint] = [.undated]
    var isAnyKnown = false
    for attribute in attributes {
      for entry in entries(attribute, lead) where entry.time.isDated {
        times.append(entry.time)
      }
    }
    times.sort()
    for (index, time) in times.enumerated() {
      // What becomes known at one instant is one step.
      if index + 1 < times.count, times[index + 1].isDated == time.isDated,
        time.isDated ? times[index + 1].instant == time.instant : true
      {
        continue
      }
      var step = Step(time: time, points: 0, missing: 0)
      for (position, attribute) in attributes.enumerated() {
        guard let code = code(attribute, lead, at: time) else {
          step.points += blank[position]
          step.missing += 1
          continue
        }
        let known: (points: Int, isMissing: Bool)
        if let found = judged[position][code] {
          known = found
        } else {
          let word = source.word(code)
          known = (Self.points(attribute.rules, word), WordKey.of(word).isEmpty)
          judged[position][code] = known
        }
        step.points += known.points
        if known.isMissing { step.missing += 1 } else { isAnyKnown = true }
      }
      steps.append(step)
    }
    isKnown.append(isAnyKnown)
  }

  /// Of the rules for one attribute the first that fits counts.
  private static func points(_ rules: [LeadScoring.FitRule], _ word: String) -> Int {
    rules.first { $0.criterion.match.fits(word) == true }?.points ?? 0
  }

  /// What is said of an attribute, by whose word counts first: both teams', sales', marketing's.
  private func entries(_ attribute: Attribute, _ lead: Int) -> [(code: UInt32, time: TimePoint)] {
    guard let number = attribute.number else { return [] }
    return [nil, .sales, .marketing].compactMap { team in
      source.entry(number, of: lead, by: team).map { ($0.code, calendar.rebased($0.time)) }
    }
  }

  private func code(_ attribute: Attribute, _ lead: Int, at time: TimePoint) -> UInt32? {
    entries(attribute, lead).first {
      !$0.time.isDated || (time.isDated && $0.time.instant <= time.instant)
    }?.code
  }

  /// The times from which a lead's points hold, in order; the first holds from the beginning.
  func steps(of lead: Int) -> ArraySlice<Step> {
    attributes.isEmpty ? [Self.noStep] : steps[starts[lead]..<starts[lead + 1]]
  }

  /// The points at an instant.
  func step(of lead: Int, at instant: Instant) -> Step {
    steps(of: lead).last { !$0.time.isDated || $0.time.instant <= instant } ?? Self.noStep
  }

  /// Whether anything that rules ask for is known of a lead, now or ever.
  func isAnythingKnown(of lead: Int) -> Bool { !attributes.isEmpty && isKnown[lead] }

  /// The rules that count at an instant, with the value that each found.
  func reasons(of lead: Int, at instant: Instant) -> [ScoreReason] {
    attributes.compactMap { attribute in
      let word = code(attribute, lead, at: TimePoint(instant)).map(source.word)
      guard
        let rule = attribute.rules.first(where: { $0.criterion.match.fits(word) == true }),
        rule.points != 0
      else { return nil }
      return ScoreReason(
        subject: .attribute(attribute.name, value: word),
        points: Double(rule.points),
        pointsWithoutLimit: Double(rule.points)
      )
    }
  }
}
