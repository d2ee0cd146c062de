/// The benchmark's question, prepared for one history under one journey rule.
///
/// What it answers and how stands in `Benchmarks/README.md`. Preparing goes through all leads once,
/// some at a time, and keeps 32 bytes of each; each answer goes through the leads of the channels
/// that are asked for.
public struct FunnelBenchmark: Sendable {
  private let names: BenchmarkNames
  private let parts: [Part]
  private let spend: [Spend]
  /// One more than the most days that a record's step took.
  private let lagCount: Int

  /// Some leads of a company, prepared.
  public struct Part: Sendable {
    fileprivate let records: BenchmarkRecords
    fileprivate let deals: [Deal]
    fileprivate let spend: [Spend]
  }

  /// A won deal of a lead that counts.
  fileprivate struct Deal: Sendable {
    var channel: Int
    var segment: Int
    var owner: Int
    var day: Int32
    /// In ten-thousandths of a dollar.
    var revenue: Int128
  }

  /// Money spent on a channel, in minor units; a span of several days counts on its first.
  fileprivate struct Spend: Sendable {
    var channel: Int
    var day: CivilDate
    var amount: Int64
  }

  /// The question of a company whose leads were prepared in parts.
  ///
  /// - Parameters:
  ///   - preparation: What prepared them.
  ///   - parts: The parts, in which each lead stands once.
  public init(_ preparation: Preparation, _ parts: [Part]) {
    names = preparation.names
    self.parts = parts
    spend = parts.flatMap(\.spend)
    lagCount = Int(parts.map(\.records.mostDays).max() ?? 0) + 1
  }

  /// Prepares the question for leads, some at a time.
  public struct Preparation: Sendable {
    fileprivate let names: BenchmarkNames
    private let texts: TextDictionaries

    /// - Parameter texts: What the codes of all parts stand for.
    public init(_ texts: TextDictionaries) {
      self.texts = texts
      names = BenchmarkNames(texts)
    }

    /// Prepares some leads of a history.
    ///
    /// - Parameters:
    ///   - history: What happened to the leads.
    ///   - journeys: The history under the question's rule, see `BenchmarkAsk.rule`.
    ///   - rows: Which of the journeys.
    ///   - isFirst: Whether the part answers for the history's spend.
    /// - Returns: The part.
    /// - Throws: `InputError` where the agreement has another path or other detours than the question;
    ///   what the store throws where events have still to be read.
    /// - Complexity: O(leads + their events + deals).
    public func part(
      _ history: CompanyHistory,
      _ journeys: Journeys,
      rows: Range<Int>,
      isFirst: Bool
    ) throws -> Part {
      let sources = try BenchmarkSources(history, journeys, rows: rows)
      return Part(
        records: BenchmarkRecords(sources, names),
        deals: deals(of: history, sources),
        spend: isFirst ? spend(of: history) : []
      )
    }

    private func deals(of history: CompanyHistory, _ sources: BenchmarkSources) -> [Deal] {
      let rates = (0..<UInt32(texts[.currency].count)).map { code in
        let name = texts[.currency][code]
        return BenchmarkAsk.rates[name.isEmpty ? history.agreement.currency : name].map {
          Int128($0)
        }
      }
      let (leads, range) = (sources.leads, sources.leadRange)
      return history.wonDeals.compactMap { deal in
        guard range.contains(deal.lead), deal.closed.isDated, let amount = deal.rawAmount,
          let rate = rates[Int(deal.currency)], sources.counts(deal.lead)
        else { return nil }
        return Deal(
          channel: Int(names.channels.ranks[Int(leads.channels[deal.lead])]),
          segment: Int(names.segments.ranks[Int(leads.segments[deal.lead])]),
          owner: Int(names.owners.ranks[Int(leads.owners[deal.lead])]),
          day: Int32(
            clamping: leads.created[deal.lead].instant.seconds.flooredDivision(by: 86_400)
          ),
          revenue: Int128(amount) * rate
        )
      }
    }

    private func spend(of history: CompanyHistory) -> [Spend] {
      history.spend.map { spend in
        Spend(
          channel: Int(names.channels.ranks[Int(spend.channel)]),
          day: spend.firstDay,
          amount: spend.amount
        )
      }
    }
  }

  /// The answer to a question.
  ///
  /// - Parameters:
  ///   - ask: The question; its rule must be the one that the journeys follow.
  ///   - threads: How many parts are worked on at once; makes no difference to the answer.
  /// - Returns: The three tables.
  /// - Complexity: O(leads of the channels asked for + cells + channels x days).
  public func answer(_ ask: BenchmarkAsk, threads: Int = 2) -> BenchmarkTables {
    let channels = channels(of: ask)
    let days = parts.compactMap(\.records.days)
    let (first, last) = (days.map(\.lowerBound).min() ?? 0, days.map(\.upperBound).max() ?? 0)
    let cohorts = BenchmarkCohorts(first...last, grain: ask.grain)
    let shape = BenchmarkShape(names, channels, cohorts, lagCount: lagCount)
    let ranges = ParallelRanges.divide(parts.count, into: threads)
    let scans = ParallelRanges.map(ranges) { BenchmarkScan(parts[$1].map(\.records), shape) }
    var sum = scans.first ?? BenchmarkScan([], shape)
    for scan in scans.dropFirst() { sum.add(scan) }
    let cellCounts = scans.map { Self.counts($0.cells) }
    let ownerCounts = scans.map { Self.counts($0.owners) }
    let cells = Self.counts(sum.cells)
    let owners = Self.counts(sum.owners)
    let cellQuantiles = BenchmarkValues(cells, cellCounts, ranges) { range, places in
      forEachPair(of: shape, in: range) { pair, records in
        let cell = pair * cohorts.starts.count
        for record in records { places.put(record, cell + cohorts.number(of: record.day)) }
      }
    }.quantiles(threads: threads)
    let ownerQuantiles = BenchmarkValues(owners, ownerCounts, ranges) { range, places in
      forEachPair(of: shape, in: range) { _, records in
        for record in records { places.put(record, Int(record.owner)) }
      }
    }.quantiles(threads: threads)
    var writer = BenchmarkWriter(shape, parts.flatMap(\.records.longSteps))
    for part in parts {
      // Of a lead without a journey there is no record either: its day may be outside all cohorts.
      for deal in part.deals where channels.contains(deal.channel) && cohorts.contains(deal.day) {
        writer.add(revenue: deal.revenue, deal.channel, deal.segment, deal.owner, deal.day)
      }
    }
    for spend in spend where channels.contains(spend.channel) {
      if let cohort = cohorts.number(of: spend.day, grain: ask.grain) {
        writer.add(spend: spend.amount, spend.channel, cohort)
      }
    }
    return BenchmarkTables(
      cells: writer.cells(cells, cellQuantiles),
      owners: writer.owners(owners, ownerQuantiles),
      outcomes: writer.outcomes(sum.outcomes)
    )
  }

  /// The ranks of the channels that count.
  private func channels(of ask: BenchmarkAsk) -> Range<Int> {
    guard let channel = ask.channel else { return 0..<names.channels.count }
    return names.channels.rank(of: channel).map { $0..<$0 + 1 } ?? 0..<0
  }

  /// The counts of each run of marks.
  private static func counts(_ marks: [UInt32]) -> [BenchmarkCounts] {
    stride(from: 0, to: marks.count, by: BenchmarkRecord.markCount).map {
      BenchmarkCounts(marks[$0..<$0 + BenchmarkRecord.markCount])
    }
  }

  /// The records of each channel and segment in some parts; pairs are counted from the first
  /// channel.
  private func forEachPair(
    of shape: BenchmarkShape,
    in range: Range<Int>,
    _ body: (Int, ArraySlice<BenchmarkRecord>) -> Void
  ) {
    for pair in 0..<shape.pairCount {
      for part in parts[range] {
        let records = part.records
        let first = shape.firstPair + pair
        body(pair, records.records[records.starts[first]..<records.starts[first + 1]])
      }
    }
  }
}
