import PlumblineStatistics

/// The lines of an answer about costs, with what a customer of each costs and is worth.
struct EconomicsTable {
  /// The lines, dearest first; leads and spend without a channel or campaign last.
  private(set) var rows: [EconomicsRow] = []
  /// Everything together.
  private(set) var total = EconomicsRow(.total, "")

  private let terms: ValueTerms?
  private let economics: Economics
  private let worthJudge: WorthJudge
  private let everybody: AmountSummary
  private let shared: SharedAcquisitionCost?
  private let overhead: Double

  /// A share of media without a channel or campaign from which "profitable" needs to hold even if
  /// all of it belonged to the line.
  static let mostUnassigned = 0.05

  /// The table of lines that have their leads, media, overhead, work, wins and deals.
  ///
  /// - Parameters:
  ///   - lines: The lines by name.
  ///   - withoutLead: The won deals of nobody's leads; nil where they are not part of the answer.
  ///   - agreement: The agreement.
  ///   - sales: How sales' cost falls on leads.
  ///   - overhead: How overhead falls on channels.
  ///   - deals: The deals of everybody's leads, whatever the conditions.
  ///   - medianDeal: The middle deal of the lines.
  init(
    _ lines: [String: EconomicsRow],
    withoutLead: EconomicsRow?,
    _ agreement: Agreement,
    _ sales: SalesShare,
    _ overhead: OverheadShare,
    everybody deals: AmountSummary,
    medianDeal: Double?
  ) {
    economics = agreement.economics
    terms = economics.valueTerms
    everybody = deals
    worthJudge = WorthJudge(everybody: deals)
    self.overhead = overhead.whole
    shared = try? SharedAcquisitionCost(
      sales: sales.base == .none ? 0 : sales.team?.whole ?? 0,
      overhead: overhead.whole,
      touches: sales.units
    )
    for line in lines.values {
      var line = line
      line.salesSoFar = sales.costPerUnit * line.touches
      line.salesToCome = sales.costPerUnit * line.expectedTouches
      if line.group == FunnelDimension.none {
        rows += Self.parted(line, overhead.rule)
      } else {
        rows.append(line)
      }
    }
    for index in rows.indices { pay(&rows[index]) }
    rows.sort { Self.order($0) < Self.order($1) }
    if var withoutLead {
      pay(&withoutLead)
      rows.append(withoutLead)
    }
    addUp(medianDeal)
    judge()
  }

  /// Dearest first; lines that are no channel last.
  private static func order(_ row: EconomicsRow) -> (Int, Double, String) {
    let rank = [EconomicsRow.Kind.group, .leadsWithoutGroup, .spendWithoutGroup]
      .firstIndex(of: row.kind)
    return (rank ?? 0, -row.cost, row.group)
  }

  /// Leads and spend of which nobody knows the channel, for neither belongs to the other; overhead
  /// goes with what it was divided by.
  private static func parted(
    _ line: EconomicsRow,
    _ rule: Economics.OverheadRule
  ) -> [EconomicsRow] {
    var leads = line
    leads.kind = .leadsWithoutGroup
    var spend = EconomicsRow(.spendWithoutGroup, line.group)
    if line.spend != 0 || line.media != 0 {
      (leads.spend, leads.media) = (0, 0)
      (spend.spend, spend.media) = (line.spend, line.media)
      if rule == .media { (leads.overhead, spend.overhead) = (0, line.overhead) }
    }
    let hasLeads = leads.leads > 0 || leads.touches > 0 || leads.wins.total > 0 || leads.cost != 0
    let hasSpend = spend.spend != 0 || spend.media != 0
    return (hasLeads ? [leads] : []) + (hasSpend ? [spend] : [])
  }

  private mutating func addUp(_ medianDeal: Double?) {
    for row in rows {
      total.leads += row.leads
      total.spend += row.spend
      total.media += row.media
      total.overhead += row.overhead
      total.salesSoFar += row.salesSoFar
      total.salesToCome += row.salesToCome
      total.commission += row.commission
      total.touches += row.touches
      total.expectedTouches += row.expectedTouches
      total.deals = total.deals + row.deals
      total.dealsWithoutAmount += row.dealsWithoutAmount
      if let held = row.meetingsHeld { total.meetingsHeld = (total.meetingsHeld ?? 0) + held }
    }
    total.wins = CompletedWins(sum: rows.map(\.wins))
    total.medianDeal = medianDeal
  }

  /// Works out what customers cost and are worth.
  private mutating func judge() {
    judge(&total)
    for index in rows.indices { judge(&rows[index]) }
    let unassigned = rows.filter { $0.kind == .spendWithoutGroup }.reduce(0) { $0 + $1.cost }
    let isMuch = unassigned > Self.mostUnassigned * max(total.media, 0)
    for index in rows.indices where isMuch && rows[index].profitability == .yes {
      guard let economics = rows[index].economics, let value = economics.lifetimeValue else {
        continue
      }
      let fewest = economics.winsInterval.lower
      let dearest = fewest > 0 ? (rows[index].fixedCost + unassigned) / fewest : .infinity
      if !(dearest + economics.perWin <= value) {
        rows[index].profitability = .cannotTell
        rows[index].isHeldBack = true
      }
    }
  }

  /// Adds what the wins of a line, those to come included, bring its reps.
  private func pay(_ row: inout EconomicsRow) {
    row.isValuedByAll = row.hasLeads && row.deals.count == 0 && everybody.count > 0
    let valued = row.isValuedByAll ? everybody : row.deals
    row.dealMean = valued.mean
    row.dealMeanVariance = valued.varianceOfMean
    row.commission = row.wins.total * max(0, row.dealMean.map(economics.commission) ?? 0)
  }

  private func judge(_ row: inout EconomicsRow) {
    let commission = row.commission
    if row.kind == .total {
      // The lines' commissions, not that of the mean deal of all.
      pay(&row)
      row.commission = commission
    }
    if let mean = row.dealMean, let sizes = worthJudge.sizes(row.deals) {
      row.dealMeanVariance = sizes.relativeVariance * mean * mean
    }
    let valued = row.isValuedByAll ? everybody : row.deals
    // Without any lead, "at least" would say of customers what is only known of money.
    guard row.hasLeads, total.leads > 0 || total.wins.counted > 0, let shared,
      let wins = row.wins.count,
      let terms = terms ?? (try? ValueTerms(grossMargin: 0, monthlyChurn: 1))
    else { return }
    let spend = try? ChannelSpend(
      media: row.media,
      overheadShare: overhead > 0 ? min(max(row.overhead / overhead, 0), 1) : 0,
      touches: row.touches,
      expectedTouches: row.expectedTouches,
      perWin: row.wins.total > 0 ? row.commission / row.wins.total : 0,
      wins: wins,
      deals: self.terms == nil ? AmountSummary([]) : valued
    )
    row.economics = spend.flatMap { try? ChannelEconomics($0, shared: shared, terms: terms) }
    row.worth = worthJudge.range(row)
    row.profitability = worthJudge.verdict(row)
  }
}
