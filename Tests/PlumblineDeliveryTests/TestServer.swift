import Foundation
import PlumblineTestSupport
import Testing

/// A server in another process, for the time of one test.
final class TestServer {
  /// The servers that there are.
  enum Kind: String { case webhook, mail }

  let port: Int
  private let process: Process
  private let folder: URL

  /// Starts a server.
  ///
  /// - Parameters:
  ///   - kind: Which.
  ///   - arguments: How it behaves.
  /// - Throws: When it does not start within ten seconds.
  init(_ kind: Kind, _ arguments: [String]) throws {
    folder = try Self.newFolder()
    process = Process()
    let python = try #require(kind == .mail ? Python.withMail : Python.any)
    process.executableURL = python
    let script = Repository.root
      .appending(path: "Tests/PlumblineDeliveryTests/Servers/\(kind.rawValue).py")
    process.arguments = [script.path, folder.path] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let place = folder.appending(path: "port")
    var port: Int?
    for _ in 0..<1000 where port == nil && process.isRunning {
      Thread.sleep(forTimeInterval: 0.01)
      port = (try? String(contentsOf: place, encoding: .utf8)).flatMap { Int($0) }
    }
    self.port = try #require(port, "the test server did not start")
  }

  deinit {
    // A child may start with SIGTERM blocked, so only this is sure to end it.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// What it took so far.
  func received() throws -> [[String: Any]] {
    let file = folder.appending(path: "received")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return try text.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      )
    }
  }

  /// A new folder for a test.
  static func newFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "plumbline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}

/// The Python that runs the servers; tests that need it are skipped where there is none.
enum Python {
  /// Any Python 3.
  static let any = first { _ in true }
  /// One with aiosmtpd.
  static let withMail = first { runs($0, ["-c", "import aiosmtpd"]) }

  static let absence: Comment = "python3 is not installed"
  static let mailAbsence: Comment =
    "aiosmtpd is not installed: apt-get install python3-aiosmtpd, or pip install aiosmtpd"

  private static func first(where isFit: (URL) -> Bool) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders = path.split(separator: ":").map(String.init) + ["/usr/bin"]
    return folders.map { URL(filePath: $0).appending(path: "python3") }.first {
      FileManager.default.isExecutableFile(atPath: $0.path) && runs($0, ["-c", ""]) && isFit($0)
    }
  }

  static func runs(_ program: URL, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

/// A certificate of this machine's own, made for the run of the tests.
enum TestCertificate {
  /// The certificate and its key; nil where `openssl` is not installed.
  static let files: (certificate: String, key: String)? = {
    let openssl = URL(filePath: "/usr/bin/openssl")
    guard let folder = try? TestServer.newFolder() else { return nil }
    let (certificate, key) = (
      folder.appending(path: "certificate.pem").path, folder.appending(path: "key.pem").path
    )
    let made = Python.runs(
      openssl,
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out",
        certificate,
      ]
    )
    return made ? (certificate, key) : nil
  }()

  static let absence: Comment = "openssl is not installed"
}
