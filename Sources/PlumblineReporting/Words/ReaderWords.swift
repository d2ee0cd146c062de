import PlumblineCore

/// The words that the agreement's vocabulary has for whoever reads; numbers are the same for all.
struct ReaderWords {
  private let words: [String: String]

  /// The words of the agreement's reader; none where it has no reader.
  init(_ agreement: Agreement) { self.init(agreement, of: agreement.reader) }

  /// The words of one reader; the first that the vocabulary has for a term counts.
  init(_ agreement: Agreement, of reader: Reader?) {
    var words: [String: String] = [:]
    if let reader {
      for term in agreement.vocabulary {
        let key = WordKey.of(term.term)
        guard words[key] == nil, let word = term.words[reader]?.printable, !word.isEmpty else {
          continue
        }
        words[key] = word
      }
    }
    self.words = words
  }

  /// The reader's word for a term, or nil for the usual one; case and the choice of blank, `-` or
  /// `_` do not matter.
  func word(_ term: String) -> String? { words.isEmpty ? nil : words[WordKey.of(term)] }
}

extension Agreement {
  /// The agreement without a reader: what programs read has the same words for all.
  var inUsualWords: Agreement {
    guard reader != nil else { return self }
    var agreement = self
    agreement.reader = nil
    return agreement
  }
}
