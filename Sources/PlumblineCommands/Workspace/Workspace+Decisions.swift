import Foundation
import PlumblineCore
import PlumblineStorage

extension Workspace {
  /// What people decided in the web app about leads that get a second chance; nothing where nobody
  /// has ever signed in.
  ///
  /// - Throws: `InputError` when the accounts cannot be read.
  func reboundDecisions() throws -> [ReboundDecision] {
    let path = path(of: "plumbline.accounts")
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try SQLiteAccountStore(path: path).decisions()
  }

  /// A text that changes whenever somebody is put on a list of second chances.
  public var reboundStamp: String {
    ReadingShelf.FileStamp(path: path(of: "plumbline.rebound")).map { "\($0.size).\($0.changed)" }
      ?? "-"
  }
}
