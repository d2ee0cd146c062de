import Foundation
import PlumblineCore
import PlumblineDelivery
import PlumblineYAML

/// What `serve.yaml` says: how browsers reach the server, and where people sign in.
struct ServeSettings: Hashable, Sendable {
  /// The address that people type, without a slash at its end; nil when nobody says.
  var baseURL: String?
  /// The provider that people sign in at; passwords alone when nil.
  var openID: OpenIDSettings?

  private static let keys = ["serve", "base_url", "openid"]
  private static let providerKeys = [
    "issuer", "client_id", "client_secret", "groups_claim", "scopes", "groups",
  ]

  /// The settings in a file's bytes, and everything to say about them.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - file: The file's path as the user gave it, for messages.
  /// - Returns: The settings, nil exactly when one of the diagnostics is an error; and all
  ///   diagnostics in the order of the file. No diagnostic repeats a text that may be a secret.
  static func read(
    _ bytes: some Collection<UInt8>,
    file: String
  ) -> (settings: ServeSettings?, diagnostics: [Diagnostic]) {
    let findings = YAMLFindings(file: file, codePrefix: "serve")
    guard let root = YAMLReader.read(bytes, findings: findings),
      let fields = YAMLValue(root, name: "the file", findings: findings).fields(keys)
    else { return (nil, findings.diagnostics) }
    _ = fields.required("serve")?.integer(in: 1...1)
    var settings = ServeSettings()
    settings.baseURL = fields["base_url"].flatMap(address).map {
      $0.hasSuffix("/") ? String($0.dropLast()) : $0
    }
    if let provider = fields["openid"] {
      settings.openID = openID(provider)
      if fields["base_url"] == nil {
        provider.report(
          "no-base-url",
          "the provider must know where to send people back to.",
          remedy:
            "Add base_url with the address that people type, such as https://funnel.example.com."
        )
      }
    }
    return (findings.hasErrors ? nil : settings, findings.diagnostics)
  }

  private static func openID(_ value: YAMLValue) -> OpenIDSettings? {
    guard let fields = value.fields(providerKeys) else { return nil }
    let issuer = fields.required("issuer").flatMap(address)
    let client = fields.required("client_id")?.filledText()?.value
    let secret = fields["client_secret"].flatMap(secret)
    let claim = fields["groups_claim"].flatMap { $0.filledText()?.value }
    let scopes = fields["scopes"]?.oneOrMore()?.compactMap(scope) ?? []
    let groups = fields.required("groups").flatMap(groups)
    guard let issuer, let client, let groups else { return nil }
    return OpenIDSettings(
      issuer: issuer,
      clientID: client,
      clientSecret: secret,
      groupsClaim: claim ?? "groups",
      scopes: scopes,
      groups: groups
    )
  }

  private static func groups(_ value: YAMLValue) -> [AccountRole: [String]]? {
    let roles = AccountRole.allCases.map(\.rawValue)
    guard let fields = value.fields(roles) else { return nil }
    var groups: [AccountRole: [String]] = [:]
    for role in AccountRole.allCases {
      guard let names = fields[role.rawValue]?.oneOrMore() else { continue }
      groups[role] = names.compactMap { $0.filledText()?.value }
    }
    if groups.values.allSatisfy(\.isEmpty), !value.findings.hasErrors {
      value.report("no-group", "no group may sign in.", remedy: "Name a group for a role.")
    }
    return groups
  }

  /// An address of `https`, or of `http` on this machine, without a query.
  private static func address(_ value: YAMLValue) -> String? {
    guard let text = value.filledText()?.value else { return nil }
    guard WebAddress.isUsable(text), !text.contains(where: { "?#".contains($0) }) else {
      value.report(
        "address",
        "\(value.name) must be an address that begins with https://, without a query.",
        remedy: "Write https://…; http:// is for this machine alone."
      )
      return nil
    }
    return text
  }

  private static func scope(_ value: YAMLValue) -> String? {
    guard let text = value.filledText()?.value else { return nil }
    // RFC 6749, section 3.3.
    let isScope = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    if !isScope { value.report("scope", "\(value.name) holds a blank or a quote.") }
    return isScope ? text : nil
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
}

/// Addresses that may be spoken to.
enum WebAddress {
  /// Whether an address is protected, or on this machine.
  static func isUsable(_ text: String) -> Bool {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let parts = URL(string: text),
      let host = parts.host(), !host.isEmpty, parts.user() == nil
    else { return false }
    switch parts.scheme?.lowercased() {
    case "https": return true
    case "http": return ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host.lowercased())
    default: return false
    }
  }
}
