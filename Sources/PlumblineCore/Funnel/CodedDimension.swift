/// A dimension of a question with its values numbered densely, so that cells are found by number.
final class CodedDimension: Sendable {
  /// Where an episode's value comes from.
  enum Source: Sendable {
    /// The code of the episode's lead, which has a number.
    case text(codes: [UInt32])
    /// Whether the episode is the lead's first.
    case attempt
    /// The day by which the episode is dated; the first of the table's days.
    case period(firstDay: Int)
  }

  let dimension: FunnelDimension
  let source: Source
  /// The number of each code of the dictionary, -1 where nobody has it; or of each day of a table.
  let numbers: [Int32]
  /// How many values there are; each is numbered from 0 on.
  let valueCount: Int
  /// What the values are called; periods are named from their numbers instead.
  private let names: [String]
  /// The month or week of the first day.
  private let firstPeriod: Int

  /// So many days are looked up in a table; those after them are worked out one by one.
  private static let mostDays = 100_000

  /// The values that the leads and the spend of a history have.
  ///
  /// - Parameters:
  ///   - dimension: The dimension.
  ///   - history: The history.
  ///   - days: All days by which episodes and spend are dated.
  /// - Complexity: O(leads), or O(days of the table).
  init(_ dimension: FunnelDimension, _ history: CompanyHistory, days: ClosedRange<Int>) {
    self.dimension = dimension
    switch dimension {
    case .channel, .campaign, .segment, .owner:
      let (codes, domain, others) = Self.column(dimension, history)
      precondition(codes.count == history.leads.ids.count, "every lead has a code, or 0")
      (numbers, names) = Self.numbered([codes, others], history.texts[domain])
      source = .text(codes: codes)
      valueCount = max(1, names.count)
      firstPeriod = 0
    case .attempt:
      (source, numbers, names, valueCount, firstPeriod) = (.attempt, [], ["1", "2+"], 2, 0)
    case .cohort, .week:
      let first = Self.period(dimension, ofDay: days.lowerBound)
      numbers = days.prefix(Self.mostDays).map {
        Int32(clamping: Self.period(dimension, ofDay: $0) - first + 1)
      }
      (source, names, firstPeriod) = (.period(firstDay: days.lowerBound), [], first)
      valueCount = Self.period(dimension, ofDay: days.upperBound) - first + 2
    }
  }

  private static func column(
    _ dimension: FunnelDimension,
    _ history: CompanyHistory
  ) -> (codes: [UInt32], TextDomain, others: [UInt32]) {
    let leads = history.leads
    return switch dimension {
    case .campaign: (leads.campaigns, .campaign, history.spend.map(\.campaign))
    case .segment: (leads.segments, .segment, [])
    case .owner: (leads.owners, .owner, [])
    default: (leads.channels, .channel, history.spend.map(\.channel))
    }
  }

  /// The codes that occur, numbered as they first do.
  private static func numbered(
    _ columns: [[UInt32]],
    _ texts: TextDictionary
  ) -> ([Int32], [String]) {
    var numbers = [Int32](repeating: -1, count: texts.count)
    var names: [String] = []
    for codes in columns {
      for code in codes where numbers[Int(code)] < 0 {
        numbers[Int(code)] = Int32(names.count)
        names.append(code == 0 ? FunnelDimension.none : texts[code])
      }
    }
    return (numbers, names)
  }

  /// What a value is called.
  func name(_ number: Int) -> String {
    guard isPeriod else { return names[number] }
    guard number > 0 else { return FunnelDimension.none }
    let period = firstPeriod + number - 1
    if dimension == .week { return CivilDate(dayNumber: period * 7 - 3).description }
    let year = period >= 0 ? period / 12 : (period - 11) / 12
    let day = CivilDate(year: year, month: period - year * 12 + 1, day: 1)
    return String((day?.description ?? "").prefix(7))
  }

  /// For each number whether a filter lets it through, up to the last that it does.
  ///
  /// - Parameter filter: The filter.
  /// - Returns: One a number; later ones are not let through.
  func passing(_ filter: DimensionFilter) -> [Bool] {
    let passing = filter.passing(names)
    let numbers =
      isPeriod
      ? filter.values.compactMap { number(ofPeriod: $0.lowercased()) }
      : names.indices.filter { passing.contains(names[$0]) }
    var passes = Array(repeating: false, count: (numbers.max() ?? -1) + 1)
    for number in numbers { passes[number] = true }
    return passes
  }

  private func number(ofPeriod name: String) -> Int? {
    if name == FunnelDimension.none { return 0 }
    guard let day = CivilDate(dimension == .week ? name : "\(name)-01") else { return nil }
    let number = number(ofDay: day.dayNumber)
    return number > 0 && number < valueCount && self.name(number) == name ? number : nil
  }

  /// The number of the month or week of a day.
  func number(ofDay day: Int) -> Int {
    if case .period(let firstDay) = source, day >= firstDay, day - firstDay < numbers.count {
      return Int(numbers[day - firstDay])
    }
    return Self.period(dimension, ofDay: day) - firstPeriod + 1
  }

  /// The codes of the leads, of a text.
  var codes: [UInt32] {
    if case .text(let codes) = source { codes } else { [] }
  }

  var isPeriod: Bool {
    if case .period = source { true } else { false }
  }

  /// Months since the beginning of the year 0, or weeks since Monday 1969-12-29.
  private static func period(_ dimension: FunnelDimension, ofDay day: Int) -> Int {
    if dimension == .week { return day >= -3 ? (day + 3) / 7 : (day - 3) / 7 }
    let (year, month, _) = CivilDate(dayNumber: day).components
    return year * 12 + month - 1
  }
}
