import Foundation
import PlumblineCore

extension IDToken {
  /// The claims of a token as they are written.
  struct Claims: Decodable {
    /// Where the decoder is told the name of the claim with the groups.
    static let groupsKey: CodingUserInfoKey = {
      // A key can be made of any text.
      guard let key = CodingUserInfoKey(rawValue: "groups") else { preconditionFailure() }
      return key
    }()

    let iss: String
    let sub: String
    let aud: [String]
    let azp: String?
    let exp: Double
    let iat: Double
    let nbf: Double?
    let nonce: String?
    let email: String?
    let isMailConfirmed: Bool?
    let name: String?
    let preferredUsername: String?
    let groups: [String]

    private struct Name: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
      init(_ text: String) { stringValue = text }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      func texts(_ name: String) throws -> [String] {
        if let one = try? container.decode(String.self, forKey: Name(name)) { return [one] }
        return try container.decode([String].self, forKey: Name(name))
      }
      iss = try container.decode(String.self, forKey: Name("iss"))
      sub = try container.decode(String.self, forKey: Name("sub"))
      aud = try texts("aud")
      azp = try container.decodeIfPresent(String.self, forKey: Name("azp"))
      exp = try container.decode(Double.self, forKey: Name("exp"))
      iat = try container.decode(Double.self, forKey: Name("iat"))
      nbf = try container.decodeIfPresent(Double.self, forKey: Name("nbf"))
      nonce = try container.decodeIfPresent(String.self, forKey: Name("nonce"))
      // Only what proves something must be of the right kind; of the rest, what is not is not there.
      email = try? container.decode(String.self, forKey: Name("email"))
      isMailConfirmed = Self.flag(
        in: container,
        Name("email_verified")
      )
      name = try? container.decode(String.self, forKey: Name("name"))
      preferredUsername = try? container.decode(String.self, forKey: Name("preferred_username"))
      let claim = decoder.userInfo[Self.groupsKey] as? String ?? "groups"
      groups = (try? texts(claim)) ?? []
    }

    /// Some providers write the flag as a text.
    private static func flag(in container: KeyedDecodingContainer<Name>, _ name: Name) -> Bool? {
      (try? container.decode(Bool.self, forKey: name))
        ?? (try? container.decode(String.self, forKey: name)).map { $0 == "true" }
    }

    /// Checks everything that OpenID Connect Core 1.0, section 3.1.3.7, asks for.
    func check(_ expected: Expectation) throws(Fault) {
      let now = Double(expected.now.seconds)
      func require(_ isRight: Bool, _ fault: String) throws(Fault) {
        if !isRight { throw Fault(description: fault) }
      }
      try require(iss == expected.issuer, "it is from another provider")
      try require(aud.contains(expected.clientID), "it is for somebody else")
      try require(
        aud.count == 1 || azp != nil,
        "it is for several, and names nobody who may use it"
      )
      try require(azp ?? expected.clientID == expected.clientID, "somebody else may use it")
      try require(exp > now - IDToken.skewInSeconds, "it has expired")
      try require(iat <= now + IDToken.skewInSeconds, "it was made in the future")
      try require(nbf ?? now <= now + IDToken.skewInSeconds, "it is not yet valid")
      try require(
        nonce.map { FormToken.isRight($0, expected.nonce) } ?? false,
        "it was made for another sign-in"
      )
      // 255 characters of ASCII at most: section 2.
      try require(!sub.isEmpty && sub.utf8.count <= 255, "it names nobody")
    }
  }
}
