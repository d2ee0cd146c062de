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
      + "\(Format.count(judged.count, "campaign")) \(less == 1 ? "brings" : "bring") less than "
      + "\(less == 1 ? "it costs" : "they cost")\(list)."
  }

  /// Which reports the claims are from, where there are no leads to set against them.
  var claimsScope: String {
    let total = answer.claims.total
    return "\(Format.count(total.rows, "row")) of ad reports on "
      + "\(Format.count(answer.claims.rows.count, "campaign")); no lead is on record to check them."
  }

  /// What a campaign is called.
  func claimName(_ row: AdClaims.Row) -> String {
    if row.campaign.isEmpty { return row.channel.isEmpty ? "(no campaign)" : row.channel }
    return row.campaign
  }

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
