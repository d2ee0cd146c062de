/// The code that the server prints until it is set up, so that nobody else on the network can take
/// the installation.
enum SetupCode {
  /// Letters and digits that nobody mistakes for one another.
  private static let letters = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
  private static let groups = 4
  private static let groupLength = 5

  /// A new code such as `7KQ2M-XR9TB-4HCWN-DP83F`: 99 random bits.
  static func new(using random: inout some RandomNumberGenerator) -> String {
    (0..<groups).map { _ in
      String(
        (0..<groupLength).map { _ in letters[Int.random(in: letters.indices, using: &random)] }
      )
    }.joined(separator: "-")
  }

  /// The SHA-256 of a code as somebody typed it: case, blanks and hyphens do not matter.
  static func hash(_ typed: String) -> [UInt8] {
    RandomText.hash(typed.uppercased().filter { !$0.isWhitespace && $0 != "-" })
  }
}
