import Testing

@testable import PlumblineWeb

struct FormTokenTests {
  @Test func `a form needs the token of its own session`() {
    let token = FormToken.of(sessionSecret: [1, 2, 3])
    #expect(FormToken.isRight(token, token))
    for wrong in [
      nil, "", "x", token + "x", String(token.dropLast()), token.uppercased(),
      FormToken.of(sessionSecret: [1, 2, 4]), FormToken.of(visitor: "\u{1}\u{2}\u{3}"),
    ] {
      #expect(!FormToken.isRight(wrong, token))
    }
    #expect(!FormToken.isRight("", ""))
  }

  /// HMAC-SHA256 of "csrf" under the key "key", from OpenSSL 3.0:
  /// `printf csrf | openssl dgst -sha256 -hmac key`.
  @Test func `a token is the code of its secret`() {
    let expected = "sWuREk0YevM5tRX19gRqVamF8yBltj4-qePwsy8F4zY"
    #expect(FormToken.of(sessionSecret: Array("key".utf8)) == expected)
  }

  @Test(
    arguments: [
      ("", []), ("AA", [0]), ("AAA", [0, 0]), ("_-8", [255, 239]), ("A", nil), ("AB", nil),
      ("AA==", nil), ("+/8", nil), ("A A", nil), ("\u{E9}\u{E9}", nil),
    ] as [(String, [UInt8]?)]
  )
  func `base64 for addresses is read in its one form only`(text: String, bytes: [UInt8]?) {
    #expect(RandomText.bytes(base64URL: text) == bytes)
    if let bytes { #expect(RandomText.base64URL(bytes) == text) }
  }

  @Test func `bytes are compared whole`() {
    #expect(ConstantTime.areSame([], []))
    #expect(ConstantTime.areSame([1, 2], [1, 2]))
    #expect(!ConstantTime.areSame([1, 2], [1, 3]))
    #expect(!ConstantTime.areSame([2, 2], [1, 2]))
    #expect(!ConstantTime.areSame([1, 2], [1]))
  }
}
