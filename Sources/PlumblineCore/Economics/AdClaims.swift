/// What the ad reports themselves claim to have brought, by campaign: their word, not the CRM's.
public struct AdClaims: Hashable, Sendable {
  /// What one campaign's report claims; sums over its rows.
  public struct Row: Hashable, Sendable {
    /// The channel's agreed name; empty where nobody said.
    public var channel: String
    /// The campaign; empty where nobody said, or where lines are channels.
    public var campaign: String
    /// Rows of the report.
    public var rows = 0
    /// What was spent, minor units, over the rows that say it.
    public var spend: Int64 = 0
    /// Rows without an amount spent, or without a rate into the agreement's currency.
    public var rowsWithoutSpend = 0
    /// Claimed leads, over the rows that say them; nil where none does.
    public var leads: Int64?
    /// What was spent on rows that say their leads too.
    public var spendWithLeads: Int64 = 0
    /// Claimed orders, over the rows that say them; nil where none does.
    public var orders: Int64?
    /// What was spent on rows that say their orders too.
    public var spendWithOrders: Int64 = 0
    /// Claimed revenue, minor units, over the rows that say it; nil where none does.
    public var revenue: Int64?
    /// Rows without a claimed revenue, or without a rate for it.
    public var rowsWithoutRevenue = 0
    /// Rows with both amounts: the only ones that the return stands on.
    public var rowsWithBoth = 0
    /// What was spent on those rows.
    public var spendWithBoth: Int64 = 0
    /// What they claim to have brought.
    public var revenueWithBoth: Int64 = 0
    /// Leads and orders over the rows that say both the spend and them.
    var leadsWithSpend: Int64 = 0
    var ordersWithSpend: Int64 = 0

    init(channel: String, campaign: String) {
      self.channel = channel
      self.campaign = campaign
    }

    /// Minor units for each claimed lead; nil without any.
    public var costPerLead: Double? {
      leadsWithSpend > 0 ? Double(spendWithLeads) / Double(leadsWithSpend) : nil
    }

    /// Minor units for each claimed order; nil without any.
    public var costPerOrder: Double? {
      ordersWithSpend > 0 ? Double(spendWithOrders) / Double(ordersWithSpend) : nil
    }

    /// Claimed revenue over spend, on rows with both; nil where nothing was spent on those.
    public var claimedReturn: Double? {
      spendWithBoth > 0 ? Double(revenueWithBoth) / Double(spendWithBoth) : nil
    }

    /// Whether it brings less than it costs by its own report; nil where that cannot be said.
    public var bringsLess: Bool? {
      rowsWithBoth > 0 && spendWithBoth > 0 ? revenueWithBoth < spendWithBoth : nil
    }

    static func += (left: inout Row, right: Row) {
      left.rows += right.rows
      left.spend += right.spend
      left.rowsWithoutSpend += right.rowsWithoutSpend
      left.leads = sum(left.leads, right.leads)
      left.spendWithLeads += right.spendWithLeads
      left.orders = sum(left.orders, right.orders)
      left.spendWithOrders += right.spendWithOrders
      left.revenue = sum(left.revenue, right.revenue)
      left.rowsWithoutRevenue += right.rowsWithoutRevenue
      left.rowsWithBoth += right.rowsWithBoth
      left.spendWithBoth += right.spendWithBoth
      left.revenueWithBoth += right.revenueWithBoth
      left.leadsWithSpend += right.leadsWithSpend
      left.ordersWithSpend += right.ordersWithSpend
    }

    private static func sum(_ left: Int64?, _ right: Int64?) -> Int64? {
      left == nil && right == nil ? nil : (left ?? 0) + (right ?? 0)
    }
  }

  /// The campaigns, dearest first.
  public let rows: [Row]
  /// All campaigns together.
  public let total: Row
  /// Rows that lie only partly in the days asked; they are left out.
  public let rowsPartlyOutside: Int
  /// Rows of which nobody knows the day; they are left out where days were asked.
  public let rowsWithoutDay: Int

  /// Whether any report claims an order or revenue.
  public var claimsResults: Bool { total.orders != nil || total.revenue != nil }
  /// Whether any report claims anything.
  public var claimsAnything: Bool { claimsResults || total.leads != nil }
  /// The campaigns that bring less than they cost by their own report.
  public var bringingLess: [Row] { rows.filter { $0.bringsLess == true } }

  /// Nothing claimed.
  public static let none = AdClaims([], rowsPartlyOutside: 0, rowsWithoutDay: 0)

  init(_ rows: [Row], rowsPartlyOutside: Int, rowsWithoutDay: Int) {
    self.rows = rows.sorted {
      ($1.spend, $0.campaign, $0.channel) < ($0.spend, $1.campaign, $1.channel)
    }
    var total = Row(channel: "", campaign: "")
    for row in rows { total += row }
    self.total = total
    self.rowsPartlyOutside = rowsPartlyOutside
    self.rowsWithoutDay = rowsWithoutDay
  }
}

extension HistoryReader {
  /// What the ad reports claim on some days, all days up to the instant when nil, of those asked.
  mutating func adClaims(
    on days: ClosedRange<Int>?,
    by dimension: FunnelDimension,
    where filters: [DimensionFilter]
  ) -> AdClaims {
    let table = ledger[.spend]
    let (amounts, currencies) = (table["amount"], table["currency"])
    let (firsts, lasts) = (table["from"], table["to"])
    let (channels, campaigns) = (table["channel"], table["campaign"])
    let (leads, orders, revenues) = (table["leads"], table["orders"], table["revenue"])
    let rates = currencyTable()
    var partly = 0
    var undated = 0
    var found: [[String]: AdClaims.Row] = [:]
    func known(_ value: Int64) -> Int64? { value == FactColumn.noNumber ? nil : value }
    func channel(_ index: Int) -> String { history.texts[.channel][self.channel(channels[index])] }
    func campaign(_ index: Int) -> String { texts[.campaign][UInt32(campaigns[index])] }
    func shown(_ index: Int, _ dimension: FunnelDimension) -> String {
      let name = dimension == .campaign ? campaign(index) : channel(index)
      return name.isEmpty ? FunnelDimension.none : name
    }
    let passing = filters.map { filter in
      (filter.dimension, filter.passing((0..<table.rowCount).map { shown($0, filter.dimension) }))
    }
    for index in 0..<table.rowCount {
      guard passing.allSatisfy({ $1.contains(shown(index, $0)) }) else { continue }
      let (channel, campaign) = (channel(index), campaign(index))
      let from = time(firsts[index])
      let to = time(lasts[index])
      if from.isDated {
        guard from.instant <= asOf else { continue }
        let first = agreement.calendar.day(of: from.instant).dayNumber
        let last =
          to.isDated ? max(first, agreement.calendar.day(of: to.instant).dayNumber) : first
        if let days {
          guard days.overlaps(first...last) else { continue }
          guard days.contains(first), days.contains(last) else {
            partly += 1
            continue
          }
        }
      } else {
        undated += 1
        if days != nil { continue }
      }
      let currency = UInt32(currencies[index])
      func converted(_ value: Int64) -> Int64? {
        known(value).flatMap { self.converted($0, currency, from, rates) }
      }
      let line = dimension == .channel ? "" : campaign
      var row = AdClaims.Row(channel: channel, campaign: line)
      row.rows = 1
      row.leads = known(leads[index])
      row.orders = known(orders[index])
      row.revenue = converted(revenues[index])
      if row.revenue == nil { row.rowsWithoutRevenue = 1 }
      if let spend = converted(amounts[index]) {
        row.spend = spend
        if let leads = row.leads { (row.spendWithLeads, row.leadsWithSpend) = (spend, leads) }
        if let orders = row.orders { (row.spendWithOrders, row.ordersWithSpend) = (spend, orders) }
        if let revenue = row.revenue {
          (row.rowsWithBoth, row.spendWithBoth, row.revenueWithBoth) = (1, spend, revenue)
        }
      } else {
        row.rowsWithoutSpend = 1
      }
      if found[[channel, line]] == nil {
        found[[channel, line]] = row
      } else {
        found[[channel, line]]? += row
      }
    }
    return AdClaims(Array(found.values), rowsPartlyOutside: partly, rowsWithoutDay: undated)
  }
}
