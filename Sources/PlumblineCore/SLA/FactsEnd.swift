/// How far facts go: of what fell due later nobody knows whether it was done.
public enum FactsEnd {
  /// In so many days something happens at every company: an export whose newest fact is older than
  /// that was old when it was imported.
  private static let quietDays: Int64 = 5

  /// The newest import of files or, where its newest fact is much older than itself, that fact.
  ///
  /// - Parameters:
  ///   - facts: The facts.
  ///   - calendar: The agreement's days.
  ///   - last: The newest import that counts; all when nil.
  ///   - name: The file under which is stored what somebody says of one lead; that is no import of
  ///     files.
  /// - Returns: The instant.
  /// - Throws: What the store throws.
  public static func instant(
    reading facts: some FactStore,
    calendar: LocalCalendar,
    through last: Int? = nil,
    besides name: String
  ) throws -> Instant {
    let newest = try CompanyHistory.defaultAsOf(reading: facts, calendar: calendar, through: last)
    let seen = try facts.imports().filter { record in
      record.sequence <= last ?? .max && record.files.contains { $0.name != name }
    }.map(\.seenAt).max()
    guard let seen, seen - newest.seconds <= quietDays * 86_400 else { return newest }
    return max(newest, Instant(seconds: seen))
  }
}
