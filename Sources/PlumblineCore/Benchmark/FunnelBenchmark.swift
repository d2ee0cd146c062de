/// The benchmark's question, prepared for one history under one journey rule.
///
/// What it answers and how stands in `Benchmarks/README.md`. Preparing goes through all leads once;
/// each answer goes through the leads of the channels that are asked for.
public struct FunnelBenchmark: Sendable {
  private let records: BenchmarkRecords
  private let deals: [Deal]
  private let spend: [Spend]

  /// A won deal of a lead that counts.
  private struct Deal: Sendable {
    var channel: Int
    var segment: Int
    var owner: Int
    var day: Int32
    /// In ten-thousandths of a dollar.
    var revenue: Int128
  }

  /// Money spent on a channel, in minor units; a span of several days counts on its first.
  private struct Spend: Sendable {
    var channel: Int
    var day: CivilDate
    var amount: Int64
  }

  /// Prepares the question.
  ///
  /// - Parameters:
  ///   - history: What happened to each lead.
  ///   - journeys: The history under the question's rule, see `BenchmarkAsk.rule`.
  ///   - threads: How many parts are worked on at once; makes no difference to any answer.
  /// - Throws: `InputError` where the agreement has another path or other detours than the question;
  ///   what the store throws where events have still to be read.
  /// - Complexity: O(leads + their events), and memory of 32 bytes a lead.
  public init(
    _ history: CompanyHistory,
    _ journeys: Journeys,
    threads: Int = 2
  ) throws {
    let sources = try BenchmarkSources(history, journeys)
    let records = BenchmarkRecords(sources, history.texts, threads: threads)
    self.records = records
    let rates = (0..<UInt32(history.texts[.currency].count)).map { code in
      let name = history.texts[.currency][code]
      return BenchmarkAsk.rates[name.isEmpty ? history.agreement.currency : name].map { Int128($0) }
    }
    deals = history.wonDeals.compactMap { deal in
      guard deal.closed.isDated, let amount = deal.rawAmount, let rate = rates[Int(deal.currency)],
        sources.counts(deal.lead)
      else { return nil }
      let leads = sources.leads
      let channel = records.channels.ranks[Int(leads.channels[deal.lead])]
      let segment = records.segments.ranks[Int(leads.segments[deal.lead])]
      let owner = records.owners.ranks[Int(leads.owners[deal.lead])]
      // Of a lead without a journey there is no record either.
      guard min(channel, segment, owner) >= 0 else { return nil }
      return Deal(
        channel: Int(channel),
        segment: Int(segment),
        owner: Int(owner),
        day: Int32(
          clamping: leads.created[deal.lead].instant.seconds.flooredDivision(by: 86_400)
        ),
        revenue: Int128(amount) * rate
      )
    }
    spend = history.spend.compactMap { spend in
      let channel = Int(records.channels.ranks[Int(spend.channel)])
      return channel < 0 ? nil : Spend(channel: channel, day: spend.firstDay, amount: spend.amount)
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
    let segments = records.segments.count
    let cohorts = BenchmarkCohorts(records.days, grain: ask.grain)
    let range =
      records.starts[
        channels.lowerBound * segments
      ]..<records.starts[channels.upperBound * segments]
    let ranges = ParallelRanges.divide(range.count, into: threads).map {
      range.lowerBound + $0.lowerBound..<range.lowerBound + $0.upperBound
    }
    let scans = ParallelRanges.map(ranges) {
      BenchmarkScan($1, records, channels: channels, cohorts: cohorts)
    }
    var sum =
      scans.first ?? BenchmarkScan(0..<0, records, channels: channels, cohorts: cohorts)
    for scan in scans.dropFirst() { sum.add(scan) }
    let cellCounts = scans.map { Self.counts($0.cells) }
    let ownerCounts = scans.map { Self.counts($0.owners) }
    let cells = Self.counts(sum.cells)
    let owners = Self.counts(sum.owners)
    let cellQuantiles = BenchmarkValues(cells, cellCounts, ranges) { range, places in
      forEachPair(of: channels, in: range) { pair, positions in
        let cell = pair * cohorts.starts.count
        for position in positions {
          let record = records.records[position]
          places.put(record, cell + cohorts.number(of: record.day))
        }
      }
    }.quantiles(threads: threads)
    let ownerQuantiles = BenchmarkValues(owners, ownerCounts, ranges) { range, places in
      for position in range {
        let record = records.records[position]
        places.put(record, Int(record.owner))
      }
    }.quantiles(threads: threads)
    var writer = BenchmarkWriter(records, cohorts, channels: channels)
    for deal in deals where channels.contains(deal.channel) {
      writer.add(revenue: deal.revenue, deal.channel, deal.segment, deal.owner, deal.day)
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
    guard let channel = ask.channel else { return 0..<records.channels.count }
    return records.channels.rank(of: channel).map { $0..<$0 + 1 } ?? 0..<0
  }

  /// The counts of each run of marks.
  private static func counts(_ marks: [UInt32]) -> [BenchmarkCounts] {
    stride(from: 0, to: marks.count, by: BenchmarkRecord.markCount).map {
      BenchmarkCounts(marks[$0..<$0 + BenchmarkRecord.markCount])
    }
  }

  /// The positions of each channel and segment that lie in a range; pairs are counted from the
  /// first channel.
  private func forEachPair(
    of channels: Range<Int>,
    in range: Range<Int>,
    _ body: (Int, Range<Int>) -> Void
  ) {
    let segments = records.segments.count
    let first = channels.lowerBound * segments
    for pair in first..<channels.upperBound * segments {
      let part = range.clamped(to: records.starts[pair]..<records.starts[pair + 1])
      if !part.isEmpty { body(pair - first, part) }
    }
  }
}
