import PlumblineCore

/// Finds spellings of one name that differ by case, blanks or signs alone.
struct SpellingNotes {
  private var counts: [String: Int] = [:]

  /// Counts the values of a column.
  mutating func add(_ column: ColumnEvidence) {
    for (text, count) in column.values ?? [] where !ValueWords.isPlaceholder(text) {
      counts[text, default: 0] += count
    }
  }

  /// Renames of the rarer spellings to the commonest, in alphabetical order.
  var renames: ValueRenames {
    let groups = Dictionary(grouping: counts.keys) { text in
      text.lowercased().split { $0 == " " || $0 == "_" || $0 == "-" }.joined(separator: " ")
    }
    var entries: [ValueRenames.Entry] = []
    for spellings in groups.values where spellings.count > 1 {
      // The commonest, and of equals the first in the alphabet.
      let best = spellings.min { left, right in
        (counts[right] ?? 0, left) < (counts[left] ?? 0, right)
      }
      guard let best else { continue }
      entries += spellings.filter { $0 != best }.map { ValueRenames.Entry($0, to: best) }
    }
    return ValueRenames(entries.sorted { $0.from < $1.from })
  }
}
