import PlumblineCore

extension ExportProfile {
  /// Potentials of Zoho CRM, which newer versions call deals.
  static let zohoPotentials = ExportProfile(
    name: "Zoho CRM potentials",
    source: "zoho",
    kind: .deal,
    signature: [
      ["Potential Name", "Deal Name"], ["Closing Date"], ["Stage"], ["Created Time", "Amount"],
    ],
    fields: [
      "id": ["Potential ID", "Deal ID", "Record Id"],
      "lead": ["Lead ID", "Contact ID", "Contact Name.id"],
      "created": ["Created Time"],
      "closed": ["Closing Date"],
      "stage": ["Stage"],
      "outcome": ["Stage"],
      "amount": ["Amount"],
      "currency": ["Currency"],
      "owner": ["Potential Owner", "Deal Owner"],
      "channel": ["Lead Source"],
      "reason": ["Reason For Loss", "Closed Lost Reason"],
      "probability": ["Probability (%)", "Probability"],
    ]
  )
}
