/// What sales said of the leads that it was given.
public struct Dispositions: Sendable {
  /// One word of sales on a lead.
  public struct Entry: Hashable, Sendable {
    /// The lead's dense number.
    public var lead: Int
    /// When it was said; `undated` where nobody wrote that down.
    public var time: TimePoint
    /// The reason's position in `Dispositions.reasons`; nil when it was not agreed upon when this was
    /// said.
    public var reason: Int?
    /// The reason as the source writes it.
    public var text: String
    /// Who said so: a code in the owner dictionary, 0 where nobody wrote that down.
    public var owner: UInt32
  }

  /// What the agreement in force lets sales say, then the reasons of earlier versions that were said
  /// and have no successor in it.
  public private(set) var reasons: [DispositionReason]
  /// Everything that was said, each lead's in order of time, undated ones first.
  public private(set) var entries: [Entry] = []
  /// When something was said last of leads after the instant up to which facts count, by their dense
  /// numbers: it is on record, but counts only once newer facts arrive.
  public private(set) var later: [Int: Instant] = [:]
  private var starts: [Int]

  /// What was said of the leads in a ledger that holds all leads and merges of a history.
  public init(_ ledger: Ledger, for history: CompanyHistory) {
    let count = history.leads.ids.count
    var meanings = ReasonWords(history)
    reasons = meanings.reasons
    starts = Array(repeating: 0, count: count + 1)
    let table = ledger[.disposition]
    guard table.rowCount > 0 else { return }
    let register = LeadRegister(ledger)
    let (leads, times, words) = (table["lead"], table["at"], table["reason"])
    let owners = table["owner"]
    for row in 0..<table.rowCount {
      guard let lead = register.number(of: leads[row]), lead < count else { continue }
      var time = history.agreement.calendar.rebased(TimePoint(rawValue: times[row]))
      if !time.isPresent { time = .undated }
      if time.isDated, time.instant > history.asOf {
        later[lead] = max(later[lead] ?? time.instant, time.instant)
        continue
      }
      let text = ledger.texts[.other][UInt32(words[row])]
      entries.append(
        Entry(
          lead: lead,
          time: time,
          reason: meanings.position(of: text, at: time),
          text: text,
          owner: UInt32(owners[row])
        )
      )
    }
    reasons = meanings.reasons
    entries = entries.enumerated().sorted { left, right in
      let (leftTime, rightTime) = (left.element.time.isDated, right.element.time.isDated)
      if left.element.lead != right.element.lead { return left.element.lead < right.element.lead }
      if leftTime != rightTime { return !leftTime }
      return (left.element.time, left.offset) < (right.element.time, right.offset)
    }.map(\.element)
    for entry in entries { starts[entry.lead + 1] += 1 }
    for lead in 0..<count { starts[lead + 1] += starts[lead] }
  }

  /// What was said of a lead, by time.
  public subscript(lead: Int) -> ArraySlice<Entry> { entries[starts[lead]..<starts[lead + 1]] }

  /// What an entry amounts to; nil when its reason was not agreed upon.
  public func outcome(of entry: Entry) -> DispositionReason.Outcome? {
    entry.reason.map { reasons[$0].outcome }
  }
}
