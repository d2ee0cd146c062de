public import PlumblineStatistics

/// How many leads of a period are known to be so, known not to be, or not known.
public struct KnownShare: Hashable, Sendable {
  /// Leads that are.
  public var yes = 0
  /// Leads that are not.
  public var no = 0
  /// Leads of which it is not on record.
  public var unknown = 0

  /// None of either.
  public init() {}

  /// As many as are so, are not, or are not known.
  init(_ answers: [Bool?]) {
    for answer in answers { add(answer) }
  }

  /// All of them.
  public var total: Int { yes + no + unknown }

  /// The share of all that it is at least and at most, whatever the unknown ones are; nil without
  /// any.
  public var bounds: ClosedRange<Double>? {
    total > 0 ? Double(yes) / Double(total)...Double(yes + unknown) / Double(total) : nil
  }

  /// The share of those known; nil where none is.
  public var shareOfKnown: Double? { yes + no > 0 ? Double(yes) / Double(yes + no) : nil }

  /// The Wilson interval of the share of those known.
  public var interval: ConfidenceInterval {
    .wilson(successes: Double(yes), trials: Double(yes + no))
  }

  private mutating func add(_ answer: Bool?) {
    switch answer {
    case true?: yes += 1
    case false?: no += 1
    case nil: unknown += 1
    }
  }
}

/// What marketing delivered in one period.
public struct MarketingPeriod: Sendable {
  /// The period's local days.
  public var days: ClosedRange<CivilDate>
  /// Whether it is over.
  public var isOver: Bool
  /// Whether leads are on record from its first day on; else it may have had more.
  public var isWhole: Bool
  /// Leads that reached the stage that hands them to sales in it, each once: dense numbers.
  public var leads: [Int]
  /// How many were promised; nil where the version in force spoke of another kind of period.
  public var promised: Int?
  /// Whether each of `leads` fits the ideal customer, nil where that is not known; nil where no
  /// criterion is agreed.
  public var isIdeal: [Bool?]?
  /// Whether each of `leads` has every qualifying factor filled in by marketing, nil where a value is
  /// there and nobody knows whose it is; nil where no factor is agreed.
  public var hasFactors: [Bool?]?

  /// Leads that fit the ideal customer; nil where no criterion is agreed.
  ///
  /// - Complexity: O(leads).
  public var ideal: KnownShare? { isIdeal.map(KnownShare.init) }
  /// Leads with every qualifying factor filled in by marketing; nil where no factor is agreed.
  ///
  /// - Complexity: O(leads).
  public var factors: KnownShare? { hasFactors.map(KnownShare.init) }
}

/// Where a running period will end.
public struct MarketingForecast: Sendable {
  /// How many there will be at its end; nil when too few past weeks are on record.
  public var forecast: CountForecast?
  /// The past whole weeks that it was made from.
  public var weeks: [Int]
  /// How many there should be by now, going by which days of the week leads came before.
  public var due: Double
  /// The chance of as many as promised, or more; nil without a forecast.
  public var chance: Double?
}

/// Marketing's side: the leads delivered.
public struct MarketingSide: Sendable {
  /// What was promised.
  public var promise: MarketingSLA
  /// The kind of period that is counted.
  public var period: MarketingSLA.Period
  /// The running period and those before, newest first.
  public var periods: [MarketingPeriod]
  /// Where the running period will end; nil when no number was promised.
  public var forecast: MarketingForecast?
  /// Hand-offs without a date; in no period.
  public var undated: Int

  /// Leaves only what was delivered, for leads that are not all there are.
  mutating func forgetPromise() {
    promise = MarketingSLA()
    forecast = nil
    for index in periods.indices { periods[index].promised = nil }
  }
}
