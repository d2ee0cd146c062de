import PlumblineCore

extension ExportProfile {
  /// An export of Pipedrive's deals; the id is there only when its column was chosen.
  static let pipedriveDeals = ExportProfile(
    name: "Pipedrive deals",
    source: "pipedrive",
    kind: .deal,
    signature: [["Deal - Title"], ["Deal - Status"], ["Deal - Value", "Deal - Stage"]],
    fields: [
      "id": ["Deal - ID", "Deal - Title"],
      "lead": [
        "Person - ID", "Person - Email - Work", "Person - Email", "Deal - Contact person",
      ],
      "created": ["Deal - Deal created"],
      "closed": ["Deal - Won time"],
      "stage": ["Deal - Stage"],
      "outcome": ["Deal - Status"],
      "amount": ["Deal - Value"],
      "currency": ["Deal - Currency of Value"],
      "owner": ["Deal - Owner"],
      "channel": ["Deal - Source channel", "Deal - Source origin"],
      "reason": ["Deal - Lost reason"],
      "probability": ["Deal - Probability"],
    ],
    fallbacks: ["closed": ["Deal - Lost time", "Deal - Deal closed on"]]
  )
}
