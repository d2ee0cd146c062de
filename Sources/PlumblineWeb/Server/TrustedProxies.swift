/// The machines that pass on what browsers send, whose word is taken for who sent it.
///
/// A head is as easily forged as any other text. What a proxy of ours adds at the end of
/// `X-Forwarded-For` is what it saw itself; all before that came from outside. So the list is read
/// from its end, past our own proxies, and the first other address is the one that was seen.
struct TrustedProxies: Hashable, Sendable {
  /// No machine is trusted.
  static let none = TrustedProxies(networks: [], trustsLoopback: false)

  /// Addresses that begin with some bits.
  struct Network: Hashable, Sendable {
    let address: NetworkAddress
    let bits: Int

    /// Reads an address, or the beginning of addresses as in `10.0.0.0/8`; nil when it is neither.
    init?(_ text: String) {
      let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      guard let first = parts.first, let address = NetworkAddress(first) else { return nil }
      let (before, most) = address.isIPv4 ? (96, 32) : (0, 128)
      var bits = most
      if parts.count == 2 {
        // Nobody trusts every machine there is.
        guard let given = Int(parts[1]), (1...most).contains(given) else { return nil }
        bits = given
      }
      (self.address, self.bits) = (address, before + bits)
    }

    /// Whether an address is one of these.
    func holds(_ other: NetworkAddress) -> Bool {
      let (whole, rest) = (bits / 8, bits % 8)
      guard address.bytes.prefix(whole) == other.bytes.prefix(whole) else { return false }
      guard rest > 0 else { return true }
      return (address.bytes[whole] ^ other.bytes[whole]) >> (8 - rest) == 0
    }
  }

  /// Where they are.
  var networks: [Network]
  /// Whether this machine's own address is that of a proxy.
  var trustsLoopback: Bool

  /// The address of whoever asks.
  ///
  /// - Parameters:
  ///   - connection: The machine at the other end of the connection.
  ///   - forwarded: The values of `X-Forwarded-For`, in their order.
  /// - Returns: The last address that a trusted proxy saw and that is none of them; the farthest
  ///   known one where there is no other; nil where nothing is known.
  /// - Complexity: O(bytes of the values).
  func person(connection: String?, forwarded: [String]) -> String? {
    guard let connection, let nearest = NetworkAddress(connection), trusts(nearest) else {
      return connection
    }
    var farthest = nearest
    let hops = forwarded.flatMap { $0.utf8.split(separator: UInt8(ascii: ",")) }
    for hop in hops.reversed() {
      guard let address = Self.address(inHop: Substring(hop)) else { break }
      farthest = address
      guard trusts(address) else { break }
    }
    return farthest.text
  }

  private func trusts(_ address: NetworkAddress) -> Bool {
    trustsLoopback && address.isLoopback || networks.contains { $0.holds(address) }
  }

  /// The address of a part of the list: some proxies write a port behind it, or brackets around it.
  private static func address(inHop hop: Substring) -> NetworkAddress? {
    var text = hop.utf8.drop { $0 == 0x20 || $0 == 0x09 }
    while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
    if text.first == UInt8(ascii: "[") {
      text = text.dropFirst().prefix { $0 != UInt8(ascii: "]") }
    } else if text.count(where: { $0 == UInt8(ascii: ":") }) == 1 {
      text = text.prefix { $0 != UInt8(ascii: ":") }
    }
    return NetworkAddress(Substring(text))
  }
}
