import PlumblineStatistics

/// A company of any size on which systems are compared: its exports as CSV files.
///
/// It has what makes real exports hard to read at speed: sparse ids, events that stand in order of
/// time and not of leads, stages that were skipped, returns, late, repeated and nearly repeated
/// events, events in the future or of leads that nobody knows, machines among those who wrote, and
/// three currencies. A day later there is a second set of files with some ten thousand rows more.
///
/// The same number of leads and the same seed give the same bytes.
public struct BenchmarkCompany: Sendable {
  /// The files of an export.
  public enum File: String, CaseIterable, Sendable {
    /// Who came in when, through which channel, and who got them.
    case leads = "leads.csv"
    /// Which stage a lead entered when, and when it left.
    case events = "events.csv"
    /// What people and machines did for leads.
    case touches = "touches.csv"
    /// Deals, won, lost and open.
    case deals = "deals.csv"
    /// Money spent by channel and day.
    case spend = "spend.csv"
    /// What the other currencies are worth.
    case rates = "rates.csv"
  }

  /// The first second in which leads came in: 2023-07-01.
  public static let firstSecond: Int64 = 1_688_169_600
  /// The second in which the first export was made: 2025-07-01; what is dated later is a slip.
  public static let exportSecond: Int64 = 1_751_328_000
  /// The second in which the second export was made, a day later.
  public static let deltaSecond: Int64 = exportSecond + 86_400

  /// One lead.
  struct Lead: Sendable {
    var id: Int64
    var created: Int64
    var channel: UInt8
    var segment: UInt8
    var campaign: UInt16
    /// -1 for nobody.
    var owner: Int16
  }

  /// The seed of everything random here.
  public let seed: UInt64
  /// In the order in which they came in.
  let leads: [Lead]
  /// Those of the second export.
  let newLeads: [Lead]

  /// A company.
  ///
  /// - Parameters:
  ///   - count: How many leads it has, 1...33,000,000.
  ///   - seed: The same seed makes the same company.
  public init(leads count: Int, seed: UInt64) {
    self.seed = seed
    let count = max(1, min(count, Self.mostLeads))
    var leads: [Lead] = []
    leads.reserveCapacity(count)
    for number in 0..<count {
      var random = Self.generator(seed, .lead, number)
      leads.append(Self.lead(number, of: count, &random))
    }
    // Equal times keep the order of the numbers by which they were made, whatever the sort does.
    leads.sort { ($0.created, $0.id) < ($1.created, $1.id) }
    var gaps = Self.generator(seed, .ids, 0)
    var id = Self.lowestID
    for index in leads.indices {
      id += 1 + Int64(gaps.next() % 97)
      leads[index].id = id
    }
    self.leads = leads
    var random = Self.generator(seed, .newLeads, 0)
    let times = (0..<Self.newLeadCount).map { _ in
      Self.exportSecond + Int64(random.next() % 86_400)
    }.sorted()
    newLeads = times.map { created in
      id += 1 + Int64(random.next() % 97)
      let channel = random.choice(weights: BenchmarkMarket.channels.map(\.weight))
      return Lead(
        id: id,
        created: created,
        channel: UInt8(channel),
        segment: UInt8(random.choice(weights: BenchmarkMarket.segments.map(\.weight))),
        campaign: UInt16(20 * channel + Int(random.next() % 20)),
        owner: Int16(random.next() % UInt64(BenchmarkMarket.ownerCount))
      )
    }
  }

  private static let mostLeads = 33_000_000
  private static let lowestID: Int64 = 20_000_000_000
  private static let newLeadCount = 500

  /// What a stream of random numbers is for.
  enum Stream: UInt64 {
    case lead, ids, story, touches, deals, spend, newLeads, newEvents, newTouches, newDeals
    case newSpend, orphans
  }

  /// The random numbers of one purpose and one lead.
  static func generator(_ seed: UInt64, _ stream: Stream, _ number: Int) -> SeededGenerator {
    let word = TextDictionary.mix(seed &+ 0x9E37_79B9_7F4A_7C15 &* (stream.rawValue + 1))
    return SeededGenerator(seed: TextDictionary.mix(word ^ UInt64(number)))
  }

  /// A lead; its id is its number until all leads are in order.
  private static func lead(_ number: Int, of count: Int, _ random: inout SeededGenerator) -> Lead {
    // More come in every month: the density rises in a straight line to four times that of the
    // beginning. One draw in each of as many equal parts leaves less to chance.
    let share = (Double(number) + random.uniform()) / Double(count)
    let span = Double(exportSecond - firstSecond)
    var day =
      (firstSecond + Int64(span * ((1 + 3 * share).squareRoot() - 1)))
      .flooredDivision(by: 86_400)
    let weekday = (day + 3) % 7
    if weekday >= 5, random.chance(0.6) { day -= weekday - 4 }
    let second = random.normal(mean: 13.5 * 3600, standardDeviation: 3.6 * 3600)
    let created = day * 86_400 + Int64(second.clamped(to: 0...86_399))
    let channel = random.choice(weights: BenchmarkMarket.channels.map(\.weight))
    let segment = random.choice(weights: BenchmarkMarket.segments.map(\.weight))
    // Some people get more leads than others.
    let luck = random.uniform() * random.uniform().squareRoot()
    let owner = random.chance(0.01) ? -1 : Int16(luck * Double(BenchmarkMarket.ownerCount))
    return Lead(
      id: Int64(number),
      created: created.clamped(to: firstSecond...exportSecond - 1),
      channel: UInt8(channel),
      segment: UInt8(segment),
      campaign: UInt16(20 * channel + Int(random.next() % 20)),
      owner: min(owner, Int16(BenchmarkMarket.ownerCount - 1))
    )
  }
}

/// The people, channels and chances of the benchmark's company.
enum BenchmarkMarket {
  struct Channel: Sendable {
    var name: String
    var weight: Double
    /// What the odds of every step but showing up are multiplied by.
    var quality: Double
    /// What the odds of showing up are multiplied by.
    var showing: Double
    var isPaid: Bool
  }

  struct Segment: Sendable {
    var name: String
    var weight: Double
    var quality: Double
    var slowness: Double
    /// The median of a deal, in cents.
    var amount: Double
  }

  static let channels = [
    Channel(name: "paid_social", weight: 0.20, quality: 0.62, showing: 0.45, isPaid: true),
    Channel(name: "paid_search", weight: 0.18, quality: 0.95, showing: 1.0, isPaid: true),
    Channel(name: "organic_search", weight: 0.15, quality: 1.1, showing: 1.1, isPaid: false),
    Channel(name: "referral", weight: 0.06, quality: 1.6, showing: 1.5, isPaid: false),
    Channel(name: "outbound", weight: 0.13, quality: 0.85, showing: 0.8, isPaid: false),
    Channel(name: "events", weight: 0.05, quality: 1.0, showing: 1.1, isPaid: true),
    Channel(name: "webinar", weight: 0.08, quality: 0.9, showing: 1.0, isPaid: true),
    Channel(name: "partner", weight: 0.04, quality: 1.4, showing: 1.3, isPaid: true),
    Channel(name: "email", weight: 0.06, quality: 1.05, showing: 1.0, isPaid: false),
    Channel(name: "direct", weight: 0.05, quality: 1.15, showing: 1.1, isPaid: false),
  ]

  static let segments = [
    Segment(name: "smb", weight: 0.55, quality: 0.95, slowness: 0.8, amount: 400_000),
    Segment(name: "mid", weight: 0.28, quality: 1.1, slowness: 1, amount: 1_600_000),
    Segment(name: "enterprise", weight: 0.12, quality: 1, slowness: 1.7, amount: 7_000_000),
    Segment(name: "unknown", weight: 0.05, quality: 0.6, slowness: 1, amount: 500_000),
  ]

  static let ownerCount = 200
  static let owners = (0..<ownerCount).map { number in
    "rep_" + String("00\(number)".suffix(3))
  }
  static let machine = "automation"

  /// Six stages and two exits, numbered from 1.
  static let stages = [
    "mql", "sql", "meeting_booked", "showed", "opportunity", "won", "lost", "recycled",
  ]
  static let lost = 7
  static let recycled = 8

  /// For each stage: the chance to enter it from the one before, and how many days that takes in
  /// the median, with the spread of the logarithm.
  static let steps: [(chance: Double, days: Double, spread: Double)] = [
    (0.84, 0.6, 1.4), (0.70, 2.5, 1.3), (0.78, 2, 1), (0.74, 6, 0.5), (0.72, 7, 1),
    (0.34, 32, 0.8),
  ]

  static let touchKinds: [(name: String, weight: Double)] = [
    ("call", 0.25), ("email", 0.40), ("sms", 0.08), ("linkedin", 0.07),
    ("note", 0.11), ("task", 0.09),
  ]

  static let currencies: [(name: String, weight: Double)] = [
    ("USD", 0.7), ("EUR", 0.2), ("GBP", 0.1),
  ]

  /// The campaigns' names, twenty a channel; two of them need quotes in a CSV file.
  static let campaigns = channels.flatMap { channel in
    (0..<20).map { number in
      switch number {
      case 3: "\"Q4 \(channel.name), EMEA\""
      case 7: "\"the \"\"\(channel.name)\"\" play\""
      default:
        "\(channel.name)_\(2023 + number % 3)_c" + String("0\(number)".suffix(2))
      }
    }
  }
}
