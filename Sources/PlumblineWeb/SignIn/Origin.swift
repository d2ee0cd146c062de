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
    guard let known = NetworkAddress(address) else { return "address:" + address.prefix(64) }
    guard !known.isIPv4 else { return "address:" + known.text }
    return "address:"
      + known.bytes.prefix(8).map { String(format: "%02x", Int($0)) }.joined()
      + "/64"
  }
}
