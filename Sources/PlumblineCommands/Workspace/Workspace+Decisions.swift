import Foundation
import PlumblineCore
import PlumblineStorage

extension Workspace {
  /// What people decided in the web app about leads that get a second chance; nothing where nobody
  /// has ever signed in.
  ///
  /// - Throws: `InputError` when the accounts cannot be read.
  func reboundDecisions() throws -> [ReboundDecision] {
    guard FileManager.default.fileExists(atPath: accountsPath) else { return [] }
    return try SQLiteAccountStore(path: accountsPath).decisions()
  }

  /// A text that changes whenever somebody decides on a second chance or answers the pulse.
  ///
  /// - Throws: `InputError` when the accounts cannot be read.
  func decided() throws -> String {
    guard FileManager.default.fileExists(atPath: accountsPath) else { return "-" }
    let accounts = try SQLiteAccountStore(path: accountsPath)
    // Both are only ever added to.
    let newest = try accounts.decisions().map(\.id).max() ?? 0
    return "\(newest).\(try accounts.pulseAnswers().count)"
  }
}
