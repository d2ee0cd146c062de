import PlumblineCore

/// The terms of an agreement in words.
struct GlossaryWords {
  let agreement: Agreement
  let glossary: AgreementGlossary

  init(_ agreement: Agreement) {
    self.agreement = agreement
    glossary = AgreementGlossary(agreement, answers: Self.agreedTerms + Self.answerTerms)
  }

  /// What the file agrees on besides stages and words that somebody picks.
  static let agreedTerms: [AgreementGlossary.AnswerTerm] = [
    .init(term: "ideal_customer", meaning: "whom both teams want", kind: .agreed),
    .init(term: "score", meaning: "points for how promising a lead is", kind: .agreed),
    .init(term: "sla", meaning: "what the teams promise each other", kind: .agreed),
    .init(term: "quota", meaning: "what sales is to win in a period", kind: .agreed),
    .init(term: "revenue", meaning: "amounts of won deals", kind: .agreed),
  ]

  /// The words of answers that every reader meets.
  static let answerTerms: [AgreementGlossary.AnswerTerm] = [
    .init(term: "episode", meaning: "one pass of one lead along the path; a return is another"),
    .init(term: "channel", meaning: "what brought the lead: an ad platform, search, a fair"),
    .init(term: "rep", meaning: "the person in sales who has the lead"),
    .init(term: "hand_off", meaning: "the passing of a lead from marketing to sales"),
    .init(term: "follow_up", meaning: "what a person did for a lead in the agreed time"),
    .init(term: "horizon", meaning: "the days within which a step is judged"),
    .init(term: "win_rate", meaning: "the share of opportunities won within the horizon"),
    .init(term: "close_rate", meaning: "the share of those who met sales that is won in time"),
    .init(term: "speed_to_lead", meaning: "the time from the hand-off to a person's first attempt"),
    .init(term: "coverage", meaning: "open deals that can be won over what is left of the quota"),
    .init(term: "cac", meaning: "what it costs to win a customer: spend over customers won"),
    .init(term: "payback", meaning: "the months until a customer's margin has paid its CAC"),
    .init(
      term: "leak",
      meaning:
        "a place where more leads are lost than at comparable others: a step, a channel, a rep"
    ),
    .init(term: "break_even", meaning: "the most a customer may cost before it brings a loss"),
    .init(term: "chance", meaning: "how often mere luck would show as much; small is telling"),
    .init(term: "cohort", meaning: "leads that came to a stage in the same period"),
    .init(term: "disposition", meaning: "what sales said of a lead, from an agreed list"),
    .init(term: "interval", meaning: "the range in which the true number lies, 95 times in 100"),
    .init(term: "mature", meaning: "old enough that what becomes of it is known"),
    .init(term: "naive", meaning: "a share that counts leads too young to tell as failures"),
    .init(term: "odds", meaning: "how likely something is"),
    .init(term: "p50", meaning: "reached in 50 of 100 courses; P80 in 80, P95 in 95"),
    .init(term: "ramp", meaning: "the months until a new rep works at full strength"),
    .init(
      term: "residual",
      meaning: "leads of a step that no count explains: 0, or listed one by one"
    ),
    .init(term: "running_cost", meaning: "what grows with leads: media, work, commission"),
    .init(term: "show_up", meaning: "the share of booked meetings that were held"),
    .init(term: "skip_rule", meaning: "how a lead counts that jumped over a stage"),
  ]

  /// The word of a reader for a term: its own, or the usual one.
  func word(_ entry: AgreementGlossary.Entry, _ reader: Reader) -> String {
    entry.words[reader]?.printable ?? StageWords.usualLabel(entry.term)
  }

  /// What a term means.
  func meaning(_ entry: AgreementGlossary.Entry) -> String {
    entry.meaning.isEmpty ? "not said" : entry.meaning.printable
  }

  /// How the agreement tells it: what shows a stage, what it asks for, whose it is.
  func definition(_ entry: AgreementGlossary.Entry) -> String {
    var parts: [String] = []
    switch entry.kind {
    case .stage, .detour:
      let stages = entry.kind == .stage ? agreement.path : agreement.detours
      guard let stage = stages.first(where: { $0.id == entry.term }) else { break }
      if entry.kind == .stage, let place = agreement.pathIndex(of: stage.id) {
        parts.append("stage \(Format.count(place + 1)) of \(Format.count(agreement.path.count))")
      } else {
        parts.append("a way off the path")
      }
      parts += definition(of: stage)
    case .disposition:
      parts.append("sales says it of a lead")
      if let reason = agreement.dispositions.first(where: { $0.id == entry.term }) {
        parts.append("counts as \(reason.outcome.rawValue)")
        if reason.isDefault { parts.append("filled in by the CRM") }
      }
    case .factor:
      parts.append("a qualifying factor")
      if let factor = agreement.qualifyingFactors.first(where: { $0.id == entry.term }) {
        if !factor.yes.isEmpty { parts.append("yes is: \(list(factor.yes))") }
        if !factor.no.isEmpty { parts.append("no is: \(list(factor.no))") }
      }
    case .agreed: parts.append(AgreedTermWords(agreement).definition(entry.term) ?? "not agreed")
    case .answer: break
    case .unknown: parts.append("named in the vocabulary alone")
    }
    if !entry.aliases.isEmpty { parts.append("in the data also: \(list(entry.aliases))") }
    return parts.joined(separator: "; ")
  }

  private func definition(of stage: Stage) -> [String] {
    var parts: [String] = []
    if let owner = stage.owner { parts.append("\(owner.rawValue) decides") }
    let shown = stage.evidence.map { $0.rawValue.replacing("_", with: " ") }
    if !shown.isEmpty { parts.append("shown by: \(shown.joined(separator: ", "))") }
    if let gate = stage.gate {
      if let score = gate.score { parts.append("score of \(Format.count(score)) or more") }
      if let factors = gate.factors {
        parts.append("\(Format.count(factors, "qualifying factor")) answered yes")
      }
      if let team = gate.acceptedBy { parts.append("accepted by \(team.rawValue)") }
    }
    if let days = stage.staleAfterDays { parts.append("stale after \(Format.days(days))") }
    if let index = agreement.pathIndex(of: stage.id), index == agreement.handOffStage {
      parts.append("hands leads to sales")
    }
    return parts
  }

  private func list(_ words: [String]) -> String {
    words.map(\.printable).joined(separator: ", ")
  }

  /// A clash in a sentence.
  func sentence(_ clash: AgreementGlossary.Clash) -> String {
    switch clash {
    case .sharedWord(let word, let uses):
      let places = uses.map { use in
        let term = "\(name(use.kind)) “\(use.term.printable)”"
        return use.reader.map { "for \($0.rawValue) \(term)" } ?? "in the file \(term)"
      }
      return "“\(word.printable)” means several things: \(places.joined(separator: "; "))."
    case .severalMeanings(let term, let meanings):
      let list = meanings.map { "“\($0.printable)”" }.joined(separator: "; ")
      return
        "“\(term.printable)” has \(Format.count(meanings.count)) meanings in the file: \(list)."
    case .unknownTerm(let term):
      return "“\(term.printable)” is in the vocabulary, but is neither in the agreement nor a word "
        + "of answers."
    }
  }

  /// What to do about a clash.
  func remedy(_ clash: AgreementGlossary.Clash) -> String {
    switch clash {
    case .sharedWord: "Agree on one of them, and give the other a word of its own."
    case .severalMeanings: "Keep the sentence that both teams sign."
    case .unknownTerm: "Write the id of a stage, a detour, a disposition, a factor or an answer."
    }
  }

  /// The name of a kind.
  func name(_ kind: AgreementGlossary.Kind) -> String {
    switch kind {
    case .stage: "stage"
    case .detour: "detour"
    case .disposition: "disposition"
    case .factor: "factor"
    case .agreed: "agreed term"
    case .answer: "word of answers"
    case .unknown: "term"
    }
  }

  /// A heading for the terms of a kind.
  func heading(_ kind: AgreementGlossary.Kind) -> String {
    switch kind {
    case .stage: "Stages of the path"
    case .detour: "Ways off the path"
    case .disposition: "What sales may say of a lead"
    case .factor: "Qualifying factors"
    case .agreed: "Customer, score, promises and goals"
    case .answer: "Words of answers"
    case .unknown: "Other terms of the vocabulary"
    }
  }

  /// How the file stands, in one sentence.
  var headline: String {
    let terms = Format.count(glossary.entries.count, "term")
    guard !glossary.clashes.isEmpty else {
      return "\(terms); no word means two things."
    }
    return "\(terms); \(Format.count(glossary.clashes.count, "clash", "clashes")) to settle."
  }

  /// The agreement's version and hash.
  var provenance: String {
    let hash = String(agreement.hash.prefix(12))
    return "Agreement \(agreement.version.printable)\(hash.isEmpty ? "" : " (\(hash))")."
  }
}
