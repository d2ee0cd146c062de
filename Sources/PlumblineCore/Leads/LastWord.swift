/// What sales said last of a lead, and whether that took it off the path.
///
/// The CRM's own words say nothing until somebody changes them.
extension Dispositions {
  /// What sales said of a lead since a time, by time, undated words first.
  ///
  /// A word known to the day only may be of the hour after the time; an undated one may be of any.
  ///
  /// - Parameters:
  ///   - lead: The lead's dense number.
  ///   - time: The time; everything counts when it is not known.
  ///   - calendar: The agreement's calendar.
  /// - Returns: The words.
  /// - Complexity: O(words on the lead).
  func words(on lead: Int, since time: TimePoint, _ calendar: LocalCalendar) -> [Entry] {
    self[lead].filter { entry in
      if let reason = entry.reason, reasons[reason].isDefault { return false }
      guard time.isDated, entry.time.isDated else { return true }
      return entry.time.instant >= time.instant
        || (entry.time.precision != .exact || time.precision != .exact)
          && calendar.day(of: entry.time.instant) == calendar.day(of: time.instant)
    }
  }

  /// The word that took a lead off the path since it entered its stage: what sales said last, if it
  /// gave the lead back or turned it down with that; said more than once, the first time counts.
  ///
  /// - Parameters:
  ///   - lead: The lead's dense number.
  ///   - entered: When it entered the stage.
  ///   - calendar: The agreement's calendar.
  /// - Returns: The word; nil while the lead is on the path.
  /// - Complexity: O(words on the lead).
  func parting(of lead: Int, since entered: TimePoint, _ calendar: LocalCalendar) -> Entry? {
    let words = words(on: lead, since: entered, calendar)
    guard let last = words.last, let outcome = outcome(of: last), outcome != .accepted else {
      return nil
    }
    let key = WordKey.of(name(of: last))
    let again = words.reversed().prefix { other in
      other.time.isDated == last.time.isDated && WordKey.of(name(of: other)) == key
    }
    return again.last
  }

  /// What an entry's reason is called: by the agreement's word, else as the source writes it.
  func name(of entry: Entry) -> String { entry.reason.map { reasons[$0].id } ?? entry.text }

  /// The position in the agreement's list of a reason by any of its words; nil when it is not on it.
  func position(of word: String) -> Int? {
    let key = WordKey.of(word)
    return reasons.firstIndex { reason in
      WordKey.of(reason.id) == key || reason.aliases.contains { WordKey.of($0) == key }
    }
  }
}
