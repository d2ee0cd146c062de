/// What the words of a deal's outcome mean.
package enum DealWords {
  /// Whether a word says that a deal is won or lost.
  package static func isDecided(_ word: String) -> Bool {
    switch WordKey.of(word) {
    case "won", "closed won", "lost", "closed lost": true
    default: false
    }
  }
}
