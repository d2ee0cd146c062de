/// Random numbers that are the same on every machine for the same seed.
///
/// Generator xoshiro256**, its state filled by splitmix64. For simulation only, never for secrets.
///
/// - SeeAlso: Blackman & Vigna (2021), doi:10.1145/3460772; Steele, Lea & Flood (2014),
///   doi:10.1145/2660193.2660195.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  @usableFromInline var state: (UInt64, UInt64, UInt64, UInt64)

  /// The second normal number of the last pair, kept for the next call.
  var spareNormal: Double?

  /// A generator whose numbers depend on the seed alone.
  public init(seed: UInt64) {
    var counter = seed
    func scrambled() -> UInt64 {
      counter &+= 0x9E37_79B9_7F4A_7C15
      var word = counter
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
    state = (scrambled(), scrambled(), scrambled(), scrambled())
  }

  /// The next 64 random bits.
  @inlinable public mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  /// Another generator whose numbers are unrelated to the ones that follow here.
  ///
  /// Gives each part of a simulation its own stream, so that more numbers drawn in one do not
  /// change another.
  public mutating func split() -> SeededGenerator { SeededGenerator(seed: next()) }
}
