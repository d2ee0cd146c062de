import PlumblineCore
import Testing

/// A small export of each product, made up, and what is to be read from it.
struct ExportFixture: Sendable, CustomTestStringConvertible {
  var testDescription: String { name }
  let name: String
  let text: String
  let kind: FactKind
  /// What fills each field, see `RecordMapping.source(_:)`.
  let fields: [String: String]

  static let all: [ExportFixture] = [
    googleAds, hubSpotContacts, hubSpotDeals, linkedInAds, metaAds, microsoftAds, pipedriveDeals,
    salesforceLeads, salesforceOpportunities, zohoLeads, zohoPotentials,
  ]

  private static let googleAds = ExportFixture(
    name: "Google Ads campaign report",
    text: """
      Campaign report
      "May 1, 2026 - May 2, 2026"
      Day,Campaign,Currency code,Cost,Impr.,Clicks,Conv. rate
      2026-05-01,Brand,EUR,"1,234.56","2,000",100,1.00%
      2026-05-02,Brand,EUR, --,0,0,0.00%
      Total: Account, --,EUR,"1,234.56","2,000",100,1.00%

      """,
    kind: .spend,
    fields: [
      "channel": "=Google Ads", "campaign": "Campaign", "from": "Day", "to": "Day",
      "amount": "Cost",
      "currency": "Currency code", "impressions": "Impr.", "clicks": "Clicks",
    ]
  )

  private static let hubSpotContacts = ExportFixture(
    name: "HubSpot contacts",
    text: """
      Record ID - Contact,Email,Create Date,Original Source,Contact owner,Lifecycle Stage,Became a Marketing Qualified Lead Date,Became a Customer Date
      101,a@example.com,2026-01-05 09:00,Paid Social,Ann,Customer,2026-01-06 10:00,2026-02-01 08:00
      102,b@example.com,2026-01-07 09:30,Organic Search,Bob,Lead,,

      """,
    kind: .lead,
    fields: [
      "id": "Record ID - Contact", "created": "Create Date", "channel": "Original Source",
      "owner": "Contact owner", "status": "Lifecycle Stage",
    ]
  )

  private static let hubSpotDeals = ExportFixture(
    name: "HubSpot deals",
    text: """
      Record ID,Deal Name,Deal Stage,Pipeline,Amount,Currency,Close Date,Create Date,Deal owner,Associated Contact IDs,Closed Lost Reason,Deal probability
      900,First,Closed Won,Sales,1000.50,EUR,2026-02-01,2026-01-10,Ann,101,,1.0
      901,Second,Closed Lost,Sales,200,EUR,2026-02-03,2026-01-11,Bob,102;103,Price,0.0
      902,Third,Contract Sent,Sales,,EUR,,2026-01-12,Bob,103,,0.9

      """,
    kind: .deal,
    fields: [
      "id": "Record ID", "lead": "Associated Contact IDs", "created": "Create Date",
      "closed": "Close Date", "stage": "Deal Stage", "outcome": "Deal Stage", "amount": "Amount",
      "currency": "Currency", "owner": "Deal owner", "reason": "Closed Lost Reason",
      "probability": "Deal probability",
    ]
  )

  private static let linkedInAds = ExportFixture(
    name: "LinkedIn Ads performance report",
    text: """
      Campaign Performance Report (in UTC)
      "Report Start: May 1, 2026, 12:00 AM"
      "Report End: May 31, 2026, 11:59 PM"
      "Date Generated: June 1, 2026, 8:00 AM"

      Start Date (in UTC)\tCampaign Name\tCurrency\tTotal Spent\tImpressions\tClicks
      5/1/2026\tDecision makers\tUSD\t1,500.00\t900\t12
      5/2/2026\tDecision makers\tUSD\t80.10\t800\t9

      """,
    kind: .spend,
    fields: [
      "channel": "=LinkedIn", "campaign": "Campaign Name", "from": "Start Date (in UTC)",
      "to": "Start Date (in UTC)", "amount": "Total Spent", "currency": "Currency",
      "impressions": "Impressions", "clicks": "Clicks",
    ]
  )

  private static let metaAds = ExportFixture(
    name: "Meta Ads campaigns",
    text: """
      \u{FEFF}Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions,Link clicks,Reach
      2026-05-01,2026-05-31,Spring,310.20,1000,40,900
      2026-05-01,2026-05-31,Retargeting,99.99,500,22,450

      """,
    kind: .spend,
    fields: [
      "channel": "=Meta", "campaign": "Campaign name", "from": "Reporting starts",
      "to": "Reporting ends", "amount": "Amount spent (EUR)", "impressions": "Impressions",
      "clicks": "Link clicks",
    ]
  )

  private static let microsoftAds = ExportFixture(
    name: "Microsoft Ads report",
    text: """
      Gregorian date,Account name,Campaign name,Impressions,Clicks,Spend,Currency code
      5/13/2026,Acme,Brand,100,10,20.50,USD
      5/14/2026,Acme,Brand,110,11,21.50,USD

      """,
    kind: .spend,
    fields: [
      "account": "Account name", "channel": "=Microsoft Ads", "campaign": "Campaign name",
      "from": "Gregorian date", "to": "Gregorian date", "amount": "Spend",
      "currency": "Currency code", "impressions": "Impressions", "clicks": "Clicks",
    ]
  )

  private static let pipedriveDeals = ExportFixture(
    name: "Pipedrive deals",
    text: """
      Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Stage,Deal - Status,Deal - Deal created,Deal - Won time,Deal - Lost time,Deal - Lost reason,Deal - Probability,Person - Email
      1,Alpha,Ann,100,EUR,Offer,Won,2026-01-02 10:00:00,2026-02-02 10:00:00,,,,a@example.com
      2,Beta,Bob,200,EUR,Offer,Lost,2026-01-03 10:00:00,,2026-02-05 10:00:00,Price,,b@example.com
      3,Gamma,Bob,300,EUR,Demo,Open,2026-01-04 10:00:00,,,,40,c@example.com

      """,
    kind: .deal,
    fields: [
      "id": "Deal - ID", "lead": "Person - Email", "created": "Deal - Deal created",
      "closed": "Deal - Won time|Deal - Lost time", "stage": "Deal - Stage",
      "outcome": "Deal - Status", "amount": "Deal - Value", "currency": "Deal - Currency of Value",
      "owner": "Deal - Owner", "reason": "Deal - Lost reason",
      "probability": "Deal - Probability",
    ]
  )

  private static let salesforceLeads = ExportFixture(
    name: "Salesforce leads",
    text: """
      Id,LeadSource,Status,OwnerId,CreatedDate,IsConverted,ConvertedDate,Email
      00Q1,Web,Open - Not Contacted,005A,2026-01-02T10:00:00.000Z,true,2026-01-20,a@example.com
      00Q2,Partner,Working,005B,2026-01-03T10:00:00.000Z,false,,b@example.com

      """,
    kind: .lead,
    fields: [
      "id": "Id", "created": "CreatedDate", "channel": "LeadSource", "owner": "OwnerId",
      "status": "Status",
    ]
  )

  private static let salesforceOpportunities = ExportFixture(
    name: "Salesforce opportunities",
    text: """
      "Opportunity Owner","Account Name","Opportunity Name","Stage","Amount Currency","Amount","Close Date","Created Date","Lead Source","Probability (%)"
      "Ann","Acme","Acme - licences","Closed Won","EUR","14.629,46","27.03.2026","02.01.2026","Web","100%"
      "Bob","Beta","Beta - licences","Negotiation/Review","EUR","1.200,00","30.06.2026","03.01.2026","Partner","75%"

      "Grand Totals (2 records)"
      "Confidential Information - Do Not Distribute"

      """,
    kind: .deal,
    fields: [
      "id": "Opportunity Name", "created": "Created Date", "closed": "Close Date", "stage": "Stage",
      "outcome": "Stage", "amount": "Amount", "currency": "Amount Currency",
      "owner": "Opportunity Owner", "channel": "Lead Source", "lead": "Opportunity Name",
      "probability": "Probability (%)",
    ]
  )

  private static let zohoLeads = ExportFixture(
    name: "Zoho CRM leads",
    text: """
      Record Id,Lead Owner,Lead Source,Lead Status,Created Time,Converted
      zcrm_1,Ann,Trade Show,Contacted,2026-01-02 10:00:00,Yes
      zcrm_2,Bob,Partner,Junk Lead,2026-01-03 10:00:00,No

      """,
    kind: .lead,
    fields: [
      "id": "Record Id", "created": "Created Time", "channel": "Lead Source", "owner": "Lead Owner",
      "status": "Lead Status",
    ]
  )

  private static let zohoPotentials = ExportFixture(
    name: "Zoho CRM potentials",
    text: """
      Record Id,Potential Name,Potential Owner,Stage,Amount,Closing Date,Created Time,Probability,LEADID
      p1,One,Ann,Closed Won,€ 100.50,2026-02-01,2026-01-02 10:00:00,100,zcrm_1
      p2,Two,Bob,Needs Analysis,€ 200.25,2026-03-01,2026-01-03 10:00:00,20,zcrm_2

      """,
    kind: .deal,
    fields: [
      "id": "Record Id", "lead": "LEADID", "created": "Created Time", "closed": "Closing Date",
      "stage": "Stage", "outcome": "Stage", "amount": "Amount", "currency": "=EUR",
      "owner": "Potential Owner", "probability": "Probability",
    ]
  )
}
