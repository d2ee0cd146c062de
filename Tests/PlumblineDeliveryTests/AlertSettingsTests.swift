import Foundation
import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineDelivery

struct AlertSettingsTests {
  /// A text, the code of its fault, and the line of it.
  private static let faults: [(String, String, Int?)] = [
    ("", "yaml.empty", nil),
    ("[]", "alerts.wrong-type", 1),
    ("alerts: 2\ndestinations: {a: {kind: terminal}}", "alerts.out-of-range", 1),
    ("destinations: {a: {kind: terminal}}", "alerts.missing-key", 1),
    ("alerts: 1", "alerts.missing-key", 1),
    ("alerts: 1\ndestinations: {}", "alerts.no-destination", 2),
    ("alerts: 1\ndestinations:\n  a: {}", "alerts.missing-key", 3),
    ("alerts: 1\ndestinations:\n  a: {kind: pigeon}", "alerts.wrong-type", 3),
    ("alerts: 1\ndestinations:\n  a: {kind: terminal, url: env:X}", "alerts.unknown-key", 3),
    ("alerts: 1\ndestinations:\n  a: {kind: terminal, steps: []}", "alerts.no-value", 3),
    ("alerts: 1\ndestinations:\n  a: {kind: terminal, steps: late}", "alerts.wrong-type", 3),
    ("alerts: 1\ndestinations:\n  \"\": {kind: terminal}", "alerts.destination-name", 3),
    ("alerts: 1\ndestinations:\n  a: {kind: webhook}", "alerts.missing-key", 3),
    (
      "alerts: 1\ndestinations:\n  a: {kind: webhook, url: https://hooks.example.com/T0PSECRET}",
      "alerts.secret-in-file", 3
    ),
    (
      "alerts: 1\ndestinations:\n  a: {kind: webhook, url: env:NOT-A-NAME}",
      "alerts.secret-in-file", 3
    ),
    (
      "alerts: 1\ndestinations:\n  a: {kind: mail, server: s, from: a@b.c}",
      "alerts.no-recipient", 3
    ),
    (
      "alerts: 1\ndestinations:\n  a: {kind: mail, server: s, from: \"a\\r\\nBcc: x@y.z\", to: a@b.c}",
      "alerts.mail-address", 3
    ),
    (
      "alerts: 1\ndestinations:\n  a: {kind: mail, server: \"smtp://s:25\", from: a@b.c, to: a@b.c}",
      "alerts.server-name", 3
    ),
    (
      "alerts: 1\ndestinations:\n  a: {kind: mail, server: s, from: a@b.c, to: a@b.c, user: u}",
      "alerts.missing-key", 3
    ),
    (
      "alerts: 1\ndestinations:\n  a: {kind: mail, server: s, tls: none, from: a@b.c, to: a@b.c, user: u, password: T0PSECRET}",
      "alerts.secret-in-file", 3
    ),
    (
      "alerts: 1\ndestinations:\n  a: {kind: mail, server: s, tls: none, from: a@b.c, to: a@b.c, user: u, password: env:P}",
      "alerts.password-unprotected", 3
    ),
  ]

  private func read(_ text: String) -> (settings: AlertSettings?, diagnostics: [Diagnostic]) {
    AlertSettingsReader.read(Array(text.utf8), file: "alerts.yaml")
  }

  private let whole = """
    alerts: 1
    only_working_time: true
    most_days_late: 3
    destinations:
      screen: {kind: terminal}
      lines: {kind: json, file: out/alerts.jsonl, steps: breached}
      out: {kind: json, file: "-"}
      chat:
        kind: webhook
        url: env:CHAT_URL
        steps: [breached, escalated]
        promises: [first_touch]
        owners: [Ann Lee, Bo]
        ca_file: ca.pem
        timeout_seconds: 5
      mail:
        kind: mail
        server: smtp.example.com
        user: plumbline
        password: file:/run/secrets/smtp
        from: Plumbline <plumbline@example.com>
        to: head@example.com
        owner_addresses: {Ann Lee: ann@example.com}

    """

  @Test func `reads every key`() throws {
    let (settings, diagnostics) = read(whole)
    #expect(diagnostics.isEmpty)
    let found = try #require(settings)
    #expect(found.waitsForWorkingTime)
    #expect(found.mostDaysLate == 3)
    #expect(found.destinations.map(\.name) == ["screen", "lines", "out", "chat", "mail"])
    #expect(found.destinations[0].way == .terminal)
    #expect(found.destinations[0].steps == Set(SLAStep.Step.allCases))
    #expect(found.destinations[1].way == .json(path: "out/alerts.jsonl"))
    #expect(found.destinations[1].steps == [.breached])
    #expect(found.destinations[2].way == .json(path: nil))
    #expect(
      found.destinations[3]
        == AlertDestination(
          name: "chat",
          way: .webhook(
            WebhookSettings(
              url: .environment("CHAT_URL"),
              caFile: "ca.pem",
              timeoutInSeconds: 5
            )
          ),
          steps: [.breached, .escalated],
          promises: [.firstTouch],
          owners: ["Ann Lee", "Bo"]
        )
    )
    #expect(
      found.destinations[4].way
        == .mail(
          MailSettings(
            host: "smtp.example.com",
            port: 587,
            protection: .starttls,
            account: MailSettings.Account(
              user: "plumbline",
              password: .file("/run/secrets/smtp")
            ),
            from: try MailAddress("plumbline@example.com", name: "Plumbline"),
            to: [try MailAddress("head@example.com")],
            ownerAddresses: ["Ann Lee": try MailAddress("ann@example.com")]
          )
        )
    )
  }

  @Test(arguments: faults)
  func `says what is wrong and where, and repeats no secret`(
    text: String,
    code: String,
    line: Int?
  ) throws {
    let (settings, diagnostics) = read(text)
    #expect(settings == nil)
    let found = try #require(
      diagnostics.first { $0.code == code },
      "\(diagnostics.map(\.description))"
    )
    #expect(found.location?.line == line)
    #expect(!diagnostics.contains { $0.description.contains("T0PSECRET") })
  }

  @Test func `the file in the documentation is sound`() throws {
    let page = try String(
      contentsOf: Repository.root.appending(path: "Documentation/alerts.md"),
      encoding: .utf8
    )
    let block = try #require(
      page.components(separatedBy: "```yaml\n").last?.components(separatedBy: "```").first
    )
    let (settings, diagnostics) = read(block)
    #expect(diagnostics.isEmpty)
    #expect(settings?.destinations.map(\.name) == ["sales-channel", "sales-leads", "log"])
    let own = AlertSettingsReader.ownKeys.values.flatMap { $0 }
    for key in AlertSettingsReader.keys + AlertSettingsReader.commonKeys + own {
      #expect(page.contains("`\(key)`"), "\(key) is not explained")
    }
  }

  @Test func `this machine may be spoken to without protection`() {
    let (settings, diagnostics) = read(
      "alerts: 1\ndestinations:\n  a: {kind: mail, server: localhost, tls: none, from: a@b.c, "
        + "to: a@b.c, user: u, password: env:P}"
    )
    #expect(settings != nil, "\(diagnostics)")
  }

  @Test func `a secret is shown to nobody`() throws {
    let secret = try SecretReference.environment("P")
      .secret(environment: ["P": "T0PSECRET"], folder: "/")
    #expect(secret.value == "T0PSECRET")
    #expect(!"\(secret) \(String(reflecting: secret))".contains("T0P"))
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(!dumped.contains("T0P"))
  }

  @Test(arguments: [nil, "", "\n", "two\nlines"])
  func `a missing, empty or longer secret is refused`(value: String?) {
    #expect(throws: InputError.self) {
      _ = try SecretReference.environment("P")
        .secret(environment: value.map { ["P": $0] } ?? [:], folder: "/")
    }
  }

  @Test func `a secret in a file loses its line break, and paths count from the folder`() throws {
    let folder = try TestServer.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try "right\n".write(
      to: folder.appending(path: "secret"),
      atomically: true,
      encoding: .utf8
    )
    let secret = try SecretReference.file("secret").secret(environment: [:], folder: folder.path)
    #expect(secret.value == "right")
    #expect(throws: InputError.self) {
      _ = try SecretReference.file("none").secret(environment: [:], folder: folder.path)
    }
  }

  @Test(
    arguments: [
      ("", nil), ("https://", nil), ("ftp://example.com/", nil), ("file:///etc/passwd", nil),
      ("http://example.com/", nil), ("http://localhost.example.com/", nil),
      ("http://127.0.0.1@example.com/", nil), ("https://example.com/a\r\nb", nil),
      ("http://127.0.0.1:80/", "http"), ("http://localhost/", "http"),
      ("HTTPS://hooks.example.com/a?b=c", "https"),
    ] as [(String, String?)]
  )
  func `a webhook is called by https, by http on this machine alone`(
    url: String,
    scheme: String?
  ) {
    #expect(WebhookCarrier.scheme(of: url) == scheme)
  }
}
