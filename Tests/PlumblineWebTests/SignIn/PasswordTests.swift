import Foundation
import PlumblineCore
import Testing

@testable import PlumblineWeb

struct PasswordTests {
  private static let cheap = PasswordHash.Cost(steps: 16, blockSize: 8, passes: 1)

  /// RFC 7914, section 12, doi:10.17487/RFC7914.
  ///
  /// Its first vector has an empty password, which no
  /// account can have, and its last takes 1 GiB.
  @Test(
    arguments: [
      (
        "password", "NaCl", PasswordHash.Cost(steps: 1024, blockSize: 8, passes: 16),
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
          + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
      ),
      (
        "pleaseletmein", "SodiumChloride",
        PasswordHash.Cost(steps: 16_384, blockSize: 8, passes: 1),
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
          + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
      ),
    ]
  )
  func `scrypt gives what its standard says`(
    password: String,
    salt: String,
    cost: PasswordHash.Cost,
    expected: String
  ) throws {
    let key = try PasswordHash.derive(
      Array(password.utf8),
      salt: Array(salt.utf8),
      cost: cost,
      length: 64
    )
    #expect(key.map { String(format: "%02x", Int($0)) }.joined() == expected)
  }

  @Test func `a hash takes its own password and no other, also after it was kept`() throws {
    let password = try #require(Password("correct horse"))
    let hash = try PasswordHash(of: password, cost: Self.cheap)
    let kept = try #require(PasswordHash(hash.text))
    #expect(kept == hash)
    #expect(try kept.matches(password))
    for other in ["correct hors", "correct horse ", "Correct horse", "c"] {
      #expect(try !kept.matches(try #require(Password(other))))
    }
  }

  @Test func `two hashes of one password are different`() throws {
    let password = try #require(Password("correct horse"))
    let hashes = try (0..<2).map { _ in try PasswordHash(of: password, cost: Self.cheap).text }
    #expect(hashes[0] != hashes[1])
    #expect(hashes[0].hasPrefix("scrypt$16$8$1$"))
  }

  @Test(
    arguments: [
      "", "x", "scrypt$16$8$1$AAAAAAAAAAAAAAAAAAAAAA",
      "bcrypt$16$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
      "scrypt$17$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
      "scrypt$0$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
      "scrypt$1$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
      "scrypt$-16$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
      "scrypt$4294967296$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
      "scrypt$1048576$16$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
      "scrypt$16$8$1$$AAAAAAAAAAAAAAAAAAAAAA", "scrypt$16$8$1$AAAAAAAAAAAAAAAAAAAAAA$",
      "scrypt$16$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA",
      "scrypt$16$8$1$AAAAAAAAAAAAAAAAAAAAAB$AAAAAAAAAAAAAAAAAAAAAA",
    ]
  )
  func `a kept text that is no hash, or asks for all memory, is none`(text: String) {
    #expect(PasswordHash(text) == nil)
  }

  @Test func `a hash of other parameters wants to be renewed`() throws {
    let hash = try PasswordHash(of: try #require(Password("p")), cost: Self.cheap)
    #expect(!hash.needsRenewal(cost: Self.cheap))
    #expect(hash.needsRenewal())
    #expect(PasswordHash.Cost.usual.isReasonable)
  }

  @Test(
    arguments: [
      ("", 0), ("a", 1), (String(repeating: "a", count: 1024), 1024),
      (String(repeating: "a", count: 1025), 0), (String(repeating: "a", count: 1_000_000), 0),
      // Combining marks become one letter with the one before: 2 bytes instead of 3.
      ("e\u{301}", 2), ("\u{E9}", 2),
    ]
  )
  func `a password has one form and at most 1,024 bytes`(typed: String, count: Int) {
    #expect((Password(typed)?.bytes.count ?? 0) == count)
  }

  @Test(
    arguments: [
      ("", "short"), ("elevenchars", "short"), ("e\u{301}e\u{301}levenchar", "short"),
      (String(repeating: "ab cd ef gh ", count: 100), "long"), ("password1234", "common"),
      ("P@ssw0rd2026!!", "common"), ("  password  123 ", "common"),
      ("CorrectHorseBattery", "common"),
      ("correct horse battery staple", "common"), ("aaaaaaaaaaaaa", "common"),
      ("abcabcabcabcabc", "common"), ("123456789012", "common"), ("210987654321", "common"),
      ("qwertyuiopasdf", "common"), ("1q2w3e4r5t6y7u", "common"), ("Zebra.Otter2026", nil),
      ("zebraotter@example.com", "common"), ("zebraotter12", "common"),
      ("tulip gravel anchor", nil), ("twelve chars", nil), ("princess carbon 44 tulips", nil),
    ] as [(String, String?)]
  )
  func `a new password is long and not among the first to be tried`(
    typed: String,
    fault: String?
  ) {
    var found: String?
    do throws(InputError) {
      _ = try Password(new: typed, for: "zebraotter@example.com")
    } catch {
      found = error.diagnostics.first?.code
      if !typed.isEmpty { #expect(!error.description.contains(typed)) }
    }
    #expect(found == fault.map { "accounts.password-\($0)" })
  }

  @Test func `nothing shows a password`() throws {
    let password = try #require(Password("correct horse"))
    var dumped = ""
    dump(password, to: &dumped)
    for text in ["\(password)", String(reflecting: password), dumped] {
      #expect(!text.contains("horse"))
    }
  }

  @Test func `work that nobody has time for is refused, and the place is free again`() async throws
  {
    let work = PasswordWork(cost: PasswordHash.Cost(steps: 4096, blockSize: 8, passes: 1))
    let password = try #require(Password("correct horse"))
    let codes = await withTaskGroup(of: String?.self) { group in
      for _ in 0..<(4 * PasswordWork.longestQueue) {
        group.addTask {
          do {
            _ = try await work.hash(password)
            return nil
          } catch {
            return (error as? InputError)?.diagnostics.first?.code ?? "\(error)"
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(codes.contains("accounts.passwords-busy"))
    #expect(codes.count { $0 == nil } >= PasswordWork.longestQueue)
    #expect(Set(codes.compactMap { $0 }) == ["accounts.passwords-busy"])
    _ = try await work.hash(password)
  }
}
