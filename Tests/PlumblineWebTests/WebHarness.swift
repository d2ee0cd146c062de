import ArgumentParser
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import PlumblineCommands
import PlumblineCore
import PlumblineStorage
import PlumblineTestSupport
import Synchronization
import Testing

@testable import PlumblineWeb

/// The web app in memory over a workspace of the test's own, with sessions that need no password:
/// the cookie `leadership` is that of somebody of leadership, and so on.
struct WebHarness: Sendable {
  /// The example company, made once for all tests of this process.
  static let demo: Workspace = {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-web-\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try CommandRunnerOfTests.run(["demo", folder.path])
    } catch {
      preconditionFailure("the example company cannot be made: \(error)")
    }
    return Workspace(folder.path)
  }()

  /// A copy of the example company that may be changed.
  ///
  /// Files that SQLite keeps beside an open store come and go while they are copied: then the copy
  /// is made again.
  static func copyOfDemo() throws -> Workspace {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-copy-\(UUID().uuidString)")
    for _ in 0..<20 {
      do {
        try FileManager.default.copyItem(at: demo.folder, to: folder)
        return Workspace(folder.path)
      } catch CocoaError.fileNoSuchFile, CocoaError.fileReadNoSuchFile {
        try? FileManager.default.removeItem(at: folder)
      }
    }
    try FileManager.default.copyItem(at: demo.folder, to: folder)
    return Workspace(folder.path)
  }

  var office: Office

  /// A web app.
  ///
  /// - Parameters:
  ///   - workspace: What it is over.
  ///   - accounts: The file of accounts; one of the test's own when nil.
  ///   - isGuarded: Whether people must sign in with accounts of the test's own.
  ///   - largestUpload: The largest upload in bytes; the usual one when nil.
  /// - Throws: What a template of ours that cannot be read throws.
  init(
    _ workspace: Workspace = WebHarness.demo,
    accounts: String? = nil,
    isGuarded: Bool = false,
    largestUpload: Int? = nil
  ) throws {
    var settings = WebSettings()
    // Whatever else lies on the machine of the tests.
    settings.uploads.leastFreeBytes = -settings.largestUpload * settings.uploads.mostUploads
    if let largestUpload { settings.largestUpload = largestUpload }
    let signIn = SignIn(
      accounts: try SQLiteAccountStore(path: accounts ?? Self.accountsPath()),
      passwords: PasswordWork(cost: PasswordHash.Cost(steps: 16, blockSize: 8, passes: 1))
    )
    office = Office(
      desk: Desk(workspace, seats: 2),
      doorkeeper: isGuarded ? AccountDoor(signIn: signIn) : OpenDoor(),
      signIn: signIn,
      openID: nil,
      settings: settings,
      templates: try Templates(),
      tally: RequestTally(),
      now: { Instant(seconds: 1_800_000_000) }
    )
  }

  /// A place for accounts of one test's own.
  static func accountsPath() -> String {
    FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-accounts-\(UUID().uuidString)").path
  }

  /// An answer as tests look at it.
  struct Answer: Sendable {
    var status: Int
    var headers: HTTPFields
    var text: String
  }

  /// Asks.
  ///
  /// - Parameters:
  ///   - path: The address.
  ///   - role: Whose session is sent; nobody's when nil.
  ///   - method: How.
  ///   - headers: Further fields.
  ///   - form: The body, as forms write it; the session's token is added.
  ///   - rawForm: The body, to which nothing is added.
  /// - Returns: The answer.
  /// - Throws: What the client throws.
  func ask(
    _ path: String,
    as role: String? = "leadership",
    method: HTTPRequest.Method = .get,
    headers: HTTPFields = [:],
    form: String? = nil,
    rawForm: String? = nil
  ) async throws -> Answer {
    let server = WebServer(
      office: office,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    let application = Application(router: server.router)
    var headers = headers
    if let role { headers[.cookie] = "\(Identification.cookie)=\(role)" }
    var body: ByteBuffer?
    if let form = form.map({ $0 + "&form_token=\(OpenDoor.formToken)" }) ?? rawForm {
      headers[.contentType] = "application/x-www-form-urlencoded"
      body = ByteBuffer(string: form)
    }
    let sent = (headers, body)
    return try await application.test(.router) { client in
      try await client.execute(uri: path, method: method, headers: sent.0, body: sent.1) {
        Answer(status: Int($0.status.code), headers: $0.headers, text: String(buffer: $0.body))
      }
    }
  }
}

/// Lets in whoever names a role.
struct OpenDoor: Doorkeeper {
  static let formToken = "token-of-the-test"

  /// A session is a role, and after a point whose leads they are in the CRM: `sales.rep-03`.
  func viewer(session: String, now: Instant) async throws -> Viewer? {
    let parts = session.split(separator: ".", maxSplits: 1).map(String.init)
    return parts.first.flatMap { AccountRole(rawValue: $0) }.map {
      Viewer(
        account: 1,
        name: "Test",
        role: $0,
        owner: parts.count == 2 ? parts[1] : nil,
        formToken: Self.formToken
      )
    }
  }

  /// A token is a role and scopes, such as `marketing:read,export`.
  func viewer(token: String, now: Instant) async throws -> Viewer? {
    let parts = token.split(separator: ":").map(String.init)
    guard parts.count == 2, let role = AccountRole(rawValue: parts[0]) else { return nil }
    let scopes = parts[1].split(separator: ",").compactMap { TokenScope(rawValue: String($0)) }
    return Viewer(account: 2, name: "Token", role: role, scopes: Set(scopes))
  }

  func hasAccounts() async throws -> Bool { true }
}

/// Runs commands of the library in this process.
enum CommandRunnerOfTests {
  static func run(_ arguments: [String]) throws {
    for command in CommandList.all where command._commandName == arguments.first {
      var parsed = try command.parseAsRoot(Array(arguments.dropFirst()))
      try parsed.run()
      return
    }
    throw InputError(code: "test", "no such command", remedy: "")
  }
}

extension WebHarness {
  /// Asks for one route alone.
  ///
  /// - Parameters:
  ///   - route: The route; its `:names` are filled with `x`.
  ///   - session: The session's cookie.
  ///   - token: The token.
  /// - Returns: The status.
  /// - Throws: What the client throws.
  func ask(_ route: Route, session: String?, token: String?) async throws -> Int {
    let server = WebServer(
      office: office,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    var headers: HTTPFields = [:]
    if let session { headers[.cookie] = "\(Identification.cookie)=\(session)" }
    if let token { headers[.authorization] = "Bearer \(token)" }
    var body: ByteBuffer?
    if route.method != .get {
      headers[.contentType] = "application/x-www-form-urlencoded"
      body = ByteBuffer(string: "form_token=\(OpenDoor.formToken)")
    }
    let path = route.path.split(separator: "/").map { $0.hasPrefix(":") ? "x" : $0 }
      .joined(separator: "/")
    let sent = (headers, body)
    let application = Application(router: server.router(of: [route]))
    return try await application.test(.router) { client in
      try await client.execute(
        uri: "/" + path,
        method: route.method,
        headers: sent.0,
        body: sent.1
      ) { Int($0.status.code) }
    }
  }
}
