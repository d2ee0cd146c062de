import Foundation
import PlumblineAgreement
import PlumblineConnectors
import PlumblineCore
import PlumblineTestSupport

/// A public data set beside the repository, with the mapping and the agreement that fit it.
///
/// The data are not part of the repository; tests that need them are skipped where they are absent.
struct RealDataSet: Sendable, CustomStringConvertible {
  /// The folder's name, the same beside the repository and under `Examples/mappings`.
  let name: String
  /// The files that the mapping reads, in the order of a command line.
  let files: [String]

  var description: String { name }

  static let dailyAdSpend = RealDataSet(name: "daily_ad_spend", files: ["Marketing_iso.csv"])
  static let googleAds = RealDataSet(name: "google_ads_export", files: ["Campaign report.csv"])
  static let homeLoan = RealDataSet(
    name: "home_loan_stages",
    files: ["Lead_Master.csv", "Stage_Tracking.csv"]
  )
  static let hubspotLike = RealDataSet(
    name: "hubspot_like_export",
    files: ["hubspot_contacts.csv", "hubspot_deals.csv", "hubspot_activities.csv"]
  )
  static let leadforge = RealDataSet(
    name: "leadforge_dev",
    files: [
      "accounts.csv", "leads.csv", "opportunities.csv", "customers.csv", "sessions.csv",
      "sales_activities.csv.gz", "touches.csv.gz",
    ]
  )
  static let maven = RealDataSet(
    name: "maven_crm",
    files: ["sales_pipeline.csv", "sales_teams.csv"]
  )
  static let messySpend = RealDataSet(name: "messy_channel_spend", files: ["Marketing.csv"])
  static let xEducation = RealDataSet(name: "x_education", files: ["Leads.csv.gz"])
  static let zoho = RealDataSet(
    name: "zoho_crm",
    files: ["Leads.csv", "Potentials.csv", "Calls.csv", "Campaigns.csv", "Users.csv"]
  )

  static let all = [
    dailyAdSpend, googleAds, homeLoan, hubspotLike, leadforge, maven, messySpend, xEducation, zoho,
  ]

  /// Where the data sets are, if they are.
  private static let shelf = Repository.root.deletingLastPathComponent().appending(
    path: "shared/data"
  )

  /// Whether every data set is there.
  static let areAvailable = all.allSatisfy { set in
    set.files.allSatisfy { FileManager.default.fileExists(atPath: set.path($0)) }
  }
  static let absenceNote = "the public data sets are not beside the repository"

  var folder: URL { Self.shelf.appending(path: name) }

  func path(_ file: String) -> String { folder.appending(path: file).path(percentEncoded: false) }

  private func example(_ file: String) throws -> [UInt8] {
    Array(
      try Data(contentsOf: Repository.root.appending(path: "Examples/mappings/\(name)/\(file)"))
    )
  }

  func mapping() throws -> Mapping {
    let reading = MappingReader.read(try example("mapping.yaml"), file: "mapping.yaml")
    guard let mapping = reading.mapping, reading.diagnostics.isEmpty else {
      throw InputError(reading.diagnostics)
    }
    return mapping
  }

  func agreement() throws -> Agreement {
    let reading = AgreementReader.read(try example("agreement.yaml"), file: "agreement.yaml")
    guard let agreement = reading.agreement, reading.diagnostics.isEmpty else {
      throw InputError(reading.diagnostics)
    }
    return agreement
  }

  /// Reads the files by the mapping; `others` instead of the set's own, if given.
  func read(_ others: [String]? = nil) throws -> FileImport.Outcome {
    try FileImport(try mapping()).read((others ?? files).map(path))
  }

  /// The record under which a ledger takes an outcome, long after everything in the data.
  func record(_ outcome: FileImport.Outcome) throws -> ImportRecord {
    ImportRecord(
      source: try mapping().source,
      seenAt: 1_800_000_000,
      mappingHash: "",
      files: outcome.importedFiles
    )
  }

  /// A ledger with the files imported once.
  func ledger(_ others: [String]? = nil) throws -> Ledger {
    let outcome = try read(others)
    var ledger = Ledger()
    _ = ledger.addNews(of: outcome.batch, try record(outcome))
    return ledger
  }

  /// What the imported files mean under the agreement.
  func history() throws -> CompanyHistory { CompanyHistory(try ledger(), under: try agreement()) }
}
