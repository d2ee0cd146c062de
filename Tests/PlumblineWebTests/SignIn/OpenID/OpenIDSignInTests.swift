import Foundation
import HTTPTypes
import PlumblineCore
import PlumblineDelivery
import PlumblineStorage
import Synchronization
import Testing

@testable import PlumblineWeb

struct OpenIDSignInTests {
  private let start = TemporarySignIn.start

  private func with(
    _ settings: OpenIDSettings = TestProvider.settings,
    secret: Secret? = nil,
    _ body: (OpenIDSignIn, TestProvider, TemporarySignIn) async throws -> Void
  ) async throws {
    try await TemporarySignIn.with { desk in
      let provider = TestProvider()
      let signIn = OpenIDSignIn(
        settings,
        baseURL: "https://funnel.example.com",
        secret: secret,
        signIn: desk.signIn
      ) { try provider.answer($0) }
      try await body(signIn, provider, desk)
    }
  }

  private func query(_ url: String) throws -> [String: String] {
    let items = try #require(URLComponents(string: url)?.queryItems)
    return Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
  }

  private func claims(_ nonce: String?, _ groups: [String]) -> [String: Any] {
    [
      "iss": TestProvider.issuer, "sub": "17", "aud": "plumbline", "exp": start.seconds + 300,
      "iat": start.seconds, "nonce": nonce ?? "", "email": "eve@example.com", "groups": groups,
    ]
  }

  /// Goes to the provider and comes back in some groups.
  private func visit(
    _ signIn: OpenIDSignIn,
    _ provider: TestProvider,
    groups: [String]
  ) async throws -> SignIn.Entry {
    let departure = try await signIn.begin(at: start)
    let sent = try query(departure.url)
    let token = try provider.token(claims(sent["nonce"], groups))
    provider.idToken.withLock { $0 = token }
    return try await signIn.finish(
      OpenIDSignIn.Return(state: sent["state"], code: "c-1"),
      cookie: departure.cookie,
      from: TemporarySignIn.origin,
      at: start
    )
  }

  @Test func `a machine is sent to the provider so often and no more`() async throws {
    try await with { signIn, _, _ in
      var web = try WebHarness()
      web.office.openID = signIn
      var statuses: [Int] = []
      for _ in 0..<123 { statuses.append(try await web.ask("/sign-in/openid", as: nil).status) }
      #expect(statuses == Array(repeating: 303, count: 120) + [429, 429, 429])
      let refused = try await web.ask("/sign-in/openid", as: nil)
      #expect(refused.headers[.retryAfter] == "1")
    }
  }

  @Test func `somebody in a group with a role is let in, and their account made`() async throws {
    try await with { signIn, provider, desk in
      let entry = try await visit(signIn, provider, groups: ["all", "sdr"])
      #expect(entry.account.name == "eve@example.com" && entry.account.role == .sales)
      #expect(try desk.signIn.session(cookie: entry.cookie, at: start)?.account == entry.account)
      let again = try await visit(signIn, provider, groups: ["sdr", "it"])
      #expect(again.account.id == entry.account.id && again.account.role == .admin)
      // What was opened in the former role is closed.
      #expect(try desk.signIn.session(cookie: entry.cookie, at: start) == nil)
      #expect(
        try desk.signIn.accounts.events(AuditFilter(limit: 4)).map(\.act)
          == [.signedIn, .roleChanged, .signedIn, .accountCreated]
      )
    }
  }

  @Test func `the browser is sent with state, nonce and challenge, and the code with the verifier`()
    async throws
  {
    try await with { signIn, provider, _ in
      let departure = try await signIn.begin(at: start)
      let sent = try query(departure.url)
      #expect(departure.url.hasPrefix("https://id.example.com/go?tenant=1&"))
      #expect(sent["response_type"] == "code" && sent["client_id"] == "plumbline")
      #expect(sent["scope"] == "openid profile email")
      #expect(sent["code_challenge_method"] == "S256")
      let returnURL = "https://funnel.example.com/sign-in/openid/return"
      #expect(sent["redirect_uri"] == returnURL)
      let token = try provider.token(claims(sent["nonce"], ["it"]))
      provider.idToken.withLock { $0 = token }
      _ = try await signIn.finish(
        OpenIDSignIn.Return(state: sent["state"], code: "c-1", issuer: TestProvider.issuer),
        cookie: departure.cookie,
        from: .unknown,
        at: start
      )
      let questions = provider.questions.withLock { $0 }
      #expect(questions.map { $0.form == nil } == [true, false, true])
      let form = Dictionary(
        uniqueKeysWithValues: (questions[1].form ?? []).map { ($0.name, $0.value) }
      )
      #expect(form["grant_type"] == "authorization_code" && form["code"] == "c-1")
      #expect(form["redirect_uri"] == returnURL && form["client_id"] == "plumbline")
      let verifier = try #require(form["code_verifier"])
      #expect(OpenIDProvider.challenge(of: verifier) == sent["code_challenge"])
      #expect(verifier != sent["state"] && verifier != sent["nonce"])
    }
  }

  /// RFC 7636, appendix B.
  @Test func `the challenge is the one of its standard`() {
    #expect(
      OpenIDProvider.challenge(of: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )
  }

  @Test func `a return that was not begun here, now and by this browser is refused`() async throws {
    try await with { signIn, provider, desk in
      let departure = try await signIn.begin(at: start)
      let other = try await signIn.begin(at: start)
      let state = try query(departure.url)["state"]
      func finish(
        _ state: String?,
        _ cookie: String?,
        after seconds: Int64 = 0
      ) async throws -> [String] {
        try await thrownCodes {
          _ = try await signIn.finish(
            OpenIDSignIn.Return(state: state, code: "c"),
            cookie: cookie,
            from: .unknown,
            at: start.advanced(bySeconds: seconds)
          )
        }
      }
      #expect(try await finish(nil, departure.cookie) == ["openid.state"])
      #expect(try await finish("x", departure.cookie) == ["openid.state"])
      #expect(try await finish(state, nil) == ["openid.state"])
      #expect(try await finish(state, other.cookie) == ["openid.state"])
      #expect(try await finish(state, departure.cookie, after: 600) == ["openid.state"])
      // The token is the empty one, so this comes as far as that; and then never again.
      #expect(try await finish(state, departure.cookie) == ["openid.token"])
      #expect(try await finish(state, departure.cookie) == ["openid.state"])
      #expect(try desk.signIn.accounts.accounts().count == 1)
    }
  }

  @Test(
    arguments: [
      (OpenIDSignIn.Return(error: "access_denied"), "openid.denied"),
      (OpenIDSignIn.Return(code: ""), "openid.denied"), (OpenIDSignIn.Return(), "openid.denied"),
      (OpenIDSignIn.Return(code: "c", issuer: "https://evil.example"), "openid.provider"),
    ]
  )
  func `a return without a code, or from another provider, is refused`(
    answer: OpenIDSignIn.Return,
    code: String
  ) async throws {
    try await with { signIn, provider, _ in
      let departure = try await signIn.begin(at: start)
      var answer = answer
      answer.state = try query(departure.url)["state"]
      let refused = try await thrownCodes {
        _ = try await signIn.finish(answer, cookie: departure.cookie, from: .unknown, at: start)
      }
      #expect(refused == [code])
      #expect(provider.questions.withLock { $0.count } == 1, "the code was not exchanged")
    }
  }

  @Test func `somebody in no group with a role gets no account`() async throws {
    try await with { signIn, provider, desk in
      for groups in [[], ["all"], ["SDR"]] {
        let refused = try await thrownCodes {
          _ = try await visit(signIn, provider, groups: groups)
        }
        #expect(refused == ["openid.group"])
      }
      #expect(try desk.signIn.accounts.accounts().map(\.name) == ["ada"])
      let events = try desk.signIn.accounts.events(AuditFilter(acts: [.signInFailed]))
      #expect(events.count == 3)
    }
  }

  @Test func `a disabled account stays outside`() async throws {
    try await with { signIn, provider, desk in
      let entry = try await visit(signIn, provider, groups: ["sdr"])
      let context = TemporarySignIn.origin.context(at: start)
      try desk.signIn.accounts.setDisabled(true, entry.account.id, in: context)
      let refused = try await thrownCodes {
        _ = try await visit(signIn, provider, groups: ["it"])
      }
      #expect(refused == ["openid.disabled"])
    }
  }

  @Test func `a provider that says something odd about itself is not used`() async throws {
    let good = [
      "issuer": TestProvider.issuer, "authorization_endpoint": "https://id.example.com/go",
      "token_endpoint": "https://id.example.com/token", "jwks_uri": "https://id.example.com/keys",
    ]
    for (key, value) in [
      ("issuer", "https://id.example.com"), ("token_endpoint", "http://id.example.com/token"),
      ("jwks_uri", "file:///etc/passwd"), ("authorization_endpoint", "javascript:alert(1)"),
      ("jwks_uri", nil),
    ] as [(String, String?)] {
      var said = good
      said[key] = value
      let body = try Array(TestProvider.json(said))
      try await with { signIn, provider, _ in
        provider.answers.withLock {
          $0[OpenIDProvider.discoveryURL(ofIssuer: TestProvider.issuer)] =
            WebExchange.Answer(status: 200, body: body)
        }
        let refused = try await thrownCodes { _ = try await signIn.begin(at: start) }
        #expect(refused == ["openid.provider"])
      }
    }
  }

  @Test(
    arguments: [
      ("https://id.example.com/token", 400, "{}"), ("https://id.example.com/token", 200, "{}"),
      ("https://id.example.com/keys", 500, "{}"), ("https://id.example.com/keys", 200, "x"),
    ]
  )
  func `a provider that fails half-way lets nobody in`(
    url: String,
    status: Int,
    body: String
  ) async throws {
    try await with { signIn, provider, desk in
      provider.answers.withLock {
        $0[url] = WebExchange.Answer(status: status, body: Array(body.utf8))
      }
      let refused = try await thrownCodes {
        _ = try await visit(signIn, provider, groups: ["it"])
      }
      #expect(refused == ["openid.provider"])
      #expect(try desk.signIn.accounts.accounts().count == 1)
    }
  }

  @Test(
    arguments: [
      (nil, WebExchange.Credentials.Place.header), (["client_secret_basic"], .header),
      (["client_secret_post", "client_secret_basic"], .header), (["client_secret_post"], .form),
    ] as [([String]?, WebExchange.Credentials.Place)]
  )
  func `the secret goes where the provider takes it`(
    methods: [String]?,
    place: WebExchange.Credentials.Place
  ) throws {
    let provider = OpenIDProvider(
      issuer: TestProvider.issuer,
      authorizationEndpoint: "https://id.example.com/go",
      tokenEndpoint: "https://id.example.com/token",
      keysAddress: "https://id.example.com/keys",
      tokenAuthMethods: methods
    )
    let reference = try #require(SecretReference("env:S"))
    let question = provider.tokenExchange(
      TestProvider.settings,
      secret: try reference.secret(environment: ["S": "s3cret"], folder: "/"),
      code: "c",
      returnURL: "r",
      verifier: "v"
    )
    #expect(question.credentials?.place == place)
    #expect(!(question.form ?? []).contains { $0.value == "s3cret" || $0.name == "client_id" })
  }

  @Test func `whoever loses all groups loses session and tokens at the next sign-in`() async throws
  {
    try await with { signIn, provider, desk in
      let entry = try await visit(signIn, provider, groups: ["sdr"])
      let made = try desk.signIn.makeToken(
        named: "reporting",
        [.read],
        as: .sales,
        validFor: 3600,
        by: entry.account,
        from: TemporarySignIn.origin,
        at: start
      )
      let tooLong = try await thrownCodes {
        _ = try desk.signIn.makeToken(
          named: "reporting",
          [.read],
          as: .sales,
          validFor: 91 * 86_400,
          by: entry.account,
          from: TemporarySignIn.origin,
          at: start
        )
      }
      #expect(tooLong == ["accounts.token-expiry"])
      let refused = try await thrownCodes { _ = try await visit(signIn, provider, groups: []) }
      #expect(refused == ["openid.group"])
      #expect(try desk.signIn.session(cookie: entry.cookie, at: start) == nil)
      #expect(try desk.signIn.token(made.text, at: start) == nil)
      #expect(try desk.signIn.session(cookie: desk.owner.cookie, at: start) != nil)
    }
  }
}
