import Foundation
import PlumblineCore

/// What a provider says of somebody who has signed in there: OpenID Connect Core 1.0, section 2.
struct IDToken: Hashable, Sendable {
  /// Why a token is not believed, in words for whoever looks after the installation; never a part of
  /// the token.
  struct Fault: Error, Hashable, CustomStringConvertible {
    let description: String
  }

  /// What must be true of a token.
  struct Expectation: Sendable {
    /// The provider.
    var issuer: String
    /// This installation's name there.
    var clientID: String
    /// What was sent along and must come back.
    var nonce: String
    /// The claim that names groups.
    var groupsClaim: String
    /// The present.
    var now: Instant
  }

  /// Clocks may differ by so many seconds.
  static let skewInSeconds = 60.0
  /// Longer tokens are not read, in bytes.
  static let longest = 65_536

  /// The person: `sub`.
  let subject: String
  /// The name to sign in with: the mail address unless it is unconfirmed, else another name.
  let name: String
  /// How pages address them.
  let displayName: String
  /// Their groups.
  let groups: [String]

  /// A token that was checked.
  ///
  /// - Parameters:
  ///   - text: The token: three parts in base64 for addresses, RFC 7515, section 7.1.
  ///   - keys: The provider's keys.
  ///   - expected: What must be true of it.
  /// - Throws: Why it is not believed.
  init(
    _ text: String,
    keys: JSONWebKeySet,
    expected: Expectation
  ) throws(Fault) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard text.utf8.count <= Self.longest, parts.count == 3,
      let headerBytes = RandomText.bytes(base64URL: parts[0]),
      let payload = RandomText.bytes(base64URL: parts[1]),
      let signature = RandomText.bytes(base64URL: parts[2])
    else { throw Fault(description: "it is not a signed token") }
    guard let header = try? JSONDecoder().decode(Header.self, from: Data(headerBytes)),
      header.crit == nil
    else { throw Fault(description: "its header cannot be read") }
    guard let algorithm = JSONWebKeySet.Algorithm(rawValue: header.alg) else {
      throw Fault(description: "it is not signed with RS256 or ES256")
    }
    let signed = Array("\(parts[0]).\(parts[1])".utf8)
    guard keys.haveSigned(signature, of: signed, by: algorithm, keyID: header.kid) else {
      throw Fault(description: "it is not signed with a key of the provider")
    }
    let claims: Claims
    do {
      let decoder = JSONDecoder()
      decoder.userInfo[Claims.groupsKey] = expected.groupsClaim
      claims = try decoder.decode(Claims.self, from: Data(payload))
    } catch {
      throw Fault(description: "its claims cannot be read")
    }
    try claims.check(expected)
    subject = claims.sub
    let mail = claims.isMailConfirmed == false ? nil : claims.email
    name = [mail, claims.preferredUsername].compactMap { $0 }.first { !$0.isEmpty } ?? claims.sub
    displayName = claims.name.flatMap { $0.isEmpty ? nil : $0 } ?? name
    groups = claims.groups
  }

  private struct Header: Decodable {
    var alg: String
    var kid: String?
    var crit: [String]?
  }
}
