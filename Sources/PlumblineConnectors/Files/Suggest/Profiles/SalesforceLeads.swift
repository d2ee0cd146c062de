import PlumblineCore

extension ExportProfile {
  /// Leads of Salesforce, from a report or the data loader.
  static let salesforceLeads = ExportProfile(
    name: "Salesforce leads",
    source: "salesforce",
    kind: .lead,
    signature: [
      ["Lead Source", "LeadSource"], ["Lead Owner", "OwnerId", "Owner ID"],
      ["Create Date", "Created Date", "CreatedDate"],
      ["Lead Status", "IsConverted", "Converted", "Converted Date", "ConvertedDate", "Rating"],
    ],
    fields: [
      "id": ["Lead ID", "Id", "Case Safe ID", "Email"],
      "created": ["Created Date", "CreatedDate", "Create Date"],
      "channel": ["Lead Source", "LeadSource"],
      "campaign": ["Campaign Name", "Campaign"],
      "owner": ["Lead Owner", "OwnerId", "Owner ID"],
      "status": ["Lead Status", "Status"],
    ],
    convertedStage: "opportunity"
  )
}
