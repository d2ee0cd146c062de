import PlumblineStatistics

extension ExampleCompany {
  /// What a campaign cost on a day.
  struct DailySpend {
    var day: CivilDate
    var campaign: String
    /// Nil while the campaign stood still.
    var cents: Int64?
    var impressions: Int64
    var clicks: Int64
  }

  /// A channel's spend, day by day: the price of a booked meeting times the meetings that a day's
  /// leads lead to on average, give or take a quarter.
  func dailySpend(of position: Int) -> [DailySpend] {
    let channel = Self.channels[position]
    guard let price = channel.costPerMeetingBooked else { return [] }
    var dice = draws(ofStream: 10 + UInt64(position))
    let days = (Self.firstDay.dayNumber...Self.lastDay.dayNumber).map { CivilDate(dayNumber: $0) }
    let allWeights = days.map(Self.weight(of:)).reduce(0, +)
    let bookings =
      Rates.marketingQualified * Rates.salesQualified * Rates.meetingBooked
      * Double(Self.leadCount) * channel.leadShare
    return days.flatMap { day in
      channel.campaigns.map { campaign in
        if Self.isPaused(campaign, on: day) {
          return DailySpend(
            day: day,
            campaign: campaign.name,
            cents: nil,
            impressions: 0,
            clicks: 0
          )
        }
        let expected = price * bookings * campaign.share * Self.weight(of: day) / allWeights
        let cents = (expected * dice.portableLogNormal(median: 97, spread: 0.25)).rounded()
        let clicks = (cents / (250 + 100 * dice.uniform())).rounded()
        return DailySpend(
          day: day,
          campaign: campaign.name,
          cents: Int64(cents),
          impressions: Int64((clicks * (30 + 20 * dice.uniform())).rounded()),
          clicks: Int64(clicks)
        )
      }
    }
  }

  /// `google_ads.csv`: two lines before the header, ` --` for no figure, a comma after each three
  /// digits, and a row of totals at the end.
  func googleAdsFile() -> ExampleFile {
    var text = DelimitedText()
    let spend = dailySpend(of: 0)
    text.line("Campaign report")
    text.row(["July 1, 2025 - June 30, 2026"])
    text.row(["Day", "Campaign", "Currency code", "Cost", "Impr.", "Clicks"])
    for row in spend {
      text.row([
        "\(row.day)", row.campaign, Self.currency,
        row.cents.map { Self.amount($0, thousands: ",") } ?? " --",
        Self.grouped(row.impressions, ","), Self.grouped(row.clicks, ","),
      ])
    }
    let total = spend.reduce(0) { $0 + ($1.cents ?? 0) }
    text.row([
      "Total: Account", " --", Self.currency, Self.amount(total, thousands: ","),
      Self.grouped(spend.reduce(0) { $0 + $1.impressions }, ","),
      Self.grouped(spend.reduce(0) { $0 + $1.clicks }, ","),
    ])
    return ExampleFile(name: "google_ads.csv", bytes: text.bytes)
  }

  /// `meta_ads.csv`: a byte-order mark, and the currency in the header.
  func metaAdsFile() -> ExampleFile {
    var text = DelimitedText(encoding: .utf8WithMark)
    text.row([
      "Campaign name", "Day", "Impressions", "Link clicks", "Amount spent (\(Self.currency))",
      "Reporting starts", "Reporting ends",
    ])
    for row in dailySpend(of: Self.leakingChannel) {
      text.row([
        row.campaign, "\(row.day)", "\(row.impressions)", "\(row.clicks)",
        Self.amount(row.cents ?? 0), "\(row.day)", "\(row.day)",
      ])
    }
    return ExampleFile(name: "meta_ads.csv", bytes: text.bytes)
  }

  /// `linkedin_ads.csv`: UTF-16 with tabs, five lines before the header, American dates.
  func linkedInAdsFile() -> ExampleFile {
    var text = DelimitedText(
      separator: "\t",
      lineEnd: "\r\n",
      encoding: .utf16LittleEndianWithMark
    )
    text.line("Campaign Performance Report (in UTC)")
    text.line("\"Report Start: July 1, 2025, 12:00 AM\"")
    text.line("\"Report End: June 30, 2026, 11:59 PM\"")
    text.line("\"Date Generated: June 30, 2026, 4:30 PM\"")
    text.line("")
    text.row([
      "Start Date (in UTC)", "Campaign Name", "Currency", "Total Spent", "Impressions", "Clicks",
    ])
    for row in dailySpend(of: 1) {
      let (year, month, day) = row.day.components
      text.row([
        "\(month)/\(day)/\(year)", row.campaign, Self.currency, Self.amount(row.cents ?? 0),
        "\(row.impressions)", "\(row.clicks)",
      ])
    }
    return ExampleFile(name: "linkedin_ads.csv", bytes: text.bytes)
  }
}
