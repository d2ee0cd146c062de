import Crypto
import CryptoExtras
import Foundation

/// The hash of a password with everything that is needed to check one against it:
/// `scrypt$N$r$p$salt$hash`, both in base64 for addresses.
///
/// scrypt makes each guess cost memory: RFC 7914, doi:10.17487/RFC7914. The usual parameters, N =
/// 2^17, r = 8 and p = 1, are those of the OWASP Password Storage Cheat Sheet and take 128 MiB.
struct PasswordHash: Hashable, Sendable {
  /// How much work a guess is.
  struct Cost: Hashable, Sendable {
    /// N: the steps, a power of two.
    var steps: Int
    /// r: the size of a block, in 128 bytes.
    var blockSize: Int
    /// p: how often all of it is done.
    var passes: Int

    /// What new passwords are kept with.
    static let usual = Cost(steps: 1 << 17, blockSize: 8, passes: 1)

    /// Whether a kept hash may ask for it: a file must not be able to ask for all memory.
    var isReasonable: Bool {
      steps >= 2 && steps <= 1 << 20 && steps & (steps - 1) == 0 && (1...32).contains(blockSize)
        && (1...16).contains(passes) && 128 * steps * blockSize <= 1 << 30
    }
  }

  private static let saltLength = 16
  private static let hashLength = 32

  /// How much work it was.
  let cost: Cost
  private let salt: [UInt8]
  private let hash: [UInt8]

  /// The hash of a new password with a salt of its own.
  ///
  /// - Parameters:
  ///   - password: The password.
  ///   - cost: How much work it is.
  /// - Throws: When there is not enough memory.
  /// - Complexity: O(steps x block size) time and memory.
  init(of password: Password, cost: Cost = .usual) throws {
    self.cost = cost
    salt = RandomText.bytes(Self.saltLength)
    hash = try Self.derive(password, salt, cost, Self.hashLength)
  }

  /// The hash that a text holds; nil when it holds none.
  init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "scrypt", let steps = Int(parts[1]),
      let blockSize = Int(parts[2]), let passes = Int(parts[3]),
      let salt = RandomText.bytes(base64URL: parts[4]), salt.count >= 8,
      let hash = RandomText.bytes(base64URL: parts[5]), hash.count >= 16
    else { return nil }
    cost = Cost(steps: steps, blockSize: blockSize, passes: passes)
    guard cost.isReasonable else { return nil }
    (self.salt, self.hash) = (salt, hash)
  }

  /// A hash that no password has, for names that do not exist: checking against it takes as long.
  static func nobody(cost: Cost = .usual) -> PasswordHash {
    PasswordHash(
      cost: cost,
      salt: RandomText.bytes(saltLength),
      hash: RandomText.bytes(hashLength)
    )
  }

  private init(cost: Cost, salt: [UInt8], hash: [UInt8]) {
    (self.cost, self.salt, self.hash) = (cost, salt, hash)
  }

  /// As it is kept.
  var text: String {
    "scrypt$\(cost.steps)$\(cost.blockSize)$\(cost.passes)$"
      + "\(RandomText.base64URL(salt))$\(RandomText.base64URL(hash))"
  }

  /// Whether a password has this hash.
  ///
  /// - Throws: When there is not enough memory.
  /// - Complexity: As for making it.
  func matches(_ password: Password) throws -> Bool {
    ConstantTime.areSame(try Self.derive(password, salt, cost, hash.count), hash)
  }

  /// Whether it was made with other parameters than are wanted now.
  func needsRenewal(cost wanted: Cost = .usual) -> Bool {
    cost != wanted || salt.count != Self.saltLength || hash.count != Self.hashLength
  }

  private static func derive(
    _ password: Password,
    _ salt: [UInt8],
    _ cost: Cost,
    _ length: Int
  ) throws -> [UInt8] {
    try derive(password.bytes, salt: salt, cost: cost, length: length)
  }

  /// scrypt itself.
  ///
  /// - Parameters:
  ///   - bytes: The password, not empty.
  ///   - salt: The salt, not empty.
  ///   - cost: How much work it is.
  ///   - length: How many bytes are wanted.
  /// - Returns: The bytes.
  /// - Throws: When there is not enough memory.
  static func derive(
    _ bytes: [UInt8],
    salt: [UInt8],
    cost: Cost,
    length: Int
  ) throws -> [UInt8] {
    try KDF.Scrypt.deriveKey(
      from: bytes,
      salt: salt,
      outputByteCount: length,
      rounds: cost.steps,
      blockSize: cost.blockSize,
      parallelism: cost.passes
    ).withUnsafeBytes { Array($0) }
  }
}
