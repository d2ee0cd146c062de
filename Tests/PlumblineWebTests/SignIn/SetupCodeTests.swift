import PlumblineCore
import PlumblineStorage
import Testing

@testable import PlumblineWeb

struct SetupCodeTests {
  private let start = TemporarySignIn.start

  @Test func `a code has nothing that is mistaken for something else, and is typed as one likes`() {
    var random = SystemRandomNumberGenerator()
    let code = SetupCode.new(using: &random)
    #expect(code.split(separator: "-").map(\.count) == [5, 5, 5, 5])
    #expect(code.allSatisfy { !"01ILO".contains($0) })
    #expect(code != SetupCode.new(using: &random))
    let typed = " " + code.lowercased().replacing("-", with: " ") + "\n"
    #expect(SetupCode.hash(typed) == SetupCode.hash(code))
    #expect(SetupCode.hash(String(code.dropLast())) != SetupCode.hash(code))
  }

  @Test func `the first account needs the code, and signs in at once`() async throws {
    try await TemporarySignIn.withEmpty { signIn in
      func setUp(
        _ code: String,
        _ password: String = TemporarySignIn.password
      ) async throws
        -> [String]
      {
        try await thrownCodes {
          let entry = try await signIn.setUp(
            code: code,
            name: "ada",
            displayName: "Ada",
            password: password,
            from: TemporarySignIn.origin,
            at: start
          )
          #expect(entry.account.role == .admin)
          #expect(try signIn.session(cookie: entry.cookie, at: start) != nil)
        }
      }
      #expect(try await setUp("") == ["accounts.setup-code"])
      let old = try #require(try signIn.newSetupCode(at: start))
      let code = try #require(try signIn.newSetupCode(at: start))
      #expect(try await setUp(old) == ["accounts.setup-code"])
      #expect(try await setUp(code, "short") == ["accounts.password-short"])
      #expect(try await setUp(code) == [])
      #expect(try await setUp(code) == ["accounts.set-up"])
      #expect(try signIn.newSetupCode(at: start) == nil)
      #expect(
        try signIn.accounts.events().map(\.act) == [.signedIn, .accountCreated]
      )
    }
  }
}
