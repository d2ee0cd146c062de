import PlumblineStatistics

extension BenchmarkCompany {
  /// Writes a file of the first export, or of the second.
  ///
  /// - Parameters:
  ///   - file: Which file.
  ///   - isDelta: Whether it is the second export's.
  ///   - sink: Takes the bytes, a piece at a time.
  /// - Throws: What `sink` throws.
  /// - Complexity: O(rows log rows), and memory of 8 bytes a row.
  public func write(
    _ file: File,
    isDelta: Bool = false,
    to sink: (borrowing [UInt8]) throws -> Void
  ) rethrows {
    switch file {
    case .leads: try writeLeads(isDelta ? newLeads : leads, to: sink)
    case .events: try writeEvents(isDelta ? newEvents() : packedEvents(), to: sink)
    case .touches: try writeTouches(isDelta ? newTouches() : packedTouches(), to: sink)
    case .deals: try writeDeals(isDelta ? newDeals() : allDeals(), to: sink)
    case .spend: try writeSpend(isDelta: isDelta, to: sink)
    case .rates:
      try sink(Array("from,to,day,rate\nEUR,USD,2020-01-01,1.08\nGBP,USD,2020-01-01,1.27\n".utf8))
    }
  }

  /// The files of an export, in alphabetical order; the second has no rates, for they hold on.
  public static func files(isDelta: Bool) -> [File] {
    File.allCases.filter { !isDelta || $0 != .rates }.sorted { $0.rawValue < $1.rawValue }
  }

  // MARK: Rows in order of time

  /// A row as one word that sorts by time: seconds, lead, and what happened.
  private static func packed(_ at: Int64, _ lead: Int, _ rest: Int) -> UInt64 {
    UInt64(at - origin) << 36 | UInt64(lead) << 11 | UInt64(rest)
  }

  private static let origin = firstSecond - earliestSlip

  private func at(_ row: UInt64) -> Int64 { Int64(row >> 36) + Self.origin }

  /// The id of the lead of a row; of one row in a thousand one that nobody knows.
  private func leadID(_ row: UInt64, _ position: Int, _ salt: UInt64) -> Int64 {
    let number = Int(row >> 11 & 0x1FF_FFFF)
    let word = Self.chance(seed, salt, position)
    if word % 1000 == 0 { return 10_000_000_000 + Int64(word >> 20 % 1_000_000_000) }
    return number < leads.count ? leads[number].id : newLeads[number - leads.count].id
  }

  /// A word that depends on a row's place alone.
  private static func chance(_ seed: UInt64, _ salt: UInt64, _ position: Int) -> UInt64 {
    TextDictionary.mix(
      TextDictionary.mix(seed ^ Stream.orphans.rawValue &+ salt) ^ UInt64(position)
    )
  }

  private func packedEvents() -> [UInt64] {
    var rows: [UInt64] = []
    rows.reserveCapacity(leads.count * 4)
    for number in leads.indices {
      for event in story(of: number).events {
        rows.append(Self.packed(event.at, number, event.stage))
      }
    }
    rows.sort()
    return rows
  }

  private func packedTouches() -> [UInt64] {
    var rows: [UInt64] = []
    rows.reserveCapacity(leads.count * 7)
    for number in leads.indices {
      for touch in touches(of: number, events: story(of: number).events.count) {
        rows.append(Self.packed(touch.at, number, touch.kind << 8 | touch.owner + 1))
      }
    }
    rows.sort()
    return rows
  }

  private func allDeals() -> [Deal] {
    var deals: [Deal] = []
    for number in leads.indices { deals += self.deals(of: number, story(of: number)) }
    for position in deals.indices {
      let word = Self.chance(seed, 3, position)
      if word % 1000 == 0 {
        deals[position].leadID = 10_000_000_000 + Int64(word >> 30) % 1_000_000
      }
    }
    return Self.inOrder(deals)
  }

  /// Deals by the day they closed, open ones last.
  private static func inOrder(_ deals: [Deal]) -> [Deal] {
    deals.enumerated().sorted {
      ($0.element.closed ?? .max, $0.offset) < ($1.element.closed ?? .max, $1.offset)
    }.map(\.element)
  }

  // MARK: The second export

  /// The number of a lead of the second export's events: mostly one of the last fifth.
  private func recentLead(_ random: inout SeededGenerator) -> Int {
    let recent = min(leads.count, max(leads.count / 5, 1000))
    return leads.count - recent + random.integer(below: recent)
  }

  private func newEvents() -> [UInt64] {
    var random = Self.generator(seed, .newEvents, 0)
    let weights = [0.2, 0.18, 0.14, 0.1, 0.08, 0.06, 0.16, 0.08]
    return (0..<6000).map { index in
      let lead =
        index < 5600
        ? recentLead(&random) : leads.count + random.integer(below: newLeads.count)
      var at = Self.exportSecond + Int64(random.next() % 86_400)
      // Some arrive late.
      if random.chance(0.05) { at -= Int64(random.next() % (30 * 86_400)) }
      return Self.packed(at, lead, 1 + random.choice(weights: weights))
    }.sorted()
  }

  private func newTouches() -> [UInt64] {
    var random = Self.generator(seed, .newTouches, 0)
    return (0..<3600).map { index in
      let lead =
        index < 3000
        ? recentLead(&random) : leads.count + random.integer(below: newLeads.count)
      let at = Self.exportSecond + Int64(random.next() % 86_400)
      let kind = random.choice(weights: Self.touchWeights)
      let owner =
        random.chance(0.35) ? 0 : 1 + random.integer(below: BenchmarkMarket.ownerCount)
      return Self.packed(at, lead, kind << 8 | owner)
    }.sorted()
  }

  private func newDeals() -> [Deal] {
    var random = Self.generator(seed, .newDeals, 0)
    return Self.inOrder(
      (0..<400).map { _ in
        let amount = random.logNormal(median: 900_000, logStandardDeviation: 0.9)
        var deal = Deal(
          leadID: leads[recentLead(&random)].id,
          cents: Int64(amount.rounded()),
          currency: random.choice(weights: Self.currencyWeights)
        )
        let outcome = random.choice(weights: [0.3, 0.3, 0.4])
        if outcome > 0 {
          deal.closed = Self.exportSecond + Int64(random.next() % 86_400)
          deal.isWon = outcome == 2
        }
        return deal
      }
    )
  }

  // MARK: Text

  private func writeLeads(
    _ leads: [Lead],
    to sink: (borrowing [UInt8]) throws -> Void
  ) rethrows {
    var text = BenchmarkRows("id,created_at,channel,campaign,segment,owner")
    let channels = BenchmarkMarket.channels.map { Array($0.name.utf8) }
    let segments = BenchmarkMarket.segments.map { Array($0.name.utf8) }
    let campaigns = BenchmarkMarket.campaigns.map { Array($0.utf8) }
    let owners = [[]] + BenchmarkMarket.owners.map { Array($0.utf8) }
    for lead in leads {
      text.begin(lead.id)
      text.add(time: lead.created)
      text.add(channels[Int(lead.channel)])
      text.add(campaigns[Int(lead.campaign)])
      text.add(segments[Int(lead.segment)])
      text.add(owners[Int(lead.owner) + 1])
      try text.end(sink)
    }
    try text.finish(sink)
  }

  private func writeEvents(
    _ rows: [UInt64],
    to sink: (borrowing [UInt8]) throws -> Void
  ) rethrows {
    var text = BenchmarkRows("lead_id,stage,at")
    let stages = BenchmarkMarket.stages.map { Array($0.utf8) }
    for (position, row) in rows.enumerated() {
      text.begin(leadID(row, position, 1))
      text.add(stages[Int(row & 0x7FF) - 1])
      text.add(time: at(row))
      try text.end(sink)
    }
    try text.finish(sink)
  }

  private func writeTouches(
    _ rows: [UInt64],
    to sink: (borrowing [UInt8]) throws -> Void
  ) rethrows {
    var text = BenchmarkRows("lead_id,kind,at,by")
    let kinds = BenchmarkMarket.touchKinds.map { Array($0.name.utf8) }
    let people = ([BenchmarkMarket.machine] + BenchmarkMarket.owners).map { Array($0.utf8) }
    for (position, row) in rows.enumerated() {
      text.begin(leadID(row, position, 2))
      text.add(kinds[Int(row >> 8 & 7)])
      text.add(time: at(row))
      text.add(people[Int(row & 0xFF)])
      try text.end(sink)
    }
    try text.finish(sink)
  }

  private func writeDeals(
    _ deals: [Deal],
    to sink: (borrowing [UInt8]) throws -> Void
  ) rethrows {
    var text = BenchmarkRows("lead_id,amount,currency,closed_at,won")
    let currencies = BenchmarkMarket.currencies.map { Array($0.name.utf8) }
    for deal in deals {
      text.begin(deal.leadID)
      text.add(cents: deal.cents)
      text.add(currencies[deal.currency])
      if let closed = deal.closed {
        text.add(time: closed)
        text.add(Array((deal.isWon ? "true" : "false").utf8))
      } else {
        text.add([])
        text.add([])
      }
      try text.end(sink)
    }
    try text.finish(sink)
  }

  private func writeSpend(
    isDelta: Bool,
    to sink: (borrowing [UInt8]) throws -> Void
  ) rethrows {
    var random = Self.generator(seed, isDelta ? .newSpend : .spend, 0)
    let seconds =
      isDelta ? Self.exportSecond..<Self.deltaSecond : Self.firstSecond..<Self.exportSecond
    var text = BenchmarkRows("channel,day,amount")
    let median = 200 * Double(leads.count) / 730
    for channel in BenchmarkMarket.channels where channel.isPaid {
      for second in stride(from: seconds.lowerBound, to: seconds.upperBound, by: 86_400) {
        let cents = random.logNormal(median: median, logStandardDeviation: 0.3)
        text.begin(Array(channel.name.utf8))
        text.add(day: second)
        text.add(cents: Int64(cents.rounded()))
        try text.end(sink)
      }
    }
    try text.finish(sink)
  }
}

/// Rows of CSV on their way to a file.
struct BenchmarkRows {
  private var bytes: [UInt8] = []
  private var day: Int64 = .min
  private var dayText: [UInt8] = []

  init(_ header: String) {
    bytes.reserveCapacity(Self.piece + 4096)
    bytes += header.utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  private static let piece = 1 << 20

  mutating func begin(_ id: Int64) { append(id) }

  mutating func begin(_ name: [UInt8]) { bytes += name }

  mutating func add(_ name: [UInt8]) {
    bytes.append(UInt8(ascii: ","))
    bytes += name
  }

  /// Adds the day of a second, `2025-06-30`.
  mutating func add(day second: Int64) {
    let day = second.flooredDivision(by: 86_400)
    if day != self.day {
      self.day = day
      dayText = Array(CivilDate(dayNumber: Int(day)).description.utf8)
    }
    add(dayText)
  }

  /// Adds a time, `2025-06-30 23:59:59`.
  mutating func add(time second: Int64) {
    add(day: second)
    let rest = second - day * 86_400
    for (separator, part) in [(" ", rest / 3600), (":", rest / 60 % 60), (":", rest % 60)]
      as [(Unicode.Scalar, Int64)]
    {
      bytes.append(UInt8(ascii: separator))
      append(twoDigits: part)
    }
  }

  /// Adds an amount with two decimals.
  mutating func add(cents: Int64) {
    bytes.append(UInt8(ascii: ","))
    append(cents / 100)
    bytes.append(UInt8(ascii: "."))
    append(twoDigits: cents % 100)
  }

  mutating func end(_ sink: (borrowing [UInt8]) throws -> Void) rethrows {
    bytes.append(UInt8(ascii: "\n"))
    if bytes.count >= Self.piece { try finish(sink) }
  }

  mutating func finish(_ sink: (borrowing [UInt8]) throws -> Void) rethrows {
    guard !bytes.isEmpty else { return }
    try sink(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  private mutating func append(twoDigits number: Int64) {
    bytes.append(UInt8(ascii: "0") + UInt8(number / 10))
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  /// Adds a number of at least 0.
  private mutating func append(_ number: Int64) {
    if number >= 10 { append(number / 10) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}
