import PlumblineCore

extension ExportProfile {
  /// An export of HubSpot's contacts.
  static let hubSpotContacts = ExportProfile(
    name: "HubSpot contacts",
    source: "hubspot",
    kind: .lead,
    signature: [
      ["Record ID", "Contact ID"], ["Lifecycle Stage"], ["Create Date"],
    ],
    fields: [
      "id": ["Record ID", "Contact ID"],
      "created": ["Create Date"],
      "channel": ["Original Source", "Original Traffic Source", "Lead Source", "Latest Source"],
      "campaign": [
        "Original Source Drill-Down 1", "Original Traffic Source Drill-Down 1", "Campaign",
      ],
      "owner": ["Contact owner", "HubSpot Owner"],
      "status": ["Lifecycle Stage"],
      "score": ["HubSpot Score", "Lead Score"],
    ]
  )
}
