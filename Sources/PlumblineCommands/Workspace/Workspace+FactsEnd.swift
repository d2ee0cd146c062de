import PlumblineCore

extension Workspace {
  /// How far facts go; what somebody says here of one lead makes none of the others newer.
  ///
  /// - Parameters:
  ///   - facts: The facts.
  ///   - calendar: The agreement's days.
  ///   - last: The newest import that counts; all when nil.
  /// - Returns: The instant.
  /// - Throws: What the store throws.
  static func factsEnd(
    _ facts: any FactStore,
    _ calendar: LocalCalendar,
    through last: Int?
  ) throws -> Instant {
    try FactsEnd.instant(
      reading: facts,
      calendar: calendar,
      through: last,
      besides: SpokenDisposition.fileName
    )
  }
}
