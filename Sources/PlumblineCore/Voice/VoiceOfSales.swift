/// What sales said of the leads that it was given, beside what marketing believed of them.
///
/// Every lead handed over stands once in every table: in one cell of each factor's, and in one row
/// of what sales said.
public struct VoiceOfSales: Sendable {
  /// What sales said of a lead.
  public enum Word: Hashable, Sendable {
    /// A reason of the agreement's list, by its position.
    case reason(Int)
    /// A word that is not on the list, as written.
    case other(String)
    /// Nothing since the hand-off.
    case nothing
  }

  /// The leads of which sales said one and the same.
  public struct Row: Sendable {
    /// What sales said.
    public let word: Word
    /// What it amounts to; nil where nothing was said, or a word that is not on the list.
    public let outcome: DispositionReason.Outcome?
    /// Leads whom marketing took for an ideal customer: dense numbers, ascending.
    public internal(set) var ideal: [Int32] = []
    /// Leads whom marketing took for none.
    public internal(set) var notIdeal: [Int32] = []
    /// Leads of whom marketing did not know, or for whom no criteria are agreed.
    public internal(set) var unknown: [Int32] = []
    /// How many of all of them marketing had given a yes on every qualifying factor.
    public internal(set) var allFactorsYes = 0

    /// How many leads there are.
    public var count: Int { ideal.count + notIdeal.count + unknown.count }
    /// All leads as dense numbers, ascending.
    public var leads: [Int32] { (ideal + notIdeal + unknown).sorted() }
  }

  /// The instant up to which facts count.
  public let asOf: Instant
  /// The days of the hand-offs looked at; nil for all.
  public let days: ClosedRange<CivilDate>?
  /// The agreement's list of reasons, then those of earlier versions that have no successor in it.
  public let reasons: [DispositionReason]
  /// The leads handed over: dense numbers, ascending.
  public private(set) var leads: [Int32] = []
  /// One table for each qualifying factor, in the agreement's order.
  public private(set) var factors: [AnswerTable] = []
  /// What sales said: the agreement's reasons in their order, words that are not on the list by
  /// name, then nothing; rows without leads are left out.
  public private(set) var rows: [Row] = []

  /// What was said of the leads handed over.
  ///
  /// A lead handed over more than once counts with its last hand-off in the days asked for; of what
  /// sales said since then, or on an unknown day, the last word counts; where it said nothing, the
  /// reason recorded with the stage or deal by which the lead left since. What the CRM fills in by
  /// itself says nothing.
  ///
  /// - Parameters:
  ///   - history: The leads.
  ///   - journeys: Their episodes.
  ///   - attributes: What each team says of them.
  ///   - dispositions: What sales said.
  ///   - exitReasons: Why leads left the path; stands for the word of sales where there is none.
  ///   - days: The days of the hand-offs, in the agreement's time zone; nil for all, those on an
  ///     unknown day included.
  /// - Complexity: O(episodes + leads handed over x factors).
  public init(
    _ history: CompanyHistory,
    _ journeys: Journeys,
    attributes: LeadAttributes,
    dispositions: Dispositions,
    exitReasons: ExitReasons? = nil,
    handedOver days: ClosedRange<CivilDate>? = nil
  ) {
    asOf = history.asOf
    self.days = days
    reasons = dispositions.reasons
    let agreement = history.agreement
    let handed = Self.handOffs(journeys, agreement, days)
    leads = handed.map { journeys.leads[$0] }
    factors = agreement.qualifyingFactors.map { AnswerTable($0) }
    let agreed = AgreedOverTime(history)
    var found: [Word: Row] = [:]
    let stage = agreement.handOffStage
    for episode in handed {
      let lead = Int(journeys.leads[episode])
      var hasEveryFactor = !factors.isEmpty
      for index in factors.indices {
        let factor = factors[index].factor
        let believed = attributes.answer(factor, of: lead, believedBy: .marketing)
        if believed != .yes { hasEveryFactor = false }
        factors[index].add(
          lead,
          marketing: believed,
          sales: attributes.answer(factor, of: lead, by: .sales)
        )
      }
      let time = journeys.reached[stage][episode]
      let (word, outcome) = Self.word(
        dispositions.words(on: lead, since: time, agreement.calendar).last,
        leaving: exitReasons?.reason(of: lead, leaving: journeys.exits[episode]),
        dispositions
      )
      var row = found[word] ?? Row(word: word, outcome: outcome)
      let criteria = agreed.version(at: time).idealCustomer
      switch attributes.isIdeal(lead, criteria, believedBy: .marketing) {
      case true: row.ideal.append(Int32(lead))
      case false: row.notIdeal.append(Int32(lead))
      case nil: row.unknown.append(Int32(lead))
      }
      if hasEveryFactor { row.allFactorsYes += 1 }
      found[word] = row
    }
    rows = found.values.sorted { Self.isBefore($0.word, $1.word) }
  }

  /// The rows that amount to something.
  public func rows(of outcome: DispositionReason.Outcome) -> [Row] {
    rows.filter { $0.outcome == outcome }
  }

  /// What a row's word is called in answers.
  public func name(of word: Word) -> String {
    switch word {
    case .reason(let index): reasons[index].id
    case .other(let text): text
    case .nothing: "nothing yet"
    }
  }

  /// Each lead's last episode with a hand-off within the days, in order of leads.
  private static func handOffs(
    _ journeys: Journeys,
    _ agreement: Agreement,
    _ days: ClosedRange<CivilDate>?
  ) -> [Int] {
    let stage = agreement.handOffStage
    guard journeys.stageCount > stage else { return [] }
    var found: [Int] = []
    for row in 0..<journeys.count {
      let time = journeys.reached[stage][row]
      guard time.isPresent else { continue }
      if let days {
        guard time.isDated, days.contains(agreement.calendar.day(of: time.instant)) else {
          continue
        }
      }
      if let last = found.last, journeys.leads[last] == journeys.leads[row] { found.removeLast() }
      found.append(row)
    }
    return found
  }

  private static func word(
    _ said: Dispositions.Entry?,
    leaving reason: String?,
    _ dispositions: Dispositions
  ) -> (Word, DispositionReason.Outcome?) {
    if let said {
      let word = said.reason.map { Word.reason($0) } ?? .other(said.text)
      return (word, dispositions.outcome(of: said))
    }
    guard let reason else { return (.nothing, nil) }
    guard let position = dispositions.position(of: reason) else { return (.other(reason), nil) }
    return (.reason(position), dispositions.reasons[position].outcome)
  }

  private static func isBefore(_ left: Word, _ right: Word) -> Bool {
    switch (left, right) {
    case (.reason(let left), .reason(let right)): left < right
    case (.reason, _): true
    case (.other, .reason): false
    case (.other(let left), .other(let right)): left < right
    case (.other, .nothing): true
    case (.nothing, _): false
    }
  }
}
