import PlumblineCore

extension ExportProfile {
  /// An export of HubSpot's deals.
  static let hubSpotDeals = ExportProfile(
    name: "HubSpot deals",
    source: "hubspot",
    kind: .deal,
    signature: [["Record ID", "Deal ID"], ["Deal Stage"], ["Deal Name"], ["Close Date"]],
    fields: [
      "id": ["Record ID", "Deal ID"],
      "lead": ["Associated Contact IDs", "Associated Contact ID", "Associated Contact Email"],
      "created": ["Create Date"],
      "closed": ["Close Date"],
      "stage": ["Deal Stage"],
      "outcome": ["Deal Stage"],
      "amount": ["Amount", "Amount in company currency"],
      "currency": ["Currency"],
      "owner": ["Deal owner"],
      "channel": ["Original Traffic Source", "Deal source", "Lead Source"],
      "reason": ["Closed Lost Reason"],
      "probability": ["Deal probability"],
    ]
  )
}
