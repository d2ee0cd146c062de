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
  }

  /// What happened, a list a lead in order of time; `range(of:)` says where a list stands.
  public struct Events: Sendable {
    /// Where each lead's list begins; one more than there are leads.
    public var starts: [Int] = [0]
    /// When.
    public var times: [TimePoint] = []
    /// What, see `EventCode`.
    public var codes: [EventCode] = []

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
  }

  /// A deal that was won.
  public struct WonDeal: Sendable {
    /// The lead's dense number.
    public var lead: Int
    /// When it was won.
    public var closed: TimePoint
    /// Minor units of the agreement's currency; nil when there is no amount or no rate.
    public var amount: Int64?
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

  /// The agreement that gave the facts their meaning.
  public let agreement: Agreement
  /// The instant up to which facts count.
  public let asOf: Instant
  /// Names of channels, owners and so on, for the codes below.
  public internal(set) var texts: TextDictionaries
  /// All leads.
  public internal(set) var leads = Leads()
  /// The time zones of owners, by their code, where the owners' own records say them.
  public internal(set) var ownerZones: [UInt32: String] = [:]
  /// All events.
  public internal(set) var events = Events()
  /// All meetings with a lead.
  public internal(set) var meetings: [Meeting] = []
  /// All won deals with a lead.
  public internal(set) var wonDeals: [WonDeal] = []
  /// All spend.
  public internal(set) var spend: [Spend] = []
  /// All activities with a lead.
  public internal(set) var activities: [Activity] = []
  /// What nobody recorded.
  public internal(set) var gaps: [CaptureGap] = []
  /// How many leads were merged into another.
  public internal(set) var mergedLeadCount = 0

  /// The id of a lead as its source writes it.
  public func id(ofLead number: Int) -> String { texts[.lead][leads.ids[number]] }

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
