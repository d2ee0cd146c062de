/// What the words of a deal's outcome mean; compared as `WordKey` does.
package enum DealWords {
  /// What came of a deal.
  package enum Outcome: Sendable { case open, won, lost }

  /// What a word says came of a deal; nil when it says nothing that is known.
  package static func outcome(_ word: String) -> Outcome? {
    switch WordKey.of(word) {
    case "won", "closed won": .won
    case "lost", "closed lost": .lost
    case "open": .open
    default: nil
    }
  }

  /// Whether a word says that a deal is won or lost.
  package static func isDecided(_ word: String) -> Bool {
    switch outcome(word) {
    case .won, .lost: true
    case .open, nil: false
    }
  }
}
