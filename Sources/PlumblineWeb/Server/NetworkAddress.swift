import Foundation

/// The address of a machine, of IPv4 or IPv6, in the one form in which two are compared.
struct NetworkAddress: Hashable, Sendable {
  /// Its 16 bytes; one of IPv4 stands as IPv6 writes it (RFC 4291, section 2.5.5.2).
  let bytes: [UInt8]

  /// Reads an address as logs and heads write it.
  ///
  /// - Parameter text: The address, perhaps with the zone of this machine's own (`%eth0`).
  init?(_ text: some StringProtocol) {
    let text = String(decoding: text.utf8.prefix { $0 != UInt8(ascii: "%") }, as: UTF8.self)
    // No address is longer (INET6_ADDRSTRLEN).
    guard text.utf8.count <= 46 else { return nil }
    var (six, four) = ([UInt8](repeating: 0, count: 16), [UInt8](repeating: 0, count: 4))
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = Self.beginningOfIPv4 + four
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      bytes = six
    } else {
      return nil
    }
  }

  /// Whether it is one of IPv4.
  var isIPv4: Bool { bytes.starts(with: Self.beginningOfIPv4) }

  /// Whether it is this machine's own, which no other can have.
  var isLoopback: Bool {
    isIPv4 ? bytes[12] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
  }

  /// The address as it is written, one of IPv4 as such.
  var text: String {
    guard !isIPv4 else { return bytes.suffix(4).map { String($0) }.joined(separator: ".") }
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    var bytes = bytes
    guard inet_ntop(AF_INET6, &bytes, &buffer, socklen_t(buffer.count)) != nil else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static let beginningOfIPv4 = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
}
