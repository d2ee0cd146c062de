extension ExampleCompany {
  /// A channel of the example company with everything in which channels differ.
  public struct Channel: Hashable, Sendable {
    /// The name that the agreement gives it.
    public var name: String
    /// Its share of all leads.
    public var leadShare: Double
    /// The probability that a booked meeting takes place.
    public var showUp: Double
    /// The probability that a meeting held becomes, in the end, a won deal.
    public var close: Double
    /// What a booked meeting costs in advertising, in euros; nil for a channel without advertising.
    public var costPerMeetingBooked: Double?
    /// Names of its campaigns and their shares of its leads.
    public var campaigns: [Campaign]
  }

  /// A campaign of a paid channel.
  public struct Campaign: Hashable, Sendable {
    /// Its name in the ad manager and in the CRM.
    public var name: String
    /// Its share of its channel's leads.
    public var share: Double
  }

  /// The truth: Meta's show-up and close are low, its meetings cheap; nothing else differs.
  public static let channels = [
    Channel(
      name: "Google Ads",
      leadShare: 0.22,
      showUp: 0.8,
      close: 0.46,
      costPerMeetingBooked: 900,
      campaigns: [
        Campaign(name: "Product search", share: 0.5), Campaign(name: "Brand search", share: 0.3),
        Campaign(name: "Competitor search", share: 0.2),
      ]
    ),
    Channel(
      name: "LinkedIn",
      leadShare: 0.14,
      showUp: 0.8,
      close: 0.46,
      costPerMeetingBooked: 1250,
      campaigns: [
        Campaign(name: "Decision makers DACH", share: 0.6),
        Campaign(name: "Conversation ads", share: 0.4),
      ]
    ),
    Channel(
      name: "Meta",
      leadShare: 0.28,
      showUp: 0.5,
      close: 0.15,
      costPerMeetingBooked: 600,
      campaigns: [
        Campaign(name: "Lead form DE", share: 0.5), Campaign(name: "Lookalike DE", share: 0.3),
        Campaign(name: "Retargeting", share: 0.2),
      ]
    ),
    Channel(
      name: "Organic search",
      leadShare: 0.16,
      showUp: 0.8,
      close: 0.46,
      costPerMeetingBooked: nil,
      campaigns: []
    ),
    Channel(
      name: "Referral",
      leadShare: 0.10,
      showUp: 0.8,
      close: 0.46,
      costPerMeetingBooked: nil,
      campaigns: []
    ),
    Channel(
      name: "Webinar",
      leadShare: 0.10,
      showUp: 0.8,
      close: 0.46,
      costPerMeetingBooked: nil,
      campaigns: []
    ),
  ]

  /// The position of the one channel that leaks.
  public static let leakingChannel = 2

  /// A company-size segment; segments differ in the size of deals and in nothing else.
  public struct Segment: Hashable, Sendable {
    /// The segment's name.
    public var name: String
    /// Its share of all leads, the same in each channel.
    public var leadShare: Double
    /// The mean of its deals, in euros.
    public var meanDeal: Double
  }

  /// The segments; together their deals are about 9,000 euros on average.
  public static let segments = [
    Segment(name: "Small", leadShare: 0.50, meanDeal: 5000),
    Segment(name: "Medium", leadShare: 0.35, meanDeal: 9500),
    Segment(name: "Large", leadShare: 0.15, meanDeal: 21_000),
  ]

  /// Probabilities that hold for every channel, segment and rep alike.
  public enum Rates {
    /// From lead to MQL.
    public static let marketingQualified = 0.60
    /// From MQL to SQL.
    public static let salesQualified = 0.65
    /// From SQL to a booked meeting.
    public static let meetingBooked = 0.75
    /// From a meeting held to an opportunity.
    public static let opportunity = 0.90
    /// From recycled to a second episode.
    public static let comesBack = 0.20
    /// The share of leads whose channel nobody recorded.
    public static let channelMissing = 0.01
    /// The share of leads whose owner nobody recorded.
    public static let ownerMissing = 0.01
    /// The share of past meetings whose outcome nobody recorded.
    public static let outcomeMissing = 0.04
    /// The share of deals that name no contact.
    public static let contactMissing = 0.005
    /// The share of lines of the stage history that the export repeats.
    public static let lineRepeated = 0.005
  }

  /// How busy a day is beside others: weekends are quiet, the year grows by three tenths.
  static func weight(of day: CivilDate) -> Double {
    let weekday = [1.15, 1.15, 1.1, 1.1, 1.0, 0.4, 0.45][day.weekday]
    let span = Double(lastDay.dayNumber - firstDay.dayNumber)
    return weekday * (1 + 0.3 * Double(day.dayNumber - firstDay.dayNumber) / span)
  }

  /// No day's weight is greater.
  static let greatestWeight = 1.5

  /// A campaign that stood still around the turn of the year, so that its export has days without
  /// a figure.
  static func isPaused(_ campaign: Campaign, on day: CivilDate) -> Bool {
    // 2025-12-22 to 2026-01-04
    campaign.name == "Competitor search" && (20_444...20_457).contains(day.dayNumber)
  }
}
