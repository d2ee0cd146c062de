public import PlumblineCore

/// A company's history some leads at a time, so that no more of it is in memory than is worked on.
///
/// Parts come from the kept file where it answers as it is, and else from a history that is read
/// whole.
public struct HistoryParts: Sendable {
  /// Some leads of a company with their journeys.
  public struct Part: Sendable {
    /// The history of the leads, which are numbered as in `journeys`.
    ///
    /// Activities are read from the store when somebody asks for them. What concerns the whole
    /// company (spend, gaps) stands in every part's.
    public let history: CompanyHistory
    /// Their journeys; of a history that was read whole those of all leads.
    public let journeys: Journeys
    /// The journeys that are this part's.
    public let rows: Range<Int>
    /// Whether it is the first part.
    public let isFirst: Bool
  }

  private let keeper: HistoryKeeper
  private let agreement: Agreement
  private let asOf: Instant?
  private let source: Source

  private enum Source: Sendable {
    case file(CurrentFile)
    case whole(CompanyHistory, Journeys)
  }

  /// - Throws: What the store throws; a damaged file is no error.
  fileprivate init(_ keeper: HistoryKeeper, _ agreement: Agreement, _ asOf: Instant?) throws {
    self.keeper = keeper
    self.agreement = agreement
    self.asOf = asOf
    if let file = try CurrentFile(keeper, agreement, asOf) {
      source = .file(file)
    } else {
      let reading = try keeper.read(under: agreement, asOf: asOf)
      source = .whole(reading.history, reading.journeys)
    }
  }

  /// What the codes of all parts stand for.
  public var texts: TextDictionaries {
    switch source {
    case .file(let file): file.texts.agreed
    case .whole(let history, _): history.texts
    }
  }

  /// What is made of each part.
  ///
  /// - Parameters:
  ///   - rule: How events are read as journeys.
  ///   - threads: How many parts are in memory at most at once.
  ///   - make: Makes something of a part; called again for all parts when the file turns out to be
  ///     damaged.
  /// - Returns: What was made, in the order of leads.
  /// - Throws: What `make` and the store throw; a damaged file is no error.
  public func map<Result: Sendable>(
    rule: JourneyRule,
    threads: Int = 2,
    _ make: @escaping @Sendable (Part) throws -> Result
  ) throws -> [Result] {
    switch source {
    case .file(let file):
      do {
        return try Self.map(file.partCount, threads) { position in
          defer { file.letGo(ofPart: position) }
          return try make(file.part(position, rule))
        }
      } catch is KeptProblem {
        KeptFile.discard(keeper.path)
        let reading = try keeper.read(under: agreement, asOf: asOf)
        return try Self.map(reading.history, reading.journeys, rule, threads, make)
      }
    case .whole(let history, let journeys):
      return try Self.map(history, journeys, rule, threads, make)
    }
  }

  private static func map<Result: Sendable>(
    _ history: CompanyHistory,
    _ journeys: Journeys,
    _ rule: JourneyRule,
    _ threads: Int,
    _ make: @escaping @Sendable (Part) throws -> Result
  ) throws -> [Result] {
    try history.load([.events])
    let journeys = journeys.rule == rule ? journeys : Journeys(history, rule: rule)
    let count = journeys.leads.count
    let pieces = max(1, min(threads, count))
    return try map(pieces, threads) { position in
      let rows = count * position / pieces..<count * (position + 1) / pieces
      return try make(
        Part(history: history, journeys: journeys, rows: rows, isFirst: position == 0)
      )
    }
  }

  /// The values of so many parts, as many at once as there are threads.
  private static func map<Result: Sendable>(
    _ count: Int,
    _ threads: Int,
    _ value: @escaping @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    let threads = max(1, min(threads, count))
    let slots = (0..<threads).map { _ in Slot<[Result]>([]) }
    try concurrently(
      slots.enumerated().map { thread, slot in
        {
          for position in count * thread / threads..<count * (thread + 1) / threads {
            slot.value.append(try value(position))
          }
        }
      }
    )
    return slots.flatMap(\.value)
  }
}

/// A kept file that answers with a small patch at the most, and what it says of the whole company.
private struct CurrentFile: Sendable {
  private let file: KeptFile
  /// What the file says of the whole company.
  private let base: KeptHistory
  /// The same as it is with the patch.
  private let company: KeptHistory
  /// What is put into the file's leads.
  private let patch: HistoryPatch?
  private let agreement: Agreement
  let texts: KeptTexts
  private let keeper: HistoryKeeper

  /// The keeper's file; nil where it does not hold what is asked for.
  ///
  /// - Throws: What the store throws.
  init?(_ keeper: HistoryKeeper, _ agreement: Agreement, _ asOf: Instant?) throws {
    let records = try keeper.store.imports()
    guard !records.isEmpty, let question = try keeper.question(agreement, records, asOf) else {
      return nil
    }
    do {
      var file = try keeper.file(for: question)
      file.letsGoOfSections = false
      self.file = file
      base = try KeptHistory(companywideOf: file)
      patch = try keeper.patch(of: file, question)?.patch
      if let patch, try keeper.isDueToBeRewritten(file, for: patch, question) { return nil }
      var company = base
      try company.renumberChannels(question.texts)
      if let patch { company.putCompanywide(patch) }
      self.company = company
    } catch is KeptProblem {
      return nil
    } catch is HistoryUpdate.Refusal {
      return nil
    }
    self.agreement = agreement
    self.keeper = keeper
    texts = question.texts
  }

  var partCount: Int { file.partCount }

  /// Lets go of the memory of a part that is no longer needed.
  func letGo(ofPart position: Int) { file.letGo(ofPart: position) }

  /// A part of the leads, its journeys under a rule.
  ///
  /// - Throws: `KeptProblem`.
  func part(_ position: Int, _ rule: JourneyRule) throws -> HistoryParts.Part {
    var kept = base
    let isOfRule = kept.key.rule == rule && patch.map { $0.history.key.rule == rule } ?? true
    try kept.readLeads(of: file, parts: position..<position + 1, agreement)
    if isOfRule { try kept.readJourneys(of: file, parts: position..<position + 1, agreement) }
    try kept.renumberChannels(texts)
    if let patch {
      let first = try file.leadCount(before: position)
      kept.put(patch, fromLead: first, isLast: position + 1 == file.partCount)
    }
    (kept.key, kept.notes, kept.spend) = (company.key, company.notes, company.spend)
    var history = kept.unreadHistory(under: agreement, texts)
    history.deferredEvents = kept.events
    history.deferredHumanActivities = kept.humanActivities
    history.deferredRepeatedDetours = kept.repeatedDetours
    history.deferredActivities = Deferred { [history] in
      try activities(ofPart: position, leadCount: history.leads.ids.count)
    }
    let journeys: Journeys
    if isOfRule {
      journeys = try kept.keptJourneys(under: agreement)
    } else {
      try history.load([.events])
      journeys = Journeys(history, rule: rule)
    }
    let rows = 0..<journeys.leads.count
    return HistoryParts.Part(
      history: history,
      journeys: journeys,
      rows: rows,
      isFirst: position == 0
    )
  }

  private func activities(
    ofPart position: Int,
    leadCount: Int
  ) throws -> CompanyHistory.Activities {
    let all = try CompanyHistory.activities(
      reading: keeper.store,
      under: agreement,
      asOf: Instant(seconds: company.key.asOf),
      through: company.key.sequence
    )
    let first = try file.leadCount(before: position)
    let range = first..<first + leadCount
    var activities = CompanyHistory.Activities()
    for index in all.indices where range.contains(Int(all.leads[index])) {
      activities.leads.append(all.leads[index] - Int32(range.lowerBound))
      activities.times.append(all.times[index])
      activities.owners.append(all.owners[index])
      activities.marks.append(all.marks[index])
    }
    return activities
  }
}

extension HistoryKeeper {
  /// The history under an agreement, some leads at a time.
  ///
  /// - Parameters:
  ///   - agreement: The agreement.
  ///   - asOf: The instant up to which facts count; `CompanyHistory.defaultAsOf` when nil.
  /// - Returns: The parts.
  /// - Throws: What the store throws; a damaged file is no error.
  public func parts(under agreement: Agreement, asOf: Instant? = nil) throws -> HistoryParts {
    try HistoryParts(self, agreement, asOf)
  }
}
