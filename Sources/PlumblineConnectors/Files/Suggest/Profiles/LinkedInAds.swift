import PlumblineCore

extension ExportProfile {
  /// A performance report of LinkedIn's Campaign Manager.
  static let linkedInAds = ExportProfile(
    name: "LinkedIn Ads performance report",
    source: "linkedin_ads",
    kind: .spend,
    signature: [
      ["Start Date (in UTC)", "Start Date"],
      ["Campaign Name", "Ad Set Name", "Campaign Group Name"],
      ["Total Spent"], ["Impressions"],
    ],
    fields: [
      "account": ["Account Name"],
      "campaign": ["Campaign Name", "Ad Set Name", "Campaign Group Name"],
      "from": ["Start Date (in UTC)", "Start Date"],
      "to": ["End Date (in UTC)", "End Date"],
      "amount": ["Total Spent"],
      "currency": ["Currency"],
      "impressions": ["Impressions"],
      "clicks": ["Clicks"],
      "leads": ["Leads"],
      "revenue": ["Total Conversion Value"],
    ],
    constants: ["channel": "LinkedIn"],
    dateOrder: .monthFirst
  )
}
