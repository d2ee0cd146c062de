import Foundation
import PlumblineCore
import PlumblineStorage
import Testing

@testable import PlumblineWeb

/// Somewhere to sign in, with an owner named ada, in a folder that goes when the test ends.
struct TemporarySignIn {
  static let start = Instant(seconds: 1_770_000_000)
  static let password = "tulip gravel anchor"
  static let origin = Origin(address: "192.0.2.7", requestID: "r1")

  let signIn: SignIn
  let owner: SignIn.Entry

  static func with(_ body: (TemporarySignIn) async throws -> Void) async throws {
    try await withEmpty { signIn in
      let code = try #require(try signIn.newSetupCode(at: start))
      let owner = try await signIn.setUp(
        code: code,
        name: "ada",
        displayName: "Ada",
        password: password,
        from: origin,
        at: start
      )
      try await body(TemporarySignIn(signIn: signIn, owner: owner))
    }
  }

  static func withEmpty(_ body: (SignIn) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let accounts = try SQLiteAccountStore(path: folder.appending(path: "plumbline.accounts").path)
    try await body(SignIn(accounts: accounts, passwords: PasswordWork(cost: cheap)))
  }

  static let cheap = PasswordHash.Cost(steps: 16, blockSize: 8, passes: 1)

  /// Tries to sign in, and says in a word what became of it.
  func enter(
    _ name: String = "ada",
    _ password: String = Self.password,
    from address: String? = "192.0.2.7",
    after seconds: Int64 = 0
  ) async throws -> String {
    let outcome = try await signIn.enter(
      name: name,
      password: password,
      from: Origin(address: address),
      at: Self.start.advanced(bySeconds: seconds)
    )
    switch outcome {
    case .entered: return "entered"
    case .refused: return "refused"
    case .wait(let seconds): return "wait \(seconds)"
    }
  }
}

/// The codes of what a call throws.
func thrownCodes(_ body: () async throws -> Void) async throws -> [String] {
  do {
    try await body()
    return []
  } catch let error as InputError {
    return error.diagnostics.map(\.code)
  }
}
