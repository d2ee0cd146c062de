import Foundation
import PlumblineCore

/// Where a request comes from, for the audit log and against guessing.
struct Origin: Hashable, Sendable {
  /// The machine at the other end, as far as it is known.
  var address: String?
  /// The request's id, as in the logs.
  var requestID: String?

  /// Nothing known.
  static let unknown = Origin()

  /// For a line of the audit log.
  func context(at now: Instant, by account: Account? = nil) -> AuditEvent.Context {
    AuditEvent.Context(
      at: now,
      account: account?.id,
      accountName: account?.name,
      requestID: requestID,
      address: address
    )
  }

  /// What attempts to sign in are counted under.
  ///
  /// Of an address of IPv6 the first half counts: whoever has one has all of the second half (RFC
  /// 6177, RFC 4291 section 2.5.1). One of IPv4 that is written as IPv6 counts as what it is.
  var guardKey: String {
    guard let address else { return "address:unknown" }
    let plain = address.prefix { $0 != "%" }
    var bytes = [UInt8](repeating: 0, count: 16)
    guard plain.utf8.count <= 64, inet_pton(AF_INET6, String(plain), &bytes) == 1 else {
      return "address:" + address.prefix(64)
    }
    if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
      return "address:" + bytes.suffix(4).map { String($0) }.joined(separator: ".")
    }
    return "address:"
      + bytes.prefix(8).map { String(format: "%02x", Int($0)) }.joined()
      + "/64"
  }
}
