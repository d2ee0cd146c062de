import PlumblineConnectors
import PlumblineCore
import PlumblineYAML

/// A mapping that uses everything, as text and as value.
enum MappingExample {
  static let text = """
    mapping: 1
    source: hubspot
    time_zone: Europe/Berlin
    currency: USD
    date_order: month_first
    decimal: point
    missing: ["", "Select", N/A]
    values:
      channel: {google: Google Ads, fb: Meta}
      stage: {Subscriber: lead}
    files:
      - file: ["contacts*.csv", leads.csv]
        delimiter: tab
        encoding: windows-1252
        header_line: 3
        optional: true
        date_order: year_first
        decimal: comma
        records:
          - kind: lead
            when: {Status: [Completed, Pending], Closed: present, Test: {not: yes}}
            id: Contact ID
            also_known_as: [Email, {column: Phone}]
            created: Create Date
            channel: {column: Lead Source, values: {Organic: Search}, missing: "(none)"}
            owner: {columns: [Owner, Contact owner]}
            segment: {constant: SMB}
      - file: deals.csv
        records:
          - kind: deal
            id: Deal ID
            lead: {column: opportunity_id, separator: "; ",
                   through: {file: opps.csv, key: opportunity_id, value: lead_id}}
            amount: {column: Amount, scale: 0.001, decimal: comma}
            closed: {column: Closed, date_order: day_first}
            currency: {constant: EUR}
          - {kind: activity, owner: Rep, type: Type, automated: {column: Type, values: {Bot: 1}}}

    """

  static let mapping = Mapping(
    source: "hubspot",
    zoneName: "Europe/Berlin",
    currency: "USD",
    dateOrder: .monthFirst,
    decimal: .point,
    missing: ["", "Select", "N/A"],
    renames: [
      .channel: ValueRenames([
        ValueRenames.Entry("google", to: "Google Ads"), ValueRenames.Entry("fb", to: "Meta"),
      ]),
      .stage: ValueRenames([ValueRenames.Entry("Subscriber", to: "lead")]),
    ],
    files: [
      FileMapping(
        patterns: [FilePattern("contacts*.csv"), FilePattern("leads.csv")],
        delimiter: 9,
        encoding: .windows1252,
        headerLine: 3,
        isOptional: true,
        dateOrder: .yearFirst,
        decimal: .comma,
        records: [leads]
      ),
      FileMapping(patterns: [FilePattern("deals.csv")], records: [deals, activities]),
    ]
  )

  private static let leads = RecordMapping(
    kind: .lead,
    conditions: [
      Condition(ColumnReference("Status"), .oneOf(["Completed", "Pending"])),
      Condition(ColumnReference("Closed"), .present),
      Condition(ColumnReference("Test"), .noneOf(["yes"])),
    ],
    fields: [
      FieldMapping("id", from: column("Contact ID")),
      FieldMapping("created", from: column("Create Date")),
      FieldMapping(
        "channel",
        from: column("Lead Source"),
        renames: ValueRenames([ValueRenames.Entry("Organic", to: "Search")]),
        valueWhenMissing: "(none)"
      ),
      FieldMapping(
        "owner",
        from: .columns([ColumnReference("Owner"), ColumnReference("Contact owner")])
      ),
      FieldMapping("segment", from: .constant("SMB")),
    ],
    alsoKnownAs: [
      FieldMapping("also_known_as", from: column("Email")),
      FieldMapping("also_known_as", from: column("Phone")),
    ]
  )

  private static let deals = RecordMapping(
    kind: .deal,
    fields: [
      FieldMapping("id", from: column("Deal ID")),
      FieldMapping(
        "lead",
        from: column("opportunity_id"),
        separator: "; ",
        join: Join(
          file: FilePattern("opps.csv"),
          key: ColumnReference("opportunity_id"),
          value: ColumnReference("lead_id")
        )
      ),
      FieldMapping(
        "amount",
        from: column("Amount"),
        decimal: .comma,
        scale: ExactDecimal(significand: 1, decimals: 3)
      ),
      FieldMapping("closed", from: column("Closed"), dateOrder: .dayFirst),
      FieldMapping("currency", from: .constant("EUR")),
    ]
  )

  private static let activities = RecordMapping(
    kind: .activity,
    fields: [
      FieldMapping("owner", from: column("Rep")),
      FieldMapping("kind", from: column("Type")),
      FieldMapping(
        "automated",
        from: column("Type"),
        renames: ValueRenames([ValueRenames.Entry("Bot", to: "1")])
      ),
    ]
  )

  private static func column(_ name: String) -> FieldMapping.Source {
    .columns([ColumnReference(name)])
  }
}
