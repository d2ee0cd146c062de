/// Why leads left the path, in the words of the data.
public struct ExitReasons: Sendable {
  private struct Key: Hashable {
    var lead: Int
    var second: Int64
  }

  private var reasons: [Key: String] = [:]

  /// The reasons in a ledger that holds all leads and merges of a history.
  public init(_ ledger: Ledger, for history: CompanyHistory) {
    let register = LeadRegister(ledger)
    note(ledger[.stageEvent], "at", ledger.texts[.other], register, history)
    note(ledger[.deal], "closed", ledger.texts[.other], register, history)
  }

  private mutating func note(
    _ table: FactTable,
    _ time: String,
    _ texts: TextDictionary,
    _ register: LeadRegister,
    _ history: CompanyHistory
  ) {
    guard table.rowCount > 0 else { return }
    let (leads, times, words) = (table["lead"], table[time], table["reason"])
    for row in 0..<table.rowCount where words[row] != Int64(TextDictionary.missing) {
      let moment = history.agreement.calendar.rebased(TimePoint(rawValue: times[row]))
      guard moment.isDated, let lead = register.number(of: leads[row]) else { continue }
      reasons[Key(lead: lead, second: moment.instant.seconds)] = texts[UInt32(words[row])]
    }
  }

  /// Why a lead left at some time; nil where nobody wrote that down.
  public func reason(of lead: Int, leaving time: TimePoint) -> String? {
    time.isDated ? reasons[Key(lead: lead, second: time.instant.seconds)] : nil
  }
}
