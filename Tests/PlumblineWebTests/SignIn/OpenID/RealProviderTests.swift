import Foundation
import PlumblineCore
import PlumblineDelivery
import Testing

@testable import PlumblineWeb

/// The whole way with a provider that somebody else has written: `pip install oidc-provider-mock`.
@Suite(.enabled(if: MockProvider.python != nil, "oidc-provider-mock is not installed"))
struct RealProviderTests {
  @Test func `somebody signs in at a provider that we did not write`() async throws {
    try await TemporarySignIn.with { desk in
      let provider = try MockProvider()
      let asker = WebAsker()
      let signIn = OpenIDSignIn(
        OpenIDSettings(
          issuer: provider.issuer,
          clientID: "plumbline",
          groups: [.leadership: ["board"]]
        ),
        baseURL: "http://localhost:8080",
        secret: try #require(SecretReference("env:S"))
          .secret(environment: ["S": "s3cret: +/"], folder: "/"),
        signIn: desk.signIn
      ) { try await asker.ask($0) }
      // The provider's tokens are of this time.
      let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
      for (person, code) in [("eve", nil), ("mallory", "openid.group")] as [(String, String?)] {
        let departure = try await signIn.begin(at: now)
        let place = try provider.visit(departure.url, as: person)
        #expect(place.hasPrefix("http://localhost:8080/sign-in/openid/return?"))
        let items = try #require(URLComponents(string: place)?.queryItems)
        func item(_ name: String) -> String? { items.first { $0.name == name }?.value }
        let refused = try await thrownCodes {
          let entry = try await signIn.finish(
            OpenIDSignIn.Return(state: item("state"), code: item("code")),
            cookie: departure.cookie,
            from: .unknown,
            at: now
          )
          #expect(entry.account.name == "eve@example.com")
          #expect(entry.account.displayName == "Eve" && entry.account.role == .leadership)
        }
        #expect(refused == (code.map { [$0] } ?? []))
      }
    }
  }
}

/// The provider in another process, for the time of one test.
final class MockProvider {
  /// A Python that has it; nil where there is none.
  static let python: URL? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").map { URL(filePath: String($0)).appending(path: "python3") }
      .first { python in
        guard FileManager.default.isExecutableFile(atPath: python.path) else { return false }
        return (try? run(python, "import oidc_provider_mock")) != nil
      }
  }()

  private static let server = """
    import sys, oidc_provider_mock as mock
    eve = mock.User(sub="eve", claims={
        "email": "eve@example.com", "name": "Eve", "groups": ["all", "board"]})
    with mock.run_server_in_thread(port=0, user_claims=[eve]) as server:
        print(server.server_port, flush=True)
        sys.stdin.read()
    """
  private static let browser = """
    import sys, urllib.error, urllib.parse, urllib.request
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *rest): return None
    form = urllib.parse.urlencode({"sub": sys.argv[2]}).encode()
    try:
        urllib.request.build_opener(Stay).open(sys.argv[1], form)
    except urllib.error.HTTPError as answer:
        print(answer.headers["Location"])
    """

  let issuer: String
  private let process = Process()
  private let input = Pipe()

  init() throws {
    let output = Pipe()
    let python: URL = try #require(Self.python)
    process.executableURL = python
    process.arguments = ["-W", "ignore", "-c", Self.server]
    (process.standardInput, process.standardOutput) = (input, output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
    issuer = "http://localhost:\(port)"
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Signs somebody in at the provider, as a browser does.
  ///
  /// - Returns: Where the provider sends the browser.
  func visit(_ url: String, as person: String) throws -> String {
    try Self.run(try #require(Self.python), Self.browser, url, person)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @discardableResult
  private static func run(_ python: URL, _ script: String, _ arguments: String...) throws -> String
  {
    let (process, output) = (Process(), Pipe())
    process.executableURL = python
    process.arguments = ["-W", "ignore", "-c", script] + arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileReadUnknown) }
    return text
  }
}
