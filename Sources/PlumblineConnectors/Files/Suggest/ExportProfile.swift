import PlumblineCore

/// An export of a product that is recognised by its column names.
///
/// Names are compared by their letters and digits, so that case, blanks and what stands in brackets
/// or behind ` - ` do not matter.
struct ExportProfile: Sendable {
  /// What the file is, such as `HubSpot contacts`.
  let name: String
  /// The name of the system.
  let source: String
  /// What a row is about.
  let kind: FactKind
  /// Columns that the file must have; each inner list holds the names that one of them may bear.
  let signature: [[String]]
  /// The columns of each field, in order of preference; fields not listed are guessed.
  let fields: [String: [String]]
  /// Fields with the same value in every row.
  var constants: [String: String] = [:]
  /// Fields whose later columns stand in where the first one is empty.
  var fallbacks: [String: [String]] = [:]
  /// The order of dates where the values leave it open.
  var dateOrder: Mapping.DateOrder?
  /// What a row that says "converted" became.
  var convertedStage = "won"

  /// The exports known, in the order of their names.
  static let all: [ExportProfile] = [
    .googleAds, .hubSpotContacts, .hubSpotDeals, .linkedInAds, .metaAds, .microsoftAds,
    .pipedriveDeals, .salesforceLeads, .salesforceOpportunities, .zohoLeads, .zohoPotentials,
  ]

  /// The export that a table is, nil when it is none of those known; of several that fit the one of
  /// which it has the most columns.
  static func matching(_ table: TableEvidence) -> ExportProfile? {
    all.filter { $0.fits(table) }.max { $0.knownCount(in: table) < $1.knownCount(in: table) }
  }

  /// Whether a table has all columns that the export must have.
  func fits(_ table: TableEvidence) -> Bool {
    signature.allSatisfy { table.column(named: $0) != nil }
  }

  private func knownCount(in table: TableEvidence) -> Int {
    (signature + Array(fields.values)).count { table.column(named: $0) != nil }
  }
}
