/// Every deal on record, open and lost ones too, and the quotas.
public struct DealRecords: Sendable {
  /// What came of a deal.
  public enum Outcome: String, Sendable, Codable { case open, won, lost }

  /// A deal.
  public struct Deal: Hashable, Sendable {
    /// Its id as the source writes it; `deal of` its lead where it has none.
    public var id: String
    /// Its lead's dense number; nil where none is on record.
    public var lead: Int?
    /// Whose it is, as its source writes it; its lead's where the deal itself does not say, empty
    /// where neither does.
    public var owner = ""
    /// When it was opened; `undated` where nobody said.
    public var created: TimePoint
    /// When it was decided, or is expected to be; `undated` where nobody said.
    public var closed: TimePoint
    /// What came of it by the history's instant.
    public var outcome: Outcome
    /// Minor units of the agreement's currency; nil when there is no amount or no rate.
    public var amount: Int64?
    /// How likely the source calls it to be won, in millionths, 0...1,000,000; nil where it says
    /// nothing, or what it says was only said after the history's instant.
    public var probability: Int64?

    /// The amount times the probability in whole minor units, half of one rounded away from 0; nil
    /// without both.
    public var weightedAmount: Int64? {
      guard let amount, let probability else { return nil }
      let product = Int128(amount) * Int128(probability)
      let half: Int128 = product < 0 ? -500_000 : 500_000
      return Int64(clamping: (product + half) / 1_000_000)
    }
  }

  /// What an owner is to win in some days.
  public struct Quota: Hashable, Sendable {
    /// Whose it is; empty where nobody said.
    public var owner: String
    /// Its days.
    public var days: ClosedRange<CivilDate>
    /// Minor units of the agreement's currency; nil when there is no amount or no rate.
    public var amount: Int64?
  }

  /// The deals opened by the history's instant, in the order of the facts.
  public private(set) var deals: [Deal] = []
  /// The quotas, in the order of the facts.
  public private(set) var quotas: [Quota] = []
  /// What owners are called where their own records say it, by their ids.
  public private(set) var ownerNames: [String: String] = [:]

  /// The kinds of fact that a ledger must hold for deals and quotas.
  public static let kinds: Set<FactKind> = [.currencyRate, .deal, .lead, .merge, .owner, .quota]

  /// The deals of a history, from the store that it was read from.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - history: The history.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  /// - Complexity: O(leads + deals).
  public init(
    reading store: some FactStore,
    for history: CompanyHistory,
    through last: Int? = nil
  ) throws {
    self.init(
      try Ledger(
        reading: store,
        through: last,
        kinds: Self.kinds
      ),
      for: history
    )
  }

  /// The deals of a history, from a ledger that holds all merges and exchange rates.
  ///
  /// - Parameters:
  ///   - ledger: The ledger; it holds all leads too, unless they are given.
  ///   - register: All leads, where the ledger does not hold them.
  ///   - history: The history.
  public init(_ ledger: Ledger, register: LeadRegister? = nil, for history: CompanyHistory) {
    let rates = Self.rates(ledger, history)
    readDeals(ledger, history, register ?? LeadRegister(ledger), rates)
    readQuotas(ledger, history, rates)
    let owners = ledger[.owner]
    for row in 0..<owners.rowCount {
      let name = ledger.texts[.other][UInt32(owners["name"][row])]
      if !name.isEmpty { ownerNames[ledger.texts[.owner][UInt32(owners["id"][row])]] = name }
    }
  }

  /// The won deals of which no lead is on record.
  var wonWithoutLead: [Deal] { deals.filter { $0.lead == nil && $0.outcome == .won } }

  private mutating func readDeals(
    _ ledger: Ledger,
    _ history: CompanyHistory,
    _ register: LeadRegister,
    _ rates: CurrencyTable
  ) {
    let table = ledger[.deal]
    let calendar = history.agreement.calendar
    let (ids, leads, outcomes) = (table["id"], table["lead"], table["outcome"])
    let (created, closed, owners) = (table["created"], table["closed"], table["owner"])
    for row in 0..<table.rowCount {
      let creation = calendar.rebased(TimePoint(rawValue: created[row]))
      if creation.isDated, creation.instant > history.asOf { continue }
      let closing = calendar.rebased(TimePoint(rawValue: closed[row]))
      var outcome = Outcome.open
      switch DealWords.outcome(ledger.texts[.other][UInt32(outcomes[row])]) {
      case .won: outcome = .won
      case .lost: outcome = .lost
      case .open, nil: break
      }
      var probability = Self.probability(table["probability"][row])
      // What is dated after the instant has not happened yet; what is certain by now was not then.
      if outcome != .open, closing.isDated, closing.instant > history.asOf {
        outcome = .open
        probability = nil
      }
      let lead = register.number(of: leads[row])
      let id = ledger.texts[.other][UInt32(ids[row])]
      deals.append(
        Deal(
          id: id.isEmpty ? "deal of \(lead.map(history.id(ofLead:)) ?? "nobody")" : id,
          lead: lead,
          owner: ledger.texts[.owner][
            UInt32(owners[row]) != 0
              ? UInt32(owners[row]) : lead.map { history.leads.owners[$0] } ?? 0
          ],
          created: creation.isPresent ? creation : .undated,
          closed: closing.isPresent ? closing : .undated,
          outcome: outcome,
          amount: Self.amount(
            table["amount"][row],
            ledger.texts[.currency][UInt32(table["currency"][row])],
            outcome != .open && closing.isDated ? closing.instant : history.asOf,
            history,
            rates
          ),
          probability: probability
        )
      )
    }
  }

  private static func probability(_ millionths: Int64) -> Int64? {
    (0...1_000_000).contains(millionths) ? millionths : nil
  }

  private mutating func readQuotas(
    _ ledger: Ledger,
    _ history: CompanyHistory,
    _ rates: CurrencyTable
  ) {
    let table = ledger[.quota]
    let calendar = history.agreement.calendar
    for row in 0..<table.rowCount {
      let first = calendar.rebased(TimePoint(rawValue: table["from"][row]))
      let last = calendar.rebased(TimePoint(rawValue: table["to"][row]))
      guard first.isDated, last.isDated, first <= last else { continue }
      quotas.append(
        Quota(
          owner: ledger.texts[.owner][UInt32(table["owner"][row])],
          days: calendar.day(of: first.instant)...calendar.day(of: last.instant),
          amount: Self.amount(
            table["amount"][row],
            ledger.texts[.currency][UInt32(table["currency"][row])],
            first.instant,
            history,
            rates
          )
        )
      )
    }
  }

  private static func amount(
    _ minorUnits: Int64,
    _ currency: String,
    _ day: Instant,
    _ history: CompanyHistory,
    _ rates: CurrencyTable
  ) -> Int64? {
    guard minorUnits != FactColumn.noNumber else { return nil }
    let own = history.agreement.currency
    return rates.convert(
      minorUnits: minorUnits,
      from: currency.isEmpty ? own : currency,
      into: own,
      on: day
    )
  }

  private static func rates(_ ledger: Ledger, _ history: CompanyHistory) -> CurrencyTable {
    let table = ledger[.currencyRate]
    let calendar = history.agreement.calendar
    var rates = CurrencyTable()
    for row in 0..<table.rowCount where table["rate"][row] != FactColumn.noNumber {
      let day = calendar.rebased(TimePoint(rawValue: table["day"][row]))
      rates.add(
        from: ledger.texts[.currency][UInt32(table["from"][row])],
        into: ledger.texts[.currency][UInt32(table["to"][row])],
        day: day.isDated ? day.instant : Instant(seconds: 0),
        millionths: table["rate"][row]
      )
    }
    rates.sort()
    return rates
  }
}
