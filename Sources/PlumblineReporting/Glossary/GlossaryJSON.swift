public import PlumblineCore

/// The terms of an agreement as JSON; every key is documented in `Documentation/json.md`.
public struct GlossaryJSON: Sendable {
  private let wire: GlossaryWire

  /// A glossary to be written.
  public init(_ agreement: Agreement) { wire = GlossaryWire(agreement.inUsualWords) }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: Never but what encoding throws.
  public func text() throws -> String { try JSONText.text(wire) }
}

/// A term in JSON.
struct GlossaryTermWire: Codable, Hashable, Sendable {
  let term: String
  let kind: AgreementGlossary.Kind
  let marketing: String
  let sales: String
  let leadership: String
  let meaning: String
  let definition: String
  let aliases: [String]

  init(_ entry: AgreementGlossary.Entry, _ words: GlossaryWords) {
    term = entry.term
    kind = entry.kind
    marketing = words.word(entry, .marketing)
    sales = words.word(entry, .sales)
    leadership = words.word(entry, .leadership)
    meaning = entry.meaning
    definition = words.definition(entry)
    aliases = entry.aliases
  }
}

/// A clash of words in JSON.
struct GlossaryClashWire: Codable, Hashable, Sendable {
  let kind: String
  let word: String
  let terms: [String]
  let message: String
  let remedy: String

  init(_ clash: AgreementGlossary.Clash, _ words: GlossaryWords) {
    switch clash {
    case .sharedWord(let word, let uses):
      kind = "shared_word"
      self.word = word
      terms = Array(Set(uses.map(\.term))).sorted()
    case .severalMeanings(let term, _):
      kind = "several_meanings"
      word = term
      terms = [term]
    case .unknownTerm(let term):
      kind = "unknown_term"
      word = term
      terms = [term]
    }
    message = words.sentence(clash)
    remedy = words.remedy(clash)
  }
}

/// A glossary in JSON.
struct GlossaryWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "glossary"
  let headline: String
  let agreement: AgreementWire
  let terms: [GlossaryTermWire]
  let clashes: [GlossaryClashWire]

  init(_ agreement: Agreement) {
    let words = GlossaryWords(agreement)
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    terms = words.glossary.entries.map { GlossaryTermWire($0, words) }
    clashes = words.glossary.clashes.map { GlossaryClashWire($0, words) }
  }
}
