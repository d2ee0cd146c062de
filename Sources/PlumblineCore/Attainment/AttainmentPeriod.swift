/// A month, quarter or year for which something is to be reached.
public struct AttainmentPeriod: Hashable, Sendable {
  /// How long it is.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case month, quarter, year
  }

  /// How long it is.
  public let kind: Kind
  /// Its days.
  public let days: ClosedRange<CivilDate>

  /// The month, quarter or year in which a day lies.
  public init(_ kind: Kind, of day: CivilDate) {
    self.kind = kind
    switch kind {
    case .month:
      let month = GapPeriod.month(of: day)
      days = month.first...month.last
    case .quarter:
      let quarter = GapPeriod.quarter(of: day)
      days = quarter.first...quarter.last
    case .year:
      let year = day.components.year
      let first = CivilDate(year: year, month: 1, day: 1) ?? day
      let last = CivilDate(year: year, month: 12, day: 31) ?? day
      days = first...last
    }
  }

  /// The period that has exactly these days; nil where none has.
  public init?(days: ClosedRange<CivilDate>) {
    for kind in Kind.allCases {
      let period = AttainmentPeriod(kind, of: days.lowerBound)
      guard period.days == days else { continue }
      self = period
      return
    }
    return nil
  }

  /// The months in it, in order.
  public var months: [AttainmentPeriod] {
    var months = [AttainmentPeriod(.month, of: days.lowerBound)]
    while let last = months.last?.days.upperBound, last < days.upperBound {
      months.append(AttainmentPeriod(.month, of: CivilDate(dayNumber: last.dayNumber + 1)))
    }
    return months
  }

  /// Whether a day lies in it.
  public func contains(_ day: CivilDate) -> Bool { days.contains(day) }

  /// The instants from its beginning to its end.
  ///
  /// The day on which the clocks change is as long as it is.
  public func seconds(_ calendar: LocalCalendar) -> Range<Int64> {
    let end = calendar.instant(of: CivilDate(dayNumber: days.upperBound.dayNumber + 1))
    return calendar.instant(of: days.lowerBound).seconds..<end.seconds
  }
}

extension AttainmentPeriod: LosslessStringConvertible {
  /// The name as goals write it: `2026`, `2026-Q1` or `2026-01`.
  public var description: String {
    let text = days.lowerBound.description
    let month = days.lowerBound.components.month
    switch kind {
    case .month: return String(text.dropLast(3))
    case .quarter: return "\(text.dropLast(6))-Q\((month + 2) / 3)"
    case .year: return String(text.dropLast(6))
    }
  }

  /// A period written as `2026`, `2026-Q1` or `2026-01`; nil for any other text.
  public init?(_ description: String) {
    let parts = description.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts[0].utf8.count == 4,
      parts[0].utf8.allSatisfy({ (48...57).contains($0) }), let year = Int(parts[0])
    else { return nil }
    let (kind, month): (Kind, Int?)
    if parts.count == 1 {
      (kind, month) = (.year, 1)
    } else if parts[1].first == "Q" || parts[1].first == "q" {
      (kind, month) = (.quarter, Int(parts[1].dropFirst()).map { 3 * $0 - 2 })
    } else {
      (kind, month) = (.month, Int(parts[1]))
    }
    guard let month, let first = CivilDate(year: year, month: month, day: 1) else { return nil }
    self.init(kind, of: first)
    // Nothing but the name itself: no signs, no missing zeros.
    guard self.description.lowercased() == description.lowercased() else { return nil }
  }
}
