/// A ledger read under one agreement: what happened to each lead, and the money.
///
/// The last place that sees single events. Times after `asOf` are left out, channels carry their
/// agreed names, amounts are in the agreement's currency.
public struct CompanyHistory: Sendable {
  /// One entry a lead, at its dense number.
  public struct Leads: Sendable {
    /// Codes in the ledger's lead dictionary.
    public var ids: [UInt32] = []
    /// When each came into being; `undated` where nobody said.
    public var created: [TimePoint] = []
    /// Codes in the channel dictionary, 0 where nobody said.
    public var channels: [UInt32] = []
    /// Codes in the campaign dictionary.
    public var campaigns: [UInt32] = []
    /// Codes in the segment dictionary.
    public var segments: [UInt32] = []
    /// Codes in the owner dictionary.
    public var owners: [UInt32] = []
    /// Scores at the hand-off to sales; `FactColumn.noNumber` where nobody said.
    public var scoresAtHandOff: [Int64] = []
    /// When a person first tried to reach each lead, not before it was created; `missing` where
    /// nobody did.
    public var firstAttempts: [TimePoint] = []
  }

  /// What happened, a list a lead in order of time; `range(of:)` says where a list stands.
  public struct Events: Sendable {
    /// Where each lead's list begins; one more than there are leads.
    public var starts: [Int] = [0]
    /// When.
    public var times: [TimePoint] = []
    /// What, see `EventCode`.
    public var codes: [EventCode] = []

    /// No events of no lead.
    public init() {}

    /// Events as lists; `starts` begins with 0, never falls and ends with the count of the others.
    package init(starts: [Int], times: [TimePoint], codes: [EventCode]) {
      self.starts = starts
      self.times = times
      self.codes = codes
    }

    /// The positions of a lead's events.
    public func range(of lead: Int) -> Range<Int> { starts[lead]..<starts[lead + 1] }
  }

  /// A meeting of a lead.
  public struct Meeting: Sendable {
    /// What came of a meeting.
    public enum Outcome: UInt8, Sendable, CaseIterable {
      case held, noShow, cancelled, rescheduled
      /// Its time has passed and nobody recorded what happened.
      case unconfirmed
      /// Its time has not come.
      case upcoming
    }
    /// The lead's dense number.
    public var lead: Int
    /// When it was booked, or starts if nobody recorded the booking.
    public var booked: TimePoint
    /// When it starts, or was booked if nobody recorded the start.
    public var starts: TimePoint
    /// What came of it.
    public var outcome: Outcome

    package init(lead: Int, booked: TimePoint, starts: TimePoint, outcome: Outcome) {
      self.lead = lead
      self.booked = booked
      self.starts = starts
      self.outcome = outcome
    }
  }

  /// A deal that was won.
  public struct WonDeal: Sendable {
    /// The lead's dense number.
    public var lead: Int
    /// When it was won.
    public var closed: TimePoint
    /// Minor units of the agreement's currency; nil when there is no amount or no rate.
    public var amount: Int64?
    /// Minor units of the deal's own currency, as recorded; nil when there is no amount.
    public var rawAmount: Int64?
    /// The deal's own currency: a code in the currency dictionary, 0 where nobody said.
    public var currency: UInt32

    package init(
      lead: Int,
      closed: TimePoint,
      amount: Int64?,
      rawAmount: Int64?,
      currency: UInt32
    ) {
      self.lead = lead
      self.closed = closed
      self.amount = amount
      self.rawAmount = rawAmount
      self.currency = currency
    }
  }

  /// Money spent on a channel over a span of days.
  public struct Spend: Sendable {
    /// The channel's code, 0 where nobody said.
    public var channel: UInt32
    /// The campaign's code.
    public var campaign: UInt32
    /// The first day.
    public var firstDay: CivilDate
    /// The last day.
    public var lastDay: CivilDate
    /// Minor units of the agreement's currency.
    public var amount: Int64

    package init(
      channel: UInt32,
      campaign: UInt32,
      firstDay: CivilDate,
      lastDay: CivilDate,
      amount: Int64
    ) {
      self.channel = channel
      self.campaign = campaign
      self.firstDay = firstDay
      self.lastDay = lastDay
      self.amount = amount
    }
  }

  /// Activities as columns, each as long as the others.
  public struct Activities: Sendable, RandomAccessCollection {
    /// The leads' dense numbers.
    public var leads: [Int32] = []
    /// When.
    public var times: [TimePoint] = []
    /// Who did it: codes in the owner dictionary, 0 where nobody said.
    public var owners: [UInt32] = []
    /// What is known of each, see `Activity`.
    public var marks: [Marks] = []

    /// What is known of an activity besides who did it when.
    public struct Marks: OptionSet, Hashable, Sendable {
      /// The bits.
      public let rawValue: UInt8

      /// Marks from their bits.
      public init(rawValue: UInt8) { self.rawValue = rawValue }

      /// A machine did it.
      public static let automated = Marks(rawValue: 1)
      /// It was an attempt to reach the lead.
      public static let attempt = Marks(rawValue: 2)
      /// The lead was reached.
      public static let reached = Marks(rawValue: 4)
    }

    /// No activities.
    public init() {}

    /// Appends one.
    mutating func append(_ activity: Activity) {
      leads.append(Int32(activity.lead))
      times.append(activity.time)
      owners.append(activity.owner)
      var marks: Marks = []
      if activity.isAutomated { marks.insert(.automated) }
      if activity.isAttempt { marks.insert(.attempt) }
      if activity.isReached { marks.insert(.reached) }
      self.marks.append(marks)
    }

    /// The first position.
    public var startIndex: Int { 0 }
    /// The position behind the last.
    public var endIndex: Int { leads.count }

    /// One activity.
    public subscript(position: Int) -> Activity {
      Activity(
        lead: Int(leads[position]),
        time: times[position],
        owner: owners[position],
        isAutomated: marks[position].contains(.automated),
        isAttempt: marks[position].contains(.attempt),
        isReached: marks[position].contains(.reached)
      )
    }
  }

  /// Something sales did for a lead.
  public struct Activity: Sendable {
    /// The lead's dense number.
    public var lead: Int
    /// When.
    public var time: TimePoint
    /// Who did it: a code in the owner dictionary, 0 where nobody said.
    public var owner: UInt32
    /// Whether a machine did it.
    public var isAutomated: Bool
    /// Whether it was an attempt to reach the lead, and not a note or a task.
    public var isAttempt: Bool
    /// Whether the lead was reached.
    public var isReached: Bool
  }

  /// What people did for each lead, as far as counts of episodes need it; machines are left out.
  public struct HumanActivities: Sendable {
    /// How many activities each lead had, dated or not.
    public var counts: [Int32]
    /// The leads that may have more than one episode, for some event follows a detour; ascending.
    public var returningLeads: [Int32]
    /// Where the times of each returning lead begin; one more than there are such leads.
    public var starts: [Int]
    /// When people did something for the returning leads, each lead's in order; undated ones first.
    public var times: [TimePoint]

    /// Nothing done for anybody.
    package init(leadCount: Int) {
      counts = Array(repeating: 0, count: leadCount)
      returningLeads = []
      starts = [0]
      times = []
    }
  }

  /// The agreement that gave the facts their meaning.
  public package(set) var agreement: Agreement
  /// The instant up to which facts count.
  public let asOf: Instant
  /// Names of channels, owners and so on, for the codes below.
  public package(set) var texts: TextDictionaries
  /// All leads.
  public package(set) var leads = Leads()
  /// The time zones of owners, by their code, where the owners' own records say them.
  public package(set) var ownerZones: [UInt32: String] = [:]
  /// All meetings with a lead.
  public package(set) var meetings: [Meeting] = []
  /// All won deals with a lead.
  public package(set) var wonDeals: [WonDeal] = []
  /// All spend.
  public package(set) var spend: [Spend] = []
  /// What nobody recorded.
  public package(set) var gaps: [CaptureGap] = []
  /// How many leads were merged into another.
  public package(set) var mergedLeadCount = 0
  /// The leads that may change when `asOf` moves although no fact arrives: dense numbers, ascending.
  ///
  /// Some fact about each is dated after `asOf`, or its sums hang on the exchange rate of that day.
  public package(set) var waitingLeads: [Int32] = []

  /// Where the events come from.
  package var deferredEvents = Deferred(Events())
  /// Where the activities come from.
  package var deferredActivities = Deferred(Activities())
  /// Where the counts of people's activities come from; from the activities when nil.
  package var deferredHumanActivities: Deferred<HumanActivities>?
  /// Where the detours of leads with several come from; from the events when nil.
  package var deferredRepeatedDetours: Deferred<RepeatedDetours>?

  /// A history without any facts, to be filled.
  package init(agreement: Agreement, asOf: Instant, texts: TextDictionaries) {
    self.agreement = agreement
    self.asOf = asOf
    self.texts = texts
  }

  /// The id of a lead as its source writes it.
  public func id(ofLead number: Int) -> String { texts.text(leads.ids[number], of: .lead) }

  /// The whole days between two dated points: calendar days when either is known to the day only,
  /// else full spans of 24 hours.
  ///
  /// - Returns: 0 or more when `end` is not before `start`.
  public func lagInDays(from start: TimePoint, to end: TimePoint) -> Int {
    if start.precision == .exact, end.precision == .exact {
      let seconds = end.instant.seconds - start.instant.seconds
      return Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
    }
    return agreement.calendar.day(of: end.instant).dayNumber
      - agreement.calendar.day(of: start.instant).dayNumber
  }
}

/// What an event is: a stage of the path, a detour, or a return.
public struct EventCode: Hashable, Comparable, Sendable {
  /// Stages first, then detours, then the return: the order in which events of one instant are
  /// read.
  public let rawValue: Int32

  /// A code from its number.
  package init(rawValue: Int32) { self.rawValue = rawValue }

  private static let firstDetour: Int32 = 1 << 16

  /// Reaching a stage of the path.
  public static func stage(_ index: Int) -> EventCode { EventCode(rawValue: Int32(index)) }
  /// Leaving the path.
  public static func detour(_ index: Int) -> EventCode {
    EventCode(rawValue: firstDetour + Int32(index))
  }
  /// Coming back without a stage being named.
  public static let reopened = EventCode(rawValue: .max)

  /// The position of the stage in the path, if it is a stage.
  public var stageIndex: Int? { rawValue < Self.firstDetour ? Int(rawValue) : nil }
  /// The position of the detour in the agreement, if it is a detour.
  public var detourIndex: Int? {
    (Self.firstDetour..<Int32.max).contains(rawValue) ? Int(rawValue - Self.firstDetour) : nil
  }

  /// Orders events of one instant: stages, then detours, then the return.
  public static func < (left: EventCode, right: EventCode) -> Bool {
    left.rawValue < right.rawValue
  }
}
