import PlumblineCore

extension ExportProfile {
  /// A performance report of Microsoft Advertising.
  static let microsoftAds = ExportProfile(
    name: "Microsoft Ads report",
    source: "microsoft_ads",
    kind: .spend,
    signature: [
      ["Campaign name", "Campaign"], ["Spend"], ["Impressions", "Impr."],
      ["Gregorian date", "Quality score", "Account name", "Account number"],
    ],
    fields: [
      "account": ["Account name", "Account number"],
      "campaign": ["Campaign name", "Campaign"],
      "from": ["Gregorian date", "Day", "Date", "Time period", "Week", "Month"],
      "amount": ["Spend"],
      "currency": ["Currency code", "Currency"],
      "impressions": ["Impressions", "Impr."],
      "clicks": ["Clicks"],
      "revenue": ["Revenue"],
    ],
    constants: ["channel": "Microsoft Ads"],
    dateOrder: .monthFirst
  )
}
