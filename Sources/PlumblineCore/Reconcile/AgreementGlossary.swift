/// The terms of an agreement with the words of each team, and where words clash.
public struct AgreementGlossary: Sendable {
  /// What a term is.
  public enum Kind: String, Sendable, CaseIterable, Codable {
    case stage, detour, disposition, factor
    /// What the teams agree on besides: the ideal customer, the score, promises and goals.
    case agreed
    case answer
    /// The vocabulary names it, and nothing else in the file does.
    case unknown
  }

  /// A word of answers that every reader meets, whatever the file says.
  public struct AnswerTerm: Sendable {
    /// The term.
    public var term: String
    /// What it means, in a sentence.
    public var meaning: String
    /// What it is: `answer`, or `agreed` for one that the file defines.
    public var kind: Kind

    /// A word of answers.
    public init(term: String, meaning: String, kind: Kind = .answer) {
      self.term = term
      self.meaning = meaning
      self.kind = kind
    }
  }

  /// A term.
  public struct Entry: Hashable, Sendable {
    /// The term's id.
    public var term: String
    /// What it is.
    public var kind: Kind
    /// The words that the vocabulary has for it, by reader.
    public var words: [Reader: String]
    /// What it means: the file's own sentence, else the vocabulary's; empty when neither says.
    public var meaning: String
    /// Other words that the data uses for it.
    public var aliases: [String]
  }

  /// Where a word stands for a term.
  public struct WordUse: Hashable, Sendable {
    /// The term.
    public var term: String
    /// What the term is.
    public var kind: Kind
    /// Whose word it is; nil where it is the term's own id or another name of it in the file.
    public var reader: Reader?
  }

  /// Something that two people would read differently.
  public enum Clash: Hashable, Sendable {
    /// One word stands for several terms.
    case sharedWord(String, uses: [WordUse])
    /// One term has several meanings in the file.
    case severalMeanings(term: String, meanings: [String])
    /// The vocabulary has a term that nothing else in the file, and no answer, has.
    case unknownTerm(String)
  }

  /// The terms in the order of the file, then those of answers, then unknown ones.
  public private(set) var entries: [Entry] = []
  /// The clashes: words first, by word, then meanings, then unknown terms.
  public private(set) var clashes: [Clash] = []

  /// The glossary of an agreement.
  ///
  /// - Parameters:
  ///   - agreement: The agreement.
  ///   - answers: The terms of answers.
  /// - Complexity: O(terms log terms).
  public init(_ agreement: Agreement, answers: [AnswerTerm] = []) {
    func add(_ term: String, _ kind: Kind, _ meaning: String, _ aliases: [String] = []) {
      entries.append(
        Entry(term: term, kind: kind, words: [:], meaning: meaning, aliases: aliases)
      )
    }
    for stage in agreement.path { add(stage.id, .stage, stage.meaning, stage.aliases) }
    for stage in agreement.detours { add(stage.id, .detour, stage.meaning, stage.aliases) }
    for reason in agreement.dispositions {
      add(reason.id, .disposition, reason.meaning, reason.aliases)
    }
    for factor in agreement.qualifyingFactors { add(factor.id, .factor, factor.meaning) }
    let known = Set(entries.map { WordKey.of($0.term) })
    for answer in answers where !known.contains(WordKey.of(answer.term)) {
      add(answer.term, answer.kind, answer.meaning)
    }
    let meanings = takeVocabulary(agreement.vocabulary)
    clashes = sharedWords() + severalMeanings(meanings)
    clashes += entries.filter { $0.kind == .unknown }.map { .unknownTerm($0.term) }
  }

  /// The meanings of each term, the file's own first, each once.
  private mutating func takeVocabulary(_ vocabulary: [VocabularyTerm]) -> [[String]] {
    // Our own sentence for a word of answers gives way to the file's.
    let ours: Set<Kind> = [.agreed, .answer]
    var meanings = entries.map {
      ours.contains($0.kind) || $0.meaning.isEmpty ? [] : [$0.meaning]
    }
    for item in vocabulary {
      let key = WordKey.of(item.term)
      var place = entries.firstIndex { WordKey.of($0.term) == key }
      if place == nil {
        place = entries.count
        entries.append(
          Entry(term: item.term, kind: .unknown, words: [:], meaning: "", aliases: [])
        )
        meanings.append([])
      }
      guard let place else { continue }
      for (reader, word) in item.words where entries[place].words[reader] == nil {
        if !WordKey.of(word).isEmpty { entries[place].words[reader] = word }
      }
      guard !item.meaning.isEmpty else { continue }
      if !meanings[place].contains(where: { WordKey.of($0) == WordKey.of(item.meaning) }) {
        meanings[place].append(item.meaning)
      }
      if entries[place].meaning.isEmpty || ours.contains(entries[place].kind) {
        entries[place].meaning = item.meaning
      }
    }
    return meanings
  }

  private func severalMeanings(_ meanings: [[String]]) -> [Clash] {
    zip(entries, meanings).filter { $1.count > 1 }.map {
      .severalMeanings(term: $0.term, meanings: $1)
    }
  }

  /// Words that stand for several terms.
  ///
  /// A stage and a disposition, or an answer's word, may share their ids: `lost` the detour is also
  /// what sales says. Such ids alone are no clash; what somebody calls a term is.
  private func sharedWords() -> [Clash] {
    var uses: [String: [WordUse]] = [:]
    var spelling: [String: String] = [:]
    func note(_ word: String, _ use: WordUse) {
      let key = WordKey.of(word)
      guard !key.isEmpty, uses[key]?.contains(use) != true else { return }
      uses[key, default: []].append(use)
      if spelling[key] == nil || use.reader != nil { spelling[key] = word }
    }
    for entry in entries {
      for word in [entry.term] + entry.aliases {
        note(word, WordUse(term: entry.term, kind: entry.kind, reader: nil))
      }
      for reader in Reader.allCases {
        guard let word = entry.words[reader] else { continue }
        note(word, WordUse(term: entry.term, kind: entry.kind, reader: reader))
      }
    }
    return uses.sorted { $0.key < $1.key }.compactMap { key, found in
      let terms = Set(found.map { WordKey.of($0.term) })
      guard terms.count > 1 else { return nil }
      let isSaid = found.contains { $0.reader != nil }
      let kinds = Dictionary(grouping: found, by: \.kind)
      let isWithinOneKind = kinds.values.contains { Set($0.map(\.term)).count > 1 }
      guard isSaid || isWithinOneKind else { return nil }
      return .sharedWord(spelling[key] ?? key, uses: found)
    }
  }
}
