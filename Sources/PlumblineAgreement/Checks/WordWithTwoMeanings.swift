import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// One word for two terms, so that the teams talk past each other.
  static let wordWithTwoMeanings = AgreementCheck(code: "agreement.word-with-two-meanings") {
    draft,
    report in
    /// A word in use: for which term, and by whom; nil for everybody without a word of their own.
    struct Use {
      var term: String
      var reader: PlumblineCore.Reader?
      var word: Positioned<String>

      var phrase: String {
        let whose =
          switch reader {
          case .marketing: "marketing's"
          case .sales: "sales'"
          case .leadership: "leadership's"
          case nil: "the usual"
          }
        return "\(whose) word for \"\(term.shownInMessage)\""
      }
    }

    var uses: [String: [Use]] = [:]
    for stage in draft.pathInForce + draft.detoursInForce {
      let use = Use(term: stage.id.value, word: stage.id)
      uses[WordKey.of(stage.id.value), default: []].append(use)
    }
    for entry in draft.vocabulary {
      for (reader, word) in entry.words {
        uses[WordKey.of(word.value), default: []].append(
          Use(term: entry.term.value, reader: reader, word: word)
        )
      }
    }
    let stages = draft.pathInForce + draft.detoursInForce
    for entry in draft.vocabulary {
      guard !entry.meaning.isEmpty,
        let stage = stages.first(where: { WordKey.of($0.id.value) == WordKey.of(entry.term.value) }
        ),
        !stage.meaning.isEmpty, WordKey.of(stage.meaning) != WordKey.of(entry.meaning)
      else { continue }
      report.warn(
        "\"\(entry.term.value.shownInMessage)\" has two meanings: the stage says "
          + "\"\(stage.meaning.shownInMessage)\", the vocabulary "
          + "\"\(entry.meaning.shownInMessage)\".",
        at: entry.term.position,
        remedy: "Keep one of the two sentences."
      )
    }
    for key in uses.keys.sorted() {
      guard let shared = uses[key], let first = shared.first,
        let other = shared.first(where: { WordKey.of($0.term) != WordKey.of(first.term) })
      else { continue }
      report.warn(
        "\"\(other.word.value.shownInMessage)\" has two meanings: it is \(first.phrase) and "
          + "\(other.phrase).",
        at: other.word.position,
        remedy: "Give one of the two another word."
      )
    }
  }
}
