import CMemory
public import PlumblineCore

/// Gives a store's history under an agreement: from a file beside the store where that fits, with
/// new facts added to it, or from all facts.
///
/// The file is a cache: it is never believed over the facts, and may be deleted at any time. It
/// answers for one store, one agreement, one program and the default instant; see `KeptKey`. What a
/// few new facts change of it is kept beside it as a patch, until they are so many that the file is
/// written anew.
public struct HistoryKeeper: Sendable {
  /// What had to be done for an answer.
  public enum Work: Hashable, Sendable {
    /// The file held it.
    case kept
    /// The facts of some leads were read anew.
    case updated(leads: Int)
    /// All facts were read; says why in a few words.
    case rebuilt(String)
  }

  /// A history, its journeys, and how they were come by.
  public struct Reading: Sendable {
    /// The history.
    public var history: CompanyHistory
    /// The journeys under the agreement's rule.
    public var journeys: Journeys
    /// What had to be done.
    public var work: Work
    /// Whether the file was written anew.
    public var isSaved = false
  }

  let store: SQLiteFactStore
  let path: String
  private let program: String
  /// Where a patch of the file is kept, see `HistoryPatch`.
  var patchPath: String { path + ".patch" }
  /// The largest share of all leads that is read anew rather than everything.
  var largestShare = 0.125
  /// The share of leads read anew from which on the file is written again.
  var savedShare = 0.02

  /// How many leads a part of the file has, see `KeptHistory.usualLeadsPerPart`.
  var leadsPerPart = KeptHistory.usualLeadsPerPart

  /// A keeper of a store's history.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - path: The file, beside the store.
  ///   - program: The version of the program, for which alone the file holds.
  public init(store: SQLiteFactStore, path: String, program: String) {
    self.store = store
    self.path = path
    self.program = program
  }

  /// The history under an agreement.
  ///
  /// - Parameters:
  ///   - agreement: The agreement.
  ///   - asOf: The instant up to which facts count; `CompanyHistory.defaultAsOf` when nil.
  ///   - last: The newest import that counts; all when nil.
  ///   - progress: Told what takes time.
  /// - Returns: The history.
  /// - Throws: What the store throws; a damaged file is no error.
  public func history(
    under agreement: Agreement,
    asOf: Instant? = nil,
    through last: Int? = nil,
    progress: (String) -> Void = { _ in }
  ) throws -> CompanyHistory {
    try read(under: agreement, asOf: asOf, through: last, progress: progress).history
  }

  /// The history under an agreement with its journeys, and what had to be done for it.
  ///
  /// - Parameters:
  ///   - agreement: The agreement.
  ///   - asOf: The instant up to which facts count; `CompanyHistory.defaultAsOf` when nil.
  ///   - last: The newest import that counts; all when nil.
  ///   - progress: Told what takes time.
  /// - Returns: The history and its journeys.
  /// - Throws: What the store throws; a damaged file is no error.
  public func read(
    under agreement: Agreement,
    asOf: Instant? = nil,
    through last: Int? = nil,
    progress: (String) -> Void = { _ in }
  ) throws -> Reading {
    let records = try store.imports()
    let newest = records.last?.sequence ?? 0
    if newest == 0 || last.map({ $0 < newest }) ?? false {
      progress("reading the facts up to import \(last ?? newest)")
      return try fromFacts(agreement, asOf, last, "only some imports count")
    }
    guard let question = try question(agreement, records, asOf) else {
      progress("reading all facts")
      return try fromFacts(agreement, asOf, newest, "the agreement has no hash")
    }
    do {
      return try fromFile(question, progress)
    } catch let problem as KeptProblem {
      if problem == .laterInstant {
        progress("reading all facts")
        return try fromFacts(agreement, asOf, newest, problem.description)
      }
      return try rebuild(question, problem.description, progress)
    } catch let refusal as HistoryUpdate.Refusal {
      if refusal == .laterInstant {
        progress("reading all facts")
        return try fromFacts(agreement, asOf, newest, refusal.description)
      }
      return try rebuild(question, refusal.description, progress)
    }
  }

  /// What is asked of the file.
  struct Question {
    var agreement: Agreement
    var records: [ImportRecord]
    var texts: KeptTexts
    var key: KeptKey
    var asOf: Instant?
  }

  /// A question; nil for an agreement that no file can name.
  func question(
    _ agreement: Agreement,
    _ records: [ImportRecord],
    _ asOf: Instant?,
    _ known: TextDictionaries? = nil
  ) throws -> Question? {
    guard let meaning = KeptKey.meaning(of: agreement, program: program) else { return nil }
    let newest = records.last?.sequence ?? 0
    let stored = try known ?? store.texts(Set(TextDomain.allCases), isIndexed: false)
    return Question(
      agreement: agreement,
      records: records,
      texts: KeptTexts(stored, agreement),
      key: KeptKey(
        store: store.identity,
        course: try store.course(through: newest),
        sequence: newest,
        meaning: meaning,
        asOf: asOf?.seconds ?? 0,
        rule: agreement.journeyRule
      ),
      asOf: asOf
    )
  }

  /// Without the file, and leaving it as it is.
  private func fromFacts(
    _ agreement: Agreement,
    _ asOf: Instant?,
    _ last: Int?,
    _ reason: String
  ) throws -> Reading {
    let history = try CompanyHistory(
      reading: store,
      under: agreement,
      asOf: asOf,
      through: last
    )
    let journeys = Journeys(history, rule: agreement.journeyRule)
    return Reading(history: history, journeys: journeys, work: .rebuilt(reason))
  }

  private func fromFile(
    _ question: Question,
    _ progress: (String) -> Void
  ) throws -> Reading {
    let file = try file(for: question)
    let found = try patch(of: file, question, progress)
    var kept = try open(file, question)
    guard let (patch, isStored) = found else { return try reading(kept, question, .kept) }
    kept.put(patch)
    let work = isStored ? Work.kept : .updated(leads: patch.targets.count)
    var reading = try reading(kept, question, work)
    if try isDueToBeRewritten(file, for: patch, question) { reading.isSaved = save(kept) }
    return reading
  }

  /// A file's history.
  ///
  /// - Throws: `KeptProblem`.
  func open(_ file: KeptFile, _ question: Question) throws -> KeptHistory {
    var kept = try KeptHistory(reading: file, under: question.agreement)
    try kept.renumberChannels(question.texts)
    guard kept.key.rule != question.key.rule else { return kept }
    // A question may change the rule: events do not depend on it.
    let history = companyHistory(of: kept, question)
    try history.load([.events, .humanActivities])
    kept.journeys = KeptHistory.JourneyColumns(Journeys(history, rule: question.key.rule))
    kept.key.rule = question.key.rule
    return kept
  }

  /// The file, if it holds for the agreement and the store.
  ///
  /// - Throws: `KeptProblem`, or what the store throws.
  func file(for question: Question) throws -> KeptFile {
    let file = try KeptFile(path: path)
    let key = file.header.key
    guard key.store == question.key.store else { throw KeptProblem.otherStore }
    guard key.meaning == question.key.meaning else { throw KeptProblem.otherMeaning }
    guard key.sequence <= question.key.sequence else { throw KeptProblem.ahead }
    guard try store.course(through: key.sequence) == key.course else {
      throw KeptProblem.otherCourse
    }
    if let asOf = question.asOf, asOf.seconds < key.asOf { throw KeptProblem.laterInstant }
    return file
  }

  /// All facts read, and the file written if it can be.
  private func rebuild(
    _ question: Question,
    _ reason: String,
    _ progress: (String) -> Void
  ) throws -> Reading {
    progress("reading all facts")
    let kept = try built(question)
    // What reading let go is given back: packing would else come on top of it.
    plumbline_release_memory()
    var reading = try reading(kept, question, .rebuilt(reason))
    if question.asOf == nil { reading.isSaved = save(kept) }
    return reading
  }

  /// The instant up to which facts go: from their tally, and from all facts, which are few, where it
  /// is empty.
  func usualInstant(_ tally: FactTally, _ question: Question) throws -> Instant {
    let calendar = question.agreement.calendar
    return tally.isEmpty
      ? try CompanyHistory.defaultAsOf(
        reading: store,
        calendar: calendar,
        through: question.key.sequence
      ) : tally.defaultAsOf(question.records, calendar)
  }

  /// What a file would hold, from all facts.
  func built(_ question: Question) throws -> KeptHistory {
    let sequence = question.key.sequence
    let tally =
      try FactTally.withoutReading(store, through: sequence)
      ?? FactTally(reading: store, through: sequence)
    let usual = try usualInstant(tally, question)
    var key = question.key
    key.asOf = (question.asOf ?? usual).seconds
    let history = try CompanyHistory(
      reading: store,
      under: question.agreement,
      asOf: Instant(seconds: key.asOf),
      through: sequence
    )
    let journeys = Journeys(history, rule: question.agreement.journeyRule)
    return KeptHistory(history, journeys, key, tally, question.texts)
  }

  private func reading(
    _ kept: KeptHistory,
    _ question: Question,
    _ work: Work
  ) throws -> Reading {
    let history = companyHistory(of: kept, question)
    let journeys = try kept.keptJourneys(under: question.agreement)
    return Reading(history: history, journeys: journeys, work: work)
  }

  /// The history that a kept one stands for; what turns out to be damaged when it is asked for is
  /// read from the facts.
  func companyHistory(of kept: KeptHistory, _ question: Question) -> CompanyHistory {
    let asOf = Instant(seconds: kept.key.asOf)
    var history = kept.unreadHistory(under: question.agreement, question.texts)
    let (store, path, agreement) = (store, path, question.agreement)
    let sequence = kept.key.sequence
    let facts = Deferred {
      try CompanyHistory(reading: store, under: agreement, asOf: asOf, through: sequence)
    }
    func orFromFacts<Value>(
      _ part: Deferred<Value>,
      _ read: @escaping @Sendable (CompanyHistory) -> Value
    ) -> Deferred<Value> {
      Deferred {
        do {
          return try part.value()
        } catch is KeptProblem {
          KeptFile.discard(path)
          return read(try facts.value())
        }
      }
    }
    history.deferredEvents = orFromFacts(kept.events) { $0.events }
    history.deferredHumanActivities = orFromFacts(kept.humanActivities) { $0.humanActivities }
    history.deferredRepeatedDetours = orFromFacts(kept.repeatedDetours) { $0.repeatedDetours }
    history.deferredActivities =
      kept.activities
      ?? Deferred {
        try CompanyHistory.activities(
          reading: store,
          under: agreement,
          asOf: asOf,
          through: sequence
        )
      }
    return history
  }

  /// Writes the file; a folder that cannot be written to is no error.
  func save(_ kept: KeptHistory) -> Bool {
    Leftovers.remove(of: path)
    do {
      try KeptFile.write(try kept.encoded(leadsPerPart: leadsPerPart), to: path)
      // It was of the file before.
      KeptFile.discard(patchPath)
      return true
    } catch {
      return false
    }
  }
}

extension HistoryUpdate.Refusal: CustomStringConvertible {
  /// The reason in a few words.
  var description: String {
    switch self {
    case .merges: "leads were merged or got other ids"
    case .rates: "there are new exchange rates"
    case .tooMany: "new facts touch many leads"
    case .laterInstant: KeptProblem.laterInstant.description
    case .unknownInstant: "the newest fact has changed"
    case .order: "leads would be numbered otherwise"
    }
  }
}
