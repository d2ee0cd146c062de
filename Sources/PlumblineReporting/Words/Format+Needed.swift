extension Format {
  /// How many are needed, never rounded down to too few: `598`, `19.5` below twenty.
  static func needed(_ number: Double) -> String {
    number < 19.95
      ? fixed((number * 10 - 1e-9).rounded(.up) / 10, decimals: 1)
      : fixed((number - 1e-9).rounded(.up), decimals: 0)
  }
}
