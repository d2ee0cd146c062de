import Foundation
import GRDB
public import PlumblineCore

extension SQLiteAccountStore {
  /// The longest name and display name, in characters.
  public static let longestName = 200

  /// All accounts, by name.
  ///
  /// - Throws: `InputError` when the file is damaged.
  public func accounts() throws -> [Account] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM account ORDER BY name_key")
        .map(Self.account)
    }
  }

  /// Whether there is any account.
  ///
  /// - Throws: `InputError` when the file is damaged.
  public func hasAccounts() throws -> Bool { try read(Self.hasAccounts) }

  /// An account by its number; nil when there is none.
  ///
  /// - Throws: `InputError` when the file is damaged.
  public func account(_ id: Int64) throws -> Account? {
    try read { try Self.account($0, id) }
  }

  /// The account of a typed name with the hash of its password; nil when there is none.
  ///
  /// - Parameter name: The name; case and blanks around it do not matter.
  /// - Returns: The account, and the hash if it has a password.
  /// - Throws: `InputError` when the file is damaged.
  public func account(named name: String) throws -> (account: Account, passwordHash: String?)? {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: "SELECT * FROM account WHERE name_key = ?",
        arguments: [Self.key(ofName: name)]
      )
      return try row.map { (try Self.account($0), try $0.optionalText("password_hash")) }
    }
  }

  /// The account of somebody at a provider of OpenID Connect; nil when there is none.
  ///
  /// - Throws: `InputError` when the file is damaged.
  public func account(of identity: Account.Identity) throws -> Account? {
    try read { database in
      try Row.fetchOne(
        database,
        sql: "SELECT * FROM account WHERE issuer = ? AND subject = ?",
        arguments: [identity.issuer, identity.subject]
      ).map(Self.account)
    }
  }

  /// Makes an account.
  ///
  /// - Parameters:
  ///   - new: The account.
  ///   - context: Who makes it, when and from where.
  /// - Returns: The account.
  /// - Throws: `InputError` with code `accounts.name` or `accounts.name-taken`, or when the file
  ///   cannot be written.
  public func add(_ new: NewAccount, in context: AuditEvent.Context) throws -> Account {
    try write { try Self.add($0, new, in: context) }
  }

  /// Gives an account another display name, another owner of leads and another role, all or none
  /// of them; with the role its sessions end.
  ///
  /// - Parameters:
  ///   - id: The account's number.
  ///   - displayName: How pages address them.
  ///   - owner: The owner of leads that they are in the CRM, if they are one.
  ///   - role: What they may see and change from now on; as it is when nil.
  ///   - context: Who changes it, when and from where.
  /// - Throws: `InputError` with code `accounts.unknown` or `accounts.name`, or
  ///   `accounts.last-admin` when nobody else could look after the accounts, or when the file cannot
  ///   be written.
  public func change(
    _ id: Int64,
    displayName: String,
    owner: String?,
    role: AccountRole? = nil,
    in context: AuditEvent.Context
  ) throws {
    let displayName = try Self.checked(displayName)
    try write { database in
      try database.execute(
        sql: "UPDATE account SET display_name = ?, owner = ? WHERE id = ?",
        arguments: [displayName, Self.filled(owner), id]
      )
      try Self.requireChange(database)
      try Self.note(database, .accountChanged, String(id), in: context)
      if let role, try Self.account(database, id)?.role != role {
        try Self.setRole(database, role, of: id, in: context)
      }
    }
  }

  /// Gives an account another role, and ends its sessions: what was opened in one role must not be
  /// used in another.
  ///
  /// - Parameters:
  ///   - role: What they may see and change from now on.
  ///   - id: The account's number.
  ///   - context: Who changes it, when and from where.
  /// - Throws: `InputError` with code `accounts.unknown`, or `accounts.last-admin` when nobody else
  ///   could look after the accounts, or when the file cannot be written.
  public func setRole(_ role: AccountRole, of id: Int64, in context: AuditEvent.Context) throws {
    try write { try Self.setRole($0, role, of: id, in: context) }
  }

  /// Lets an account sign in no longer, and ends its sessions, or lets it in again.
  ///
  /// - Parameters:
  ///   - isDisabled: Whether it may no longer sign in.
  ///   - id: The account's number.
  ///   - context: Who changes it, when and from where.
  /// - Throws: `InputError` with code `accounts.unknown`, or `accounts.last-admin` when nobody else
  ///   could look after the accounts, or when the file cannot be written.
  public func setDisabled(
    _ isDisabled: Bool,
    _ id: Int64,
    in context: AuditEvent.Context
  ) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE account SET disabled = ? WHERE id = ?",
        arguments: [isDisabled, id]
      )
      try Self.requireChange(database)
      try Self.requireAdmin(database)
      if isDisabled { try Self.endSessions(database, of: id) }
      let act: AuditEvent.Act = isDisabled ? .accountDisabled : .accountEnabled
      try Self.note(database, act, String(id), in: context)
    }
  }

  /// Gives an account another password, ends its sessions and takes its tokens back: whoever knew
  /// the old one may have opened or made either.
  ///
  /// - Parameters:
  ///   - hash: The hash of the password with its parameters.
  ///   - id: The account's number.
  ///   - context: Who changes it, when and from where.
  /// - Throws: `InputError` with code `accounts.unknown`, or when the file cannot be written.
  public func setPassword(
    _ hash: String,
    of id: Int64,
    in context: AuditEvent.Context
  ) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE account SET password_hash = ? WHERE id = ?",
        arguments: [hash, id]
      )
      try Self.requireChange(database)
      try Self.endSessions(database, of: id)
      try Self.revokeTokens(database, of: id, in: context)
      try Self.note(database, .passwordChanged, String(id), in: context)
    }
  }

  /// Keeps the same password under newer parameters, if it is still the same.
  ///
  /// - Parameters:
  ///   - old: The hash that was checked.
  ///   - new: The hash of the same password with newer parameters.
  ///   - id: The account's number.
  /// - Throws: `InputError` when the file cannot be written.
  public func renewHash(from old: String, to new: String, of id: Int64) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE account SET password_hash = ? WHERE id = ? AND password_hash = ?",
        arguments: [new, id, old]
      )
    }
  }

  // MARK: Within a transaction

  static func hasAccounts(_ database: Database) throws -> Bool {
    try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM account)") ?? false
  }

  static func account(_ database: Database, _ id: Int64) throws -> Account? {
    try Row.fetchOne(database, sql: "SELECT * FROM account WHERE id = ?", arguments: [id])
      .map(account)
  }

  static func add(
    _ database: Database,
    _ new: NewAccount,
    in context: AuditEvent.Context
  ) throws -> Account {
    let name = try checked(new.name)
    let displayName = try checked(new.displayName)
    let isTaken = try Bool.fetchOne(
      database,
      sql: "SELECT EXISTS (SELECT 1 FROM account WHERE name_key = ?)",
      arguments: [key(ofName: name)]
    )
    if isTaken ?? false {
      throw InputError(
        code: "accounts.name-taken",
        "there is already an account of this name.",
        remedy: "Choose another name, or let the account that there is sign in again."
      )
    }
    try database.execute(
      sql: """
        INSERT INTO account
          (name, name_key, display_name, role, owner, issuer, subject, password_hash, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        name, key(ofName: name), displayName, new.role.rawValue, filled(new.owner),
        new.identity?.issuer, new.identity?.subject, new.passwordHash, context.at.seconds,
      ]
    )
    let id = database.lastInsertedRowID
    try note(database, .accountCreated, String(id), in: context)
    guard let account = try account(database, id) else { throw unknown }
    return account
  }

  static func setRole(
    _ database: Database,
    _ role: AccountRole,
    of id: Int64,
    in context: AuditEvent.Context
  ) throws {
    try database.execute(
      sql: "UPDATE account SET role = ? WHERE id = ?",
      arguments: [role.rawValue, id]
    )
    try requireChange(database)
    try requireAdmin(database)
    try endSessions(database, of: id)
    try note(database, .roleChanged, String(id), in: context)
  }

  static func requireChange(_ database: Database) throws {
    if database.changesCount == 0 { throw unknown }
  }

  private static func requireAdmin(_ database: Database) throws {
    let isThere = try Bool.fetchOne(
      database,
      sql: "SELECT EXISTS (SELECT 1 FROM account WHERE role = 'admin' AND NOT disabled)"
    )
    guard isThere ?? false else {
      throw InputError(
        code: "accounts.last-admin",
        "nobody else looks after the accounts.",
        remedy: "Make somebody else an admin first."
      )
    }
  }

  private static var unknown: InputError {
    InputError(
      code: "accounts.unknown",
      "there is no such account.",
      remedy: "Choose one from the list of accounts."
    )
  }

  static func account(_ row: Row) throws -> Account {
    let issuer = try row.optionalText("issuer")
    let subject = try row.optionalText("subject")
    let identity = issuer.flatMap { issuer in
      subject.map { Account.Identity(issuer: issuer, subject: $0) }
    }
    return Account(
      id: try row.integer("id"),
      name: try row.text("name"),
      displayName: try row.text("display_name"),
      role: try row.word("role", AccountRole.self),
      owner: try row.optionalText("owner"),
      identity: identity,
      hasPassword: try row.optionalText("password_hash") != nil,
      isDisabled: try row.integer("disabled") != 0,
      createdAt: try row.instant("created_at"),
      lastSignInAt: try row.optionalInstant("last_sign_in_at")
    )
  }

  // MARK: Names

  /// What two names have in common that are one: case, forms of letters, blanks around.
  public static func key(ofName name: String) -> String {
    name.precomposedStringWithCompatibilityMapping.lowercased()
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func checked(_ name: String) throws -> String {
    let name = name.precomposedStringWithCanonicalMapping
      .trimmingCharacters(in: .whitespacesAndNewlines)
    // No controls and no marks of direction or width, with which one name can look like another.
    let isShown = name.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
        false
      default: true
      }
    }
    guard !name.isEmpty, name.count <= longestName, name.utf8.count <= 4 * longestName, isShown
    else {
      throw InputError(
        code: "accounts.name",
        "a name must be 1 to \(longestName) printable characters.",
        remedy: "Write the name or mail address as people know it."
      )
    }
    return name
  }

  private static func filled(_ text: String?) -> String? {
    let text = text?.trimmingCharacters(in: .whitespacesAndNewlines)
    return text == "" ? nil : text
  }
}
