import PlumblineStatistics

/// A made-up company with a known leak, and its exports as a CRM and ad managers would write them.
///
/// Nothing in it is a person or a firm. One thing is wrong with the company and only one: the leads
/// of Meta show up for half of their meetings and, once met, rarely buy, while Meta books meetings
/// at the lowest price. Reps, segments and every other channel are equal but for chance; see
/// `ExampleCompany.channels` for the truth that a diagnosis should find.
public struct ExampleCompany: Sendable {
  /// Decides every draw: the same seed gives the same bytes on every machine.
  public let seed: UInt64

  /// The seed of the demo: of the first 400, the one whose rates come nearest to the truth and
  /// whose differences by chance, which every draw has, are small.
  public static let documentedSeed: UInt64 = 323

  /// The company drawn with a seed.
  public init(seed: UInt64 = documentedSeed) { self.seed = seed }

  /// The first day on which leads came in.
  public static let firstDay = CivilDate(dayNumber: 20_270)  // 2025-07-01
  /// The day of the exports.
  public static let lastDay = CivilDate(dayNumber: 20_634)  // 2026-06-30
  /// When the files were exported: half past six on the evening of the last day, in Berlin.
  public static let exportedAt = Instant(seconds: 20_634 * 86_400 + 16 * 3600 + 1800)
  /// The time zone of every local time in the files.
  public static let zoneName = "Europe/Berlin"
  /// The currency of every amount.
  public static let currency = "EUR"
  /// How many leads came in during the twelve months.
  public static let leadCount = 6000
  /// The reps; each lead is given to one of them by chance.
  public static let reps = (1...8).map { "rep-0\($0)" }

  static let clock = ExampleClock()

  /// The draws of one part of the company, so that a change to one part leaves the others alone.
  func draws(ofStream stream: UInt64) -> SeededGenerator {
    SeededGenerator(seed: TextDictionary.mix(seed &+ 0x9E37_79B9_7F4A_7C15 &* (stream &+ 1)))
  }

  /// The exports, sorted by name.
  ///
  /// - Complexity: O(leads log leads).
  public func files() -> [ExampleFile] {
    let leads = population()
    let profiles = profiles(of: leads)
    return [
      callsAndMailsFile(leads), contactsFile(leads), dealsFile(leads), dispositionsFile(leads),
      formAnswersFile(leads, profiles), googleAdsFile(), linkedInAdsFile(), meetingsFile(leads),
      metaAdsFile(), qualificationFile(leads, profiles), stageHistoryFile(leads),
      webAndMailFile(leads),
    ]
  }
}

/// A file of the example company, not yet written anywhere.
public struct ExampleFile: Hashable, Sendable {
  /// The file's name, without a folder.
  public var name: String
  /// What it holds, byte for byte.
  public var bytes: [UInt8]

  /// A file with its contents.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
