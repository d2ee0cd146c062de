import PlumblineCore

extension EconomicsWords {
  /// What the ad reports claim, as one sentence; nil where they claim nothing.
  var claimsHeadline: String? {
    let claims = answer.claims
    guard claims.claimsAnything else { return nil }
    let judged = claims.rows.filter { $0.bringsLess != nil }
    guard !judged.isEmpty else {
      return "The ad reports claim \(Format.count(Int(claims.total.leads ?? 0), "lead"))"
        + " and no revenue: whether they pay cannot be told."
    }
    let less = claims.bringingLess.count
    let names = claims.bringingLess.map { claimName($0).printable }
    let list = less > 0 && less <= 5 ? " (\(Self.list(names, most: 5)))" : ""
    return "By the ad reports' own word \(Format.count(less)) of "
      + "\(Format.count(judged.count, claimThing)) \(less == 1 ? "brings" : "bring") less than "
      + "\(less == 1 ? "it costs" : "they cost")\(list)."
  }

  /// Which reports the claims are from, where there are no leads to set against them.
  var claimsScope: String {
    let total = answer.claims.total
    return "\(Format.count(total.rows, "row")) of ad reports on "
      + "\(Format.count(answer.claims.rows.count, claimThing)); no lead is on record to check them."
  }

  /// What a campaign is called, with its channel where several have one of that name.
  func claimName(_ row: AdClaims.Row) -> String {
    if row.campaign.isEmpty { return row.channel.isEmpty ? "(no \(claimThing))" : row.channel }
    let alike = answer.claims.rows.count { $0.campaign == row.campaign }
    return alike > 1 && !row.channel.isEmpty ? "\(row.campaign) (\(row.channel))" : row.campaign
  }

  /// What a line of claims is: `channel` or `campaign`.
  var claimThing: String { answer.question.claimsBy.word }

  private var areCampaigns: Bool { answer.question.claimsBy == .campaign }

  /// The heads of the columns that name a line: its channel, where any has one, and its campaign.
  var claimNameHeads: [String] {
    guard areCampaigns else { return ["channel"] }
    return answer.claims.rows.contains { !$0.channel.isEmpty }
      ? ["channel", "campaign"] : ["campaign"]
  }

  /// The names of a line, one for each of `claimNameHeads`.
  func claimNames(_ row: AdClaims.Row) -> [String] {
    func shown(_ name: String, _ thing: String) -> String { name.isEmpty ? "(no \(thing))" : name }
    let (channel, campaign) = (shown(row.channel, "channel"), shown(row.campaign, "campaign"))
    guard areCampaigns else { return [channel] }
    return claimNameHeads.count > 1 ? [channel, campaign] : [campaign]
  }

  /// A column of what ad reports claim.
  struct ClaimColumn {
    /// The head of the column of money spent.
    static let spend = "spend"

    var head: String
    /// Whether it is money spent or brought, and not a count or what one of it cost.
    var isMoney: Bool
    /// Whether it is the money spent, which opens to its amounts.
    var isSpend: Bool { head == Self.spend }
    var cell: (AdClaims.Row) -> String
  }

  /// The columns that any line has something in.
  var claimColumns: [ClaimColumn] {
    let total = answer.claims.total
    func count(_ value: Int64?) -> String { value.map { Format.count(Int($0)) } ?? Format.absent }
    var columns: [ClaimColumn] = []
    func add(_ head: String, _ isKnown: Bool, _ cell: @escaping (AdClaims.Row) -> String) {
      let isMoney = [ClaimColumn.spend, "revenue", "return"].contains(head)
      if isKnown { columns.append(ClaimColumn(head: head, isMoney: isMoney, cell: cell)) }
    }
    add(ClaimColumn.spend, total.rowsWithoutSpend < total.rows) { row in
      amount(row.rowsWithoutSpend < row.rows ? Double(row.spend) : nil)
    }
    add("leads", total.leads != nil) { count($0.leads) }
    add("orders", total.orders != nil) { count($0.orders) }
    add("revenue", total.revenue != nil) { row in amount(row.revenue.map { Double($0) }) }
    add("per lead", total.costPerLead != nil) { amount($0.costPerLead) }
    add("per order", total.costPerOrder != nil) { amount($0.costPerOrder) }
    add("return", total.claimedReturn != nil) { row in
      row.claimedReturn.map { Self.figures($0) } ?? Format.absent
    }
    return columns
  }

  /// Whether any line can be said to bring more or less than it costs.
  var areClaimsJudged: Bool { answer.claims.rows.contains { $0.bringsLess != nil } }

  /// Whether a campaign brings less than it costs, by its own report.
  func claimVerdict(_ row: AdClaims.Row) -> String {
    row.bringsLess.map { $0 ? "less" : "more" } ?? "not known"
  }

  /// How the claims are to be read.
  var claimNotes: [String] {
    let claims = answer.claims
    var notes = [
      "The advertiser's own claim, not checked against the CRM. Sums of what the reports say: there "
        + "is no range to them."
    ]
    let (spend, revenue) = (claims.total.rowsWithoutSpend, claims.total.rowsWithoutRevenue)
    if spend > 0 {
      notes.append(
        "\(Format.count(spend, "row")) without an amount spent, or without a rate into \(currency): "
          + "counted apart, never as 0."
      )
    }
    if revenue > 0, revenue < claims.total.rows {
      notes.append(
        "\(Format.count(revenue, "row")) without a claimed revenue; returns stand on the "
          + "\(Format.count(claims.total.rowsWithBoth, "row")) with both amounts."
      )
    }
    if claims.rowsPartlyOutside > 0 {
      notes.append(
        "\(Format.count(claims.rowsPartlyOutside, "row")) only partly in these days: left out."
      )
    }
    if claims.rowsWithoutDay > 0 {
      notes.append("\(Format.count(claims.rowsWithoutDay, "row")) without a day.")
    }
    return notes
  }

  /// Channels whose meetings are cheap and whose customers are dear, a sentence each.
  var hiddenCostSentences: [String] {
    answer.hiddenCosts.map { hidden in
      "\(hidden.group.printable): \(Self.rank(hidden.rankByMeeting)) cheapest of \(hidden.ranked) by "
        + "meeting held, \(Self.rank(hidden.rankByWin)) by customer. Beyond chance its meetings are "
        + "cheaper and its customers dearer than those of "
        + "\(Self.list(hidden.cheaperInTruth.map(\.printable), most: 4))."
    }
  }

  /// The rule by which a channel is called out.
  var hiddenCostRule: String {
    "Called out: in the cheaper half by meeting, in the dearer half by customer, and for at least one "
      + "other both differences hold with 95 % confidence shared out over all pairs. "
      + "Meeting: media only; customer: all costs."
  }

  /// A rank in words: `1st`, `2nd`, `11th`.
  static func rank(_ number: Int) -> String {
    let isTeen = (11...13).contains(number % 100)
    let ending = isTeen ? "th" : [1: "st", 2: "nd", 3: "rd"][number % 10] ?? "th"
    return "\(number)\(ending)"
  }
}
