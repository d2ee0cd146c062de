import PlumblineCore

extension ExportProfile {
  /// Leads of Zoho CRM.
  static let zohoLeads = ExportProfile(
    name: "Zoho CRM leads",
    source: "zoho",
    kind: .lead,
    signature: [
      ["Lead ID", "Record Id"], ["Lead Owner"], ["Lead Status", "Lead Source"], ["Created Time"],
    ],
    fields: [
      "id": ["Lead ID", "Record Id"],
      "created": ["Created Time"],
      "channel": ["Lead Source"],
      "owner": ["Lead Owner"],
      "status": ["Lead Status"],
    ],
    convertedStage: "opportunity"
  )
}
