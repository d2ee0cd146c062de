import PlumblineCore

/// Single terms of an agreement in words that both teams read the same way.
enum AgreementPhrases {
  /// A promised span: `4 working hours`, `2 days`.
  static func span(_ span: SalesSLA.Span) -> String {
    let seconds = Int(span.seconds)
    let working = span.isWorkingTime ? "working " : ""
    if !span.isWorkingTime, seconds.isMultiple(of: 86_400) { return Format.days(seconds / 86_400) }
    return seconds.isMultiple(of: 3600)
      ? Format.count(seconds / 3600, working + "hour")
      : Format.count(seconds / 60, working + "minute")
  }

  /// Which values fit: `50 to 1,000`, `software or fintech`.
  static func match(_ match: AttributeMatch) -> String {
    switch match {
    case .range(let least?, let most?): "\(number(least)) to \(number(most))"
    case .range(let least?, nil): "\(number(least)) or more"
    case .range(nil, let most?): "up to \(number(most))"
    case .range(nil, nil), .present: "any value"
    case .missing: "not known"
    case .words(let words): words.map(\.printable).joined(separator: " or ")
    }
  }

  /// An id of the file: as it is written there, on a page as words: `company size`.
  static func plain(_ id: String) -> String {
    AnswerPlace.words(id.printable, onPage: id.printable.replacing("_", with: " "))
  }

  /// A number of an agreement: whole ones with their thousands apart.
  static func number(_ value: Double) -> String {
    Int(exactly: value).map { Format.count($0) } ?? "\(value)"
  }

  /// An agreed share as it was agreed, to the millionth: `78 %`, `1.25 %`.
  static func share(_ share: Double) -> String {
    "\(number((share * 1e6).rounded() / 1e4)) %"
  }

  /// Points with their sign: `+20`, `-5`.
  static func points(_ points: Int) -> String {
    points > 0 ? "+\(Format.count(points))" : Format.count(points)
  }

  /// What a gate asks for: `a score of at least 60`; nil where it asks for nothing.
  static func gate(_ gate: StageGate, factors: Int) -> String? {
    let parts = [
      gate.score.map { "a score of at least \(Format.count($0))" },
      gate.factors.map { "\($0) of \(Format.count(factors, "qualifying factor")) answered yes" },
      gate.acceptedBy.map { "a lead that \($0.rawValue) accepted" },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : Format.list(parts, most: 99)
  }

  /// Where leads go after a detour: `disqualified (bad timing): after 60 days to nurture-timing`.
  static func recycling(_ rule: RecycleRule) -> String {
    let reason = rule.reason.map { " (\(plain($0)))" } ?? ""
    let wait = rule.afterDays == 0 ? "at once" : "after \(Format.days(rule.afterDays))"
    return "\(StageWords.usualLabel(rule.detour))\(reason): \(wait) to \(rule.list.printable)"
  }

  /// When people work: `Monday to Friday, 09:00–12:00 and 13:00–17:00`.
  static func workingTime(_ time: WorkingTime) -> String {
    guard !time.isEmpty else { return "nobody ever works" }
    let names = [
      "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    let days = time.weekdays.sorted()
    let isRun = days.count > 2 && days == Array(days[0]...days[days.count - 1])
    let when =
      isRun
      ? "\(names[days[0]]) to \(names[days[days.count - 1]])"
      : Format.list(days.map { names[$0] }, most: 99)
    let hours = time.shifts.map(hours)
    let off = time.holidays.isEmpty ? "" : ", \(Format.count(time.holidays.count, "day")) off"
    return "\(when), \(Format.list(hours, most: 99))\(off)"
  }

  /// A stretch of a day: `09:00–12:00`.
  static func hours(_ shift: WorkingTime.Shift) -> String {
    "\(clock(shift.startMinute))–\(clock(shift.endMinute))"
  }

  private static func clock(_ minute: Int) -> String {
    func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(twoDigits(minute / 60)):\(twoDigits(minute % 60))"
  }

  /// How a stage that was passed over counts.
  static func skips(_ rule: SkipRule) -> String {
    switch rule {
    case .strict: "a stage counts when it comes after the one before it"
    case .any: "a stage counts when it is reached, in any order"
    case .ordered: "a stage counts when it comes after the last one that counts"
    case .filled: "a later stage implies the earlier ones"
    }
  }

  /// How leads reach reps.
  static func routing(_ rule: RoutingRule) -> String {
    switch rule {
    case .regardless: "regardless of how promising they are"
    case .byScore: "by score"
    case .ownersChoose: "reps choose them"
    }
  }
}

/// One threshold of the verdict, with what it usually is.
struct ThresholdWords {
  let name: String
  let value: Double
  let usual: Double

  var isUsual: Bool { value == usual }

  /// Every threshold under the name that the agreement file gives it, in the order of the methods.
  static func all(of agreement: Agreement) -> [ThresholdWords] {
    pairs(agreement.thresholds, VerdictThresholds())
      + pairs(agreement.leakThresholds, LeakThresholds())
  }

  private static func pairs<Thresholds>(
    _ thresholds: Thresholds,
    _ usual: Thresholds
  ) -> [ThresholdWords] {
    zip(Mirror(reflecting: thresholds).children, Mirror(reflecting: usual).children).compactMap {
      given,
      usual in
      guard let name = given.label, let value = number(given.value),
        let normal = number(usual.value)
      else { return nil }
      return ThresholdWords(name: snakeCase(name), value: value, usual: normal)
    }
  }

  private static func number(_ value: Any) -> Double? {
    (value as? Int).map { Double($0) } ?? value as? Double
  }

  private static func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { text, letter in
      text += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
    }
  }
}
