/// What the words of a meeting's outcome mean; compared as `WordKey` does.
package enum MeetingWords {
  /// What a word says came of a meeting; nil when it says nothing that is known.
  package static func outcome(_ word: String) -> CompanyHistory.Meeting.Outcome? {
    switch WordKey.of(word) {
    case "held", "completed", "attended", "showed", "done": .held
    case "no show", "noshow": .noShow
    case "cancelled", "canceled": .cancelled
    case "rescheduled": .rescheduled
    default: nil
    }
  }
}
