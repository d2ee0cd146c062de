import PlumblineCore
import PlumblineStatistics

/// The whole verdict in words: the sentence on top, and whose the leaks are.
struct DiagnosisWords {
  let diagnosis: Diagnosis
  let agreement: Agreement
  let stages: StageWords
  let model: LeakWords

  init(_ diagnosis: Diagnosis, _ agreement: Agreement) {
    self.diagnosis = diagnosis
    self.agreement = agreement
    stages = StageWords(agreement)
    model = LeakWords(diagnosis, agreement)
  }

  var provenance: Provenance {
    Provenance(
      agreement: agreement,
      asOf: diagnosis.asOf,
      question: diagnosis.question,
      horizons: diagnosis.horizons
    )
  }

  var leaks: [LeakSentences] {
    diagnosis.leaks.map { LeakSentences($0, of: diagnosis, under: agreement) }
  }

  func words(_ comparison: UnitComparison) -> ComparisonWords {
    ComparisonWords(comparison, stages)
  }

  var undecided: [UnitComparison] {
    diagnosis.comparisons.filter { words($0).isUndecided }
  }

  // MARK: The sentence on top

  /// The verdict as one sentence that can be read aloud.
  var headline: String {
    guard let first = leaks.first else { return headlineWithoutLeaks }
    var sentence = "\(first.gap.capitalizedFirst); that costs \(first.price)"
    let others = leaks.dropFirst().map { "\($0.name) (\($0.party))" }
    if !others.isEmpty { sentence += "; also named: \(Format.list(others))" }
    return sentence + "; \(otherParties)."
  }

  /// What is known of those who are not named, so that nobody is blamed by silence.
  private var otherParties: String {
    let open = diagnosis.verdict.parties.filter { $0.answer == .undetermined && $0.named.isEmpty }
    let cleared = diagnosis.verdict.parties.filter { $0.answer == .no }
    var clauses: [String] = []
    if !cleared.isEmpty {
      clauses.append("no leak is \(Format.list(cleared.map(\.party.whose), word: "or"))")
    }
    if !open.isEmpty {
      clauses.append(
        "whether one is \(Format.list(open.map(\.party.whose), word: "or")) cannot be told yet"
      )
    }
    return clauses.isEmpty ? "nobody is cleared" : clauses.joined(separator: ", and ")
  }

  private var headlineWithoutLeaks: String {
    let verdict = diagnosis.verdict
    let leads = "\(Format.count(verdict.leads, "lead")) handed to sales"
    if let obstacle = work.obstacle { return "No leak can be named: \(obstacle)." }
    if verdict.parties.allSatisfy({ $0.answer == .no }) {
      return "No leak: marketing, sales and the hand-off were all judged over \(leads), and "
        + "nothing that matters is likely."
    }
    let reason = verdict.parties.lazy.filter { $0.answer == .undetermined }
      .flatMap(\.reasons).first
    let why = reason.map { ": \(model.explanation(of: $0))" } ?? ""
    let withheld = verdict.parties.flatMap(\.withheld).compactMap { verdict.evidence(of: $0.unit) }
      .max { $0.expectedWinsLost < $1.expectedWinsLost }
    if let withheld {
      return "No leak can be named among \(leads), though one is likely "
        + "(\(model.name(withheld.unit)), \(model.counted(withheld))); \(otherParties)\(why)."
    }
    return "No leak can be named among \(leads); \(otherParties)\(why)."
  }

  // MARK: The leads behind it

  var work: WorkWords { WorkWords(diagnosis.work, agreement) }

  /// Which leads stand behind the verdict, and what it takes for granted, as sentences.
  var basis: [String] {
    let verdict = diagnosis.verdict
    var points = work.basis + [model.followUp].compactMap(\.self)
    if let routing = verdict.routing {
      points.append(
        routing.isUneven
          ? "Promising leads are not shared out evenly among reps (chance of that by lot "
            + "\(Format.chance(routing.pValue))); scores are allowed for."
          : "Promising leads are shared out evenly among reps as far as scores show (chance "
            + "\(Format.chance(routing.pValue)))."
      )
    }
    if verdict.assumesRoutingRegardlessOfPromise {
      points.append(
        "It is assumed that leads reach reps regardless of their promise; write routing: into the "
          + "agreement to say how they do."
      )
    }
    if verdict.parts.count > 1 {
      points.append(
        "Channels and reps fall into \(Format.count(verdict.parts.count)) groups that share too "
          + "few leads to be compared with each other."
      )
    }
    return points
  }

  /// What makes old months a poor picture of the newest, as sentences.
  var changes: [String] {
    diagnosis.drifts.map { drift in
      "\(stages.step(drift.fromStage, drift.fromStage + 1)) within \(Format.days(drift.withinDays)) "
        + "has changed from month to month (chance \(Format.chance(drift.pValue))): months from "
        + "\(drift.firstAlike) on are alike"
        + AnswerPlace.words(", and --from \(drift.firstAlike)-01 looks at them alone.", onPage: ".")
    }
      + diagnosis.bulkExitDays.map { day in
        "On \(day.day) \(Format.count(day.exits)) of the quarter's "
          + "\(Format.count(day.quarterExits)) exits were recorded: a clean-up by somebody. Those "
          + "leads were lost earlier than the data say."
      }
  }

  /// What would settle the open questions, each once.
  var advice: [String] {
    var seen: Set<String> = []
    return diagnosis.verdict.parties.flatMap(\.remedies).map { model.advice($0) }
      .filter { seen.insert($0).inserted }
  }

  /// The units that look worse and are withheld, as sentences.
  var withheld: [String] {
    diagnosis.verdict.parties.flatMap(\.withheld).map { model.explanation(of: $0) }
  }

  /// How much channels and reps differ by plain counts, and what chance makes of it.
  var spreads: [String] {
    diagnosis.spreads.map { spread in
      func text(_ unit: UnitSpread.Unit) -> String {
        "\(unit.sample.rate.map(Format.percent) ?? Format.absent) of "
          + "\(Format.count(Int(unit.sample.trials.rounded()))) (\(unit.name.printable))"
      }
      let equal =
        "equal \(spread.dimension.plural) would differ as much with a chance of "
        + Format.chance(spread.pValue)
      let range =
        "after allowing for few leads \(Format.percent(spread.lowest.shrunk)) to "
        + Format.percent(spread.highest.shrunk)
      let verdict =
        spread.pValue < 0.05
        ? "more than chance makes" : "no more than chance makes"
      return
        "\(Format.count(spread.count, spread.dimension.word)): won from \(text(spread.lowest)) "
        + "to \(text(spread.highest)), \(range); \(equal): \(verdict)."
    }
  }

  // MARK: Steps

  /// Where a channel or rep is lower at a step and not named: where to look first, as sentences.
  var lowerSteps: [String] {
    let named = diagnosis.leaks.map(\.unit)
    return diagnosis.comparisons.filter { comparison in
      comparison.judgement.verdict == .lower
        && !named.contains {
          comparison.dimension == .channel
            ? $0.channel == comparison.unit : $0.owner == comparison.unit
        }
    }.map { comparison in
      let words = words(comparison)
      return "\(words.place): \(words.own) against \(words.rest), \(words.certainty)."
    }
  }

  /// A comparison that the data cannot decide, with what is missing.
  func undecided(_ comparison: UnitComparison) -> String {
    let words = words(comparison)
    let rest = comparison.restRate == nil ? "" : " against \(words.rest)"
    let verdict = comparison.own.status == .supported ? ", \(words.verdict)" : ""
    return "\(words.place): \(words.own)\(rest)\(verdict)."
  }

  /// What the plain counts blame and the model does not.
  func explained(_ alike: LookAlike) -> String {
    func text(_ sample: RateSample) -> String {
      "\(sample.rate.map(Format.percent) ?? Format.absent) of "
        + Format.count(Int(sample.trials.rounded()))
    }
    let counted =
      "\(alike.unit.printable): \(text(alike.sample)) won against \(text(alike.rest))"
    let fair = alike.evidence.flatMap { model.perHundred($0) }.map { "; \($0)" } ?? ""
    let other = alike.dimension == .channel ? "who works the leads" : "which leads they get"
    let parts =
      diagnosis.channelGaps.first {
        alike.dimension == .channel && $0.channel == alike.unit
      }.map { " " + model.parts(of: $0) } ?? ""
    let verdict =
      alike.isExplained
      ? "After allowing for \(other) no difference that matters is likely\(fair)."
      : "Whether that is \(alike.dimension == .channel ? "the channel" : "the rep") or \(other) "
        + "cannot be told\(fair)."
    return "\(counted). \(verdict)\(parts)"
  }
}

extension Party {
  /// The party as an owner of something: `marketing's`.
  var whose: String { self == .handOff ? "the hand-off's" : word.possessive }
}

extension DiagnosisWords {
  /// The leads behind the sentences of `basis`, each group with its number.
  var groups: [(text: String, number: RecordLinks.Number)] {
    func leads(
      _ count: Int,
      _ words: String,
      _ group: JudgedGroup
    )
      -> (text: String, number: RecordLinks.Number)?
    { count > 0 ? ("\(Format.count(count, "lead")) \(words)", .unit(group.id)) : nil }
    let verdict = diagnosis.verdict
    let judged = leads(verdict.leads, "judged", .everybody)
    let met = diagnosis.work.followedUp
    let followUp =
      verdict.followUpIsRecorded
      ? [
        leads(met, "followed up as agreed", .followedUp(true)),
        leads(verdict.leads - met, "not followed up as agreed", .followedUp(false)),
      ] : []
    let left = HandOff.Standing.allCases.filter { $0 != .counted }.map { standing in
      leads(diagnosis.work.leadsByStanding[standing] ?? 0, standing.words, .leftOut(standing))
    }
    return ([judged] + followUp + left).compactMap(\.self)
  }
}
