/// The benchmark's question, prepared for one history under one journey rule.
///
/// What it answers and how stands in `Benchmarks/README.md`. Preparing goes through all leads once,
/// some at a time, and keeps 32 bytes of each; each answer goes through the leads of the channels
/// that are asked for. Where only one question will be asked, leads are counted as they come, and
/// nothing but counts and the values behind medians is kept.
public struct FunnelBenchmark: Sendable {
  private let names: BenchmarkNames
  private let parts: [Part]

  /// Some leads of a company, prepared.
  public struct Part: Sendable {
    fileprivate let leads: Leads
    fileprivate let deals: [Deal]
    fileprivate let spend: [Spend]
  }

  fileprivate enum Leads: Sendable {
    case records(BenchmarkRecords)
    case digest(BenchmarkDigest?)
  }

  /// A won deal of a lead that counts.
  fileprivate struct Deal: Sendable {
    var channel: Int32
    var segment: Int32
    var owner: Int32
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
  }

  /// Prepares the question for leads, some at a time.
  public struct Preparation: Sendable {
    fileprivate let names: BenchmarkNames
    private let texts: TextDictionaries
    private let onlyAsk: BenchmarkAsk?

    /// - Parameters:
    ///   - texts: What the codes of all parts stand for.
    ///   - onlyAsk: The only question that will be asked; nil where it is not known.
    public init(_ texts: TextDictionaries, for onlyAsk: BenchmarkAsk? = nil) {
      self.texts = texts
      self.onlyAsk = onlyAsk
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
      let records = BenchmarkRecords(sources, names)
      return Part(
        leads: onlyAsk.map { .digest(BenchmarkDigest(records, $0, names)) } ?? .records(records),
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
          channel: names.channels.ranks[Int(leads.channels[deal.lead])],
          segment: names.segments.ranks[Int(leads.segments[deal.lead])],
          owner: names.owners.ranks[Int(leads.owners[deal.lead])],
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
  ///   - ask: The question; its rule must be the one that the journeys follow, and itself the one
  ///     that the parts were prepared for, if they were for only one.
  ///   - threads: How many parts are worked on at once; makes no difference to the answer.
  /// - Returns: The three tables.
  /// - Complexity: O(leads of the channels asked for + cells + channels x days).
  public func answer(_ ask: BenchmarkAsk, threads: Int = 2) -> BenchmarkTables {
    let ranges = ParallelRanges.divide(parts.count, into: threads)
    let digests = ParallelRanges.map(ranges) { _, range in
      parts[range].compactMap { part -> BenchmarkDigest? in
        switch part.leads {
        case .records(let records): BenchmarkDigest(records, ask, names)
        case .digest(let digest): digest
        }
      }
    }.flatMap { $0 }
    let sum = BenchmarkSum(digests, ask, names)
    let (channels, cohorts) = (sum.shape.channels, sum.shape.cohorts)
    var writer = BenchmarkWriter(sum.shape, digests.flatMap(\.longSteps))
    for part in parts {
      // Of a lead without a journey there is no record either: its day may be outside all cohorts.
      for deal in part.deals where channels.contains(Int(deal.channel)) {
        guard cohorts.contains(deal.day) else { continue }
        writer.add(
          revenue: deal.revenue,
          Int(deal.channel),
          Int(deal.segment),
          Int(deal.owner),
          deal.day
        )
      }
      for spend in part.spend where channels.contains(spend.channel) {
        if let cohort = cohorts.number(of: spend.day, grain: ask.grain) {
          writer.add(spend: spend.amount, spend.channel, cohort)
        }
      }
    }
    return BenchmarkTables(
      cells: writer.cells(sum.cells, sum.cellQuantiles(threads: threads)),
      owners: writer.owners(sum.owners, sum.ownerQuantiles(threads: threads)),
      outcomes: writer.outcomes(sum.outcomes)
    )
  }
}
