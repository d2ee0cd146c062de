import PlumblineCore

extension ExportProfile {
  /// Opportunities of Salesforce, from a report or the data loader.
  static let salesforceOpportunities = ExportProfile(
    name: "Salesforce opportunities",
    source: "salesforce",
    kind: .deal,
    signature: [
      ["Stage", "StageName"], ["Close Date", "CloseDate"], ["Amount"],
      ["Opportunity Name", "Opportunity Owner", "IsWon", "OwnerId", "Opportunity ID"],
    ],
    fields: [
      "id": ["Opportunity ID", "Id", "Opportunity Name"],
      "lead": [
        "Lead ID", "Contact ID", "ContactId", "Primary Contact ID", "Primary Contact",
        "Contact Email",
        "Email",
      ],
      "created": ["Created Date", "CreatedDate"],
      "closed": ["Close Date", "CloseDate"],
      "stage": ["Stage", "StageName"],
      "outcome": ["Stage", "StageName"],
      "amount": ["Amount", "Amount (converted)"],
      "currency": ["Amount Currency", "CurrencyIsoCode", "Currency"],
      "owner": ["Opportunity Owner", "OwnerId"],
      "channel": ["Lead Source", "LeadSource"],
      "reason": ["Loss Reason", "Closed Lost Reason"],
      "probability": ["Probability (%)", "Probability"],
    ]
  )
}
