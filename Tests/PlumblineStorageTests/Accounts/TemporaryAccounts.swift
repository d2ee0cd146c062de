import Foundation
import GRDB
import PlumblineCore
import PlumblineStorage

/// Accounts in a folder that goes when the test ends.
struct TemporaryAccounts {
  static let start = Instant(seconds: 1_770_000_000)
  static let context = AuditEvent.Context(at: start, requestID: "r1", address: "192.0.2.1")

  let store: SQLiteAccountStore
  var path: String { store.path }

  static func with(_ body: (TemporaryAccounts) throws -> Void) throws {
    try TemporaryStore.with { temporary in
      let path = temporary.folder.appendingPathComponent("plumbline.accounts").path
      try body(TemporaryAccounts(store: try SQLiteAccountStore(path: path)))
    }
  }

  /// An account of a role, made by nobody in particular.
  @discardableResult
  func add(_ name: String, _ role: AccountRole = .sales) throws -> Account {
    try store.add(
      NewAccount(name: name, displayName: name, role: role, passwordHash: "hash of \(name)"),
      in: Self.context
    )
  }

  /// A session of an account whose hash is one byte again and again.
  func startSession(_ byte: UInt8, of account: Account, at time: Instant = start) throws {
    let session = Session(
      tokenHash: Array(repeating: byte, count: 32),
      account: account.id,
      createdAt: time,
      lastSeenAt: time,
      formSecret: [byte]
    )
    _ = try store.start(session, in: AuditEvent.Context(at: time, account: account.id))
  }

  func holds(_ byte: UInt8, at time: Instant = start) throws -> Bool {
    try store.session(Array(repeating: byte, count: 32), at: time) != nil
  }

  /// Changes the file behind the store's back.
  func tamper(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }
}

/// The codes of what a call throws.
func codes(_ body: () throws -> Void) throws -> [String] {
  do {
    try body()
    return []
  } catch let error as InputError {
    return error.diagnostics.map(\.code)
  }
}
