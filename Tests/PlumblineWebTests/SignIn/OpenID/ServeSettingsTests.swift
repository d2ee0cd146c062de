import PlumblineCore
import PlumblineDelivery
import Testing

@testable import PlumblineWeb

struct ServeSettingsTests {
  private static let provider = """
    openid:
      issuer: https://id.example.com/realm
      client_id: plumbline
    """

  @Test(
    arguments: [
      ("", "yaml.empty", nil),
      ("[]", "serve.wrong-type", 1),
      ("serve: 2", "serve.out-of-range", 1),
      ("base_url: https://a.example", "serve.missing-key", 1),
      ("serve: 1\nhost: a", "serve.unknown-key", 2),
      ("serve: 1\nbase_url: http://a.example", "serve.address", 2),
      ("serve: 1\nbase_url: https://user@a.example", "serve.address", 2),
      ("serve: 1\nbase_url: https://a.example/?x", "serve.address", 2),
      ("serve: 1\nbase_url: \"https://a.example/\\n\"", "serve.address", 2),
      ("serve: 1\n\(provider)\n  groups: {admin: it}", "serve.no-base-url", 3),
      ("serve: 1\nbase_url: https://a.example\n\(provider)", "serve.missing-key", 4),
      (
        "serve: 1\nbase_url: https://a.example\n\(provider)\n  groups: {king: it}",
        "serve.unknown-key", 6
      ),
      (
        "serve: 1\nbase_url: https://a.example\n\(provider)\n  groups: {admin: []}",
        "serve.no-group", 6
      ),
      (
        "serve: 1\nbase_url: https://a.example\n\(provider)\n  groups: {admin: it}\n"
          + "  client_secret: T0PSECRET",
        "serve.secret-in-file", 7
      ),
      (
        "serve: 1\nbase_url: https://a.example\n\(provider)\n  groups: {admin: it}\n"
          + "  scopes: [\"a b\"]",
        "serve.scope", 7
      ),
    ] as [(String, String, Int?)]
  )
  func `what is wrong is told with its place, and no secret`(
    text: String,
    code: String,
    line: Int?
  ) throws {
    let (settings, findings) = ServeSettings.read(Array(text.utf8), file: "serve.yaml")
    #expect(settings == nil)
    #expect(findings.map(\.code) == [code])
    #expect(findings.first?.location?.line == line)
    #expect(!findings.contains { $0.description.contains("T0PSECRET") })
  }

  @Test func `a file with everything is read as written`() throws {
    let text = """
      serve: 1
      base_url: https://funnel.example.com/
      openid:
        issuer: https://id.example.com/realm
        client_id: plumbline
        client_secret: env:SECRET
        groups_claim: roles
        scopes: [groups]
        groups:
          admin: it
          sales: [ae, sdr]
      """
    let (settings, findings) = ServeSettings.read(Array(text.utf8), file: "serve.yaml")
    #expect(findings.isEmpty)
    #expect(settings?.baseURL == "https://funnel.example.com")
    let openID = OpenIDSettings(
      issuer: "https://id.example.com/realm",
      clientID: "plumbline",
      clientSecret: .environment("SECRET"),
      groupsClaim: "roles",
      scopes: ["groups"],
      groups: [.admin: ["it"], .sales: ["ae", "sdr"]]
    )
    #expect(settings?.openID == openID)
    #expect(ServeSettings.read(Array("serve: 1".utf8), file: "s").settings == ServeSettings())
  }

  @Test(
    arguments: [
      ([], nil), (["x"], nil), (["sdr"], .sales), (["sdr", "board"], .leadership),
      (["growth", "ae"], .marketing), (["board", "it"], .admin),
    ] as [([String], AccountRole?)]
  )
  func `of several roles the one that sees most counts`(groups: [String], role: AccountRole?) {
    #expect(TestProvider.settings.role(ofGroups: groups) == role)
  }
}
