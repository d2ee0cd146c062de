import Foundation
import PlumblineAgreement
import PlumblineCore
import PlumblineStorage

extension Workspace {
  /// Writes an agreement to begin with, fitted to what was imported before it.
  ///
  /// - Parameters:
  ///   - company: The company's name; may be empty.
  ///   - currency: Three letters.
  ///   - timeZone: A name of the time zone database.
  /// - Throws: `InputError` when there is an agreement already, when the currency or time zone is
  ///   none, or when the folder cannot be written to; nothing is written then.
  public func writeStarter(company: String, currency: String, timeZone: String) throws {
    if FileManager.default.fileExists(atPath: agreementPath) {
      throw InputError(
        code: "workspace.exists",
        "\(agreementPath) exists already.",
        remedy: "Edit it, or make the workspace in another folder."
      )
    }
    let text = AgreementWriter.starter(
      company: company,
      currency: currency.uppercased(),
      timeZone: timeZone,
      observed: try observed()
    )
    let reading = AgreementReader.read(text: text, file: "agreement.yaml")
    guard reading.agreement != nil else { throw InputError(reading.diagnostics) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      // Whoever made one in the meantime keeps it.
      try Data(text.utf8).write(
        to: URL(fileURLWithPath: agreementPath),
        options: .withoutOverwriting
      )
    } catch {
      throw InputError(
        code: "workspace.not-writable",
        "\(name) cannot be made or written to.",
        remedy: "Choose a folder that you may write to."
      )
    }
    _ = try SQLiteFactStore(path: storePath)
  }

  /// Whether there is an agreement yet.
  public var hasAgreement: Bool { FileManager.default.fileExists(atPath: agreementPath) }

  /// What was imported before the agreement was written.
  private func observed() throws -> AgreementWriter.Observed {
    guard FileManager.default.fileExists(atPath: storePath) else {
      return AgreementWriter.Observed()
    }
    return try AgreementWriter.Observed(reading: SQLiteFactStore(path: storePath))
  }
}
