public import PlumblineCore
import PlumblineYAML

/// Reads `alerts.yaml`.
public enum AlertSettingsReader {
  static let keys = ["alerts", "only_working_time", "most_days_late", "destinations"]
  static let kinds = ["terminal", "json", "webhook", "mail"]
  static let commonKeys = ["kind", "steps", "promises", "owners"]
  static let ownKeys = [
    "terminal": [],
    "json": ["file"],
    "webhook": ["url", "ca_file", "timeout_seconds"],
    "mail": [
      "server", "port", "tls", "user", "password", "from", "to", "owner_addresses", "ca_file",
      "timeout_seconds",
    ],
  ]

  /// The settings in a file's bytes, and everything to say about them.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - file: The file's path as the user gave it, for messages.
  /// - Returns: The settings, nil exactly when one of the diagnostics is an error; and all
  ///   diagnostics in the order of the file. No diagnostic repeats a text that may be a secret.
  public static func read(
    _ bytes: some Collection<UInt8>,
    file: String
  ) -> (settings: AlertSettings?, diagnostics: [Diagnostic]) {
    let findings = YAMLFindings(file: file, codePrefix: "alerts")
    guard let root = YAMLReader.read(bytes, findings: findings),
      let fields = YAMLValue(root, name: "the file", findings: findings).fields(keys)
    else { return (nil, findings.diagnostics) }
    _ = fields.required("alerts")?.integer(in: 1...1)
    var settings = AlertSettings(destinations: [])
    if let flag = fields["only_working_time"]?.flag() { settings.waitsForWorkingTime = flag.value }
    if let days = fields["most_days_late"]?.integer(in: 1...3650) {
      settings.mostDaysLate = days.value
    }
    if let destinations = fields.required("destinations") {
      let pairs = destinations.pairs() ?? []
      if pairs.isEmpty, !findings.hasErrors {
        destinations.report("no-destination", "there is no destination.")
      }
      settings.destinations = pairs.compactMap { destination($0.key, $0.value) }
    }
    return (findings.hasErrors ? nil : settings, findings.diagnostics)
  }

  private static func destination(
    _ name: Positioned<String>,
    _ value: YAMLValue
  ) -> AlertDestination? {
    if name.value.isEmpty || name.value.utf8.count > 60 || name.value != name.value.shownInMessage {
      value.findings.report(
        code: "alerts.destination-name",
        "a destination's name must be 1 to 60 printable characters.",
        at: name.position
      )
    }
    guard let kind = kind(of: value),
      let fields = value.fields(commonKeys + (ownKeys[kind] ?? []))
    else { return nil }
    let steps = words(SLAStep.Step.self, fields["steps"])
    let promises = words(SLAStep.Promise.self, fields["promises"])
    let owners = fields["owners"]?.oneOrMore()?.compactMap { $0.filledText()?.value }
    guard let way = way(kind, fields) else { return nil }
    return AlertDestination(
      name: name.value,
      way: way,
      steps: steps ?? Set(SLAStep.Step.allCases),
      promises: promises ?? Set(SLAStep.Promise.allCases),
      owners: owners
    )
  }

  /// The kind of a destination, read before its keys, as it says which there may be.
  private static func kind(of value: YAMLValue) -> String? {
    guard case .mapping(let entries) = value.node.content,
      let entry = entries.first(where: { $0.key == "kind" })
    else {
      // With every key known only the missing kind is a fault.
      let all = commonKeys + ownKeys.values.joined().sorted()
      _ = value.fields(all)?.required("kind")
      return nil
    }
    return YAMLValue(entry.value, name: "\"kind\"", findings: value.findings)
      .word(among: kinds)?.value
  }

  private static func words<Word>(_ type: Word.Type, _ value: YAMLValue?) -> Set<Word>?
  where Word: RawRepresentable & CaseIterable & Sendable & Hashable, Word.RawValue == String {
    guard let value, let entries = value.oneOrMore() else { return nil }
    if entries.isEmpty {
      value.report("no-value", "\(value.name) must name at least one.")
    }
    return Set(entries.compactMap { $0.word(type)?.value })
  }

  private static func way(_ kind: String, _ fields: YAMLFields) -> AlertDestination.Way? {
    switch kind {
    case "terminal": .terminal
    case "json": json(fields)
    case "webhook": webhook(fields).map { .webhook($0) }
    default: mail(fields).map { .mail($0) }
    }
  }

  private static func json(_ fields: YAMLFields) -> AlertDestination.Way? {
    guard let value = fields["file"] else { return .json(path: nil) }
    return value.filledText().map { .json(path: $0.value == "-" ? nil : $0.value) }
  }

  private static func webhook(_ fields: YAMLFields) -> WebhookSettings? {
    let url = fields.required("url").flatMap(secret)
    let (caFile, timeout) = (fields["ca_file"]?.filledText()?.value, timeout(fields))
    return url.map { WebhookSettings(url: $0, caFile: caFile, timeoutInSeconds: timeout) }
  }

  private static func mail(_ fields: YAMLFields) -> MailSettings? {
    let host = fields.required("server").flatMap(host)
    let protection =
      fields["tls"].flatMap { $0.word(MailSettings.Protection.self)?.value } ?? .starttls
    let port = fields["port"]?.integer(in: 1...65_535)?.value
    let from = fields.required("from").flatMap(address)
    let to = fields["to"]?.oneOrMore()?.compactMap(address) ?? []
    var owners: [String: MailAddress] = [:]
    for (owner, value) in fields["owner_addresses"]?.pairs() ?? [] {
      if let address = address(value) { owners[owner.value] = address }
    }
    if fields["to"] == nil, fields["owner_addresses"] == nil {
      fields.findings.report(
        code: "alerts.no-recipient",
        "\(fields.name) names nobody who gets the mails.",
        at: fields.position,
        remedy: "Add \"to\", or \"owner_addresses\", or both."
      )
    }
    let account = account(fields, protection, host)
    let (caFile, timeout) = (fields["ca_file"]?.filledText()?.value, timeout(fields))
    guard let host, let from else { return nil }
    return MailSettings(
      host: host,
      port: port,
      protection: protection,
      account: account,
      from: from,
      to: to,
      ownerAddresses: owners,
      caFile: caFile,
      timeoutInSeconds: timeout
    )
  }

  private static func account(
    _ fields: YAMLFields,
    _ protection: MailSettings.Protection,
    _ host: String?
  ) -> MailSettings.Account? {
    guard fields["user"] != nil || fields["password"] != nil else { return nil }
    let user = fields.required("user")?.filledText()
    let password = fields.required("password").flatMap(secret)
    if protection == .none, let host, !MailSettings.isLoopback(host) {
      fields.findings.report(
        code: "alerts.password-unprotected",
        "the password would go to the server so that anybody on the way can read it.",
        at: fields.keyPosition("tls"),
        remedy: "Write tls: starttls or tls: tls, or remove user and password."
      )
    }
    guard let user, let password else { return nil }
    return MailSettings.Account(user: user.value, password: password)
  }

  private static func timeout(_ fields: YAMLFields) -> Int {
    fields["timeout_seconds"]?.integer(in: 1...120)?.value ?? 20
  }

  /// A reference to a secret; the message never repeats what stands there instead.
  private static func secret(_ value: YAMLValue) -> SecretReference? {
    guard let scalar = value.node.scalar, !scalar.isNull else {
      _ = value.text()
      return nil
    }
    guard let reference = SecretReference(scalar.text) else {
      value.report(
        "secret-in-file",
        "\(value.name) must say where the secret is, not hold it.",
        remedy: "Write env:NAME for an environment variable, or file:PATH. If a secret stood here, "
          + "change it: it may have been read."
      )
      return nil
    }
    return reference
  }

  private static func address(_ value: YAMLValue) -> MailAddress? {
    guard let text = value.text() else { return nil }
    do throws(InputError) {
      return try MailAddress(parsing: text.value)
    } catch {
      value.report(
        "mail-address",
        "\(value.name) is not a mail address that every server takes.",
        remedy: "Write name@example.com, or \"Name <name@example.com>\"."
      )
      return nil
    }
  }

  /// A host's name, an IPv4 address, or an IPv6 address in brackets.
  private static func host(_ value: YAMLValue) -> String? {
    guard let text = value.text()?.value else { return nil }
    let inner = text.hasPrefix("[") && text.hasSuffix("]") ? text.dropFirst().dropLast() : text[...]
    let extra = inner.count < text.count ? ":." : ".-"
    let isPlain = inner.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || extra.utf8.contains(byte)
    }
    guard !inner.isEmpty, inner.utf8.count <= 253, isPlain, !inner.hasPrefix("-") else {
      value.report(
        "server-name",
        "\(value.name) must be a server's name alone, without scheme, port or path.",
        remedy: "Write the name, such as smtp.example.com, and the port under \"port\"."
      )
      return nil
    }
    return text
  }
}
