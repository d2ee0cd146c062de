import ArgumentParser
import Foundation
public import PlumblineAgreement
public import PlumblineCore
import PlumblineReporting

/// For which team something is signed.
enum TeamOption: String, ExpressibleByArgument, CaseIterable {
  case marketing, sales

  var team: Stage.Team {
    switch self {
    case .marketing: .marketing
    case .sales: .sales
    }
  }
}

extension Workspace {
  /// Where the versions of the agreement lie.
  public var agreements: AgreementFolder { AgreementFolder(folder) }

  /// The time now, which signatures and keys carry.
  static var now: Instant { Instant(seconds: Int64(Date().timeIntervalSince1970)) }
}

extension SignatureAudit {
  /// The faults among what was found.
  public var faults: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  /// The versions as JSON.
  ///
  /// - Throws: `EncodingError`; texts and whole numbers give no cause for it.
  func json() throws -> String {
    try VersionsJSON(
      records,
      agreementHash: agreement?.hash,
      faults: faults.count,
      calendar: agreement?.calendar ?? .utc
    ).text()
  }

  /// Writes the versions to standard output.
  ///
  /// - Throws: `EncodingError`; texts and whole numbers give no cause for it.
  func show(_ purpose: VersionsText.Purpose, _ format: ReportFormat) throws {
    switch format {
    case .json: print(try json(), terminator: "")
    case .table:
      print(
        VersionsText(
          records,
          agreementHash: agreement?.hash,
          for: purpose,
          calendar: agreement?.calendar ?? .utc,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }
}
