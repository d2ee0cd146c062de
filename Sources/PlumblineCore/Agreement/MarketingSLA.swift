/// What marketing promised sales.
public struct MarketingSLA: Hashable, Sendable {
  /// A span of the calendar.
  public enum Period: String, Sendable, CaseIterable, Codable {
    case week, month, quarter
  }

  /// How many leads.
  public struct Volume: Hashable, Sendable {
    /// How many at least, above 0.
    public var count: Int
    /// In each of which period.
    public var period: Period

    /// A volume.
    public init(count: Int, period: Period) {
      self.count = count
      self.period = period
    }
  }

  /// How many leads reach the stage that hands them to sales; nil where that is not agreed.
  public var qualifiedLeads: Volume?
  /// The share of them that fits the ideal customer, 0...1; nil where that is not agreed.
  public var shareInIdealCustomer: Double?
  /// The share of them with every qualifying factor filled in by marketing, 0...1; nil where that is
  /// not agreed.
  public var shareWithFactors: Double?

  /// What marketing promised.
  public init(
    qualifiedLeads: Volume? = nil,
    shareInIdealCustomer: Double? = nil,
    shareWithFactors: Double? = nil
  ) {
    self.qualifiedLeads = qualifiedLeads
    self.shareInIdealCustomer = shareInIdealCustomer
    self.shareWithFactors = shareWithFactors
  }

  /// Whether anything was promised.
  public var isEmpty: Bool {
    qualifiedLeads == nil && shareInIdealCustomer == nil && shareWithFactors == nil
  }
}

/// Something sales may say of a lead that it was given.
public struct DispositionReason: Hashable, Sendable {
  /// What a reason amounts to.
  public enum Outcome: String, Sendable, CaseIterable, Codable {
    case accepted, rejected, recycled
  }

  /// The word used in files and answers.
  public var id: String
  /// What it means, in a sentence.
  public var meaning: String
  /// What it amounts to.
  public var outcome: Outcome
  /// Other words that the data uses for it.
  public var aliases: [String]
  /// Whether the CRM fills it in by itself, so that it says nothing until somebody changes it.
  public var isDefault: Bool

  /// A reason.
  public init(
    id: String,
    meaning: String = "",
    outcome: Outcome,
    aliases: [String] = [],
    isDefault: Bool = false
  ) {
    self.id = id
    self.meaning = meaning
    self.outcome = outcome
    self.aliases = aliases
    self.isDefault = isDefault
  }

  /// What sales may say when an agreement does not list it.
  public static let usual: [DispositionReason] = [
    DispositionReason(id: "accepted", meaning: "worth working", outcome: .accepted),
    DispositionReason(id: "not_now", meaning: "a fit, but later", outcome: .recycled),
    DispositionReason(id: "no_answer", meaning: "never answered", outcome: .recycled),
    DispositionReason(id: "no_fit", meaning: "not an ideal customer", outcome: .rejected),
    DispositionReason(id: "no_need", meaning: "has no such problem", outcome: .rejected),
    DispositionReason(id: "no_budget", meaning: "cannot pay for it", outcome: .rejected),
    DispositionReason(id: "no_authority", meaning: "cannot decide it", outcome: .rejected),
    DispositionReason(id: "competitor", meaning: "chose somebody else", outcome: .rejected),
    DispositionReason(id: "duplicate", meaning: "is another lead already", outcome: .rejected),
    DispositionReason(id: "bad_data", meaning: "cannot be reached at all", outcome: .rejected),
  ]
}
