/// A fact that nobody recorded, kept apart from leaks and never priced.
public struct CaptureGap: Hashable, Sendable, Codable {
  /// What is missing.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case activityWithoutLead = "activity_without_lead"
    case amountWithoutRate = "amount_without_rate"
    case dealWithoutLead = "deal_without_lead"
    case dealWithoutOutcome = "deal_without_outcome"
    case eventAfterAsOf = "event_after_as_of"
    case eventBeforeLead = "event_before_lead"
    case eventOfUnknownLead = "event_of_unknown_lead"
    case eventWithoutDate = "event_without_date"
    case gateNotTestable = "gate_not_testable"
    case leadWithoutChannel = "lead_without_channel"
    case leadWithoutDate = "lead_without_date"
    case leadWithoutOwner = "lead_without_owner"
    case lookAlikeChannels = "look_alike_channels"
    case meetingWithoutLead = "meeting_without_lead"
    case meetingWithoutOutcome = "meeting_without_outcome"
    /// An event of a stage that an earlier version of the agreement had, and the present has not.
    case retiredStage = "retired_stage"
    /// A lead whose score reached the gate of the hand-off or of a later stage, without a hand-off.
    case scoreWithoutHandOff = "score_without_hand_off"
    case sharedOtherID = "shared_other_id"
    case spendWithoutChannel = "spend_without_channel"
    case touchWithoutLead = "touch_without_lead"
    case unknownStage = "unknown_stage"
  }

  /// What is missing.
  public var kind: Kind
  /// How often.
  public var count: Int
  /// Out of how many, where that makes sense.
  public var of: Int?
  /// The words concerned (stage names, channels, currencies), or the first few record ids; of a
  /// word that an earlier version of the agreement did not know, with that version.
  public var examples: [String]

  /// How many record ids a gap shows at most.
  package static let mostExamples = 5

  /// A gap.
  public init(_ kind: Kind, count: Int, of: Int? = nil, examples: [String] = []) {
    self.kind = kind
    self.count = count
    self.of = of
    self.examples = examples
  }
}

/// Counts gaps while facts are read, with the first few examples of each.
final class GapCounter {
  /// What was counted, for handing on between threads.
  struct Notes: Sendable {
    var counts = [Int](repeating: 0, count: CaptureGap.Kind.allCases.count)
    var totals = [Int?](repeating: nil, count: CaptureGap.Kind.allCases.count)
    var examples = [[String]](repeating: [], count: CaptureGap.Kind.allCases.count)
  }

  private(set) var notes = Notes()

  func note(_ kind: CaptureGap.Kind, _ example: @autoclosure () -> String = "") {
    let index = kind.index
    notes.counts[index] += 1
    if notes.examples[index].count < CaptureGap.mostExamples { addExample(example(), index) }
  }

  func setTotal(_ kind: CaptureGap.Kind, _ total: Int) { notes.totals[kind.index] = total }

  /// Adds what another counted after this one.
  func add(_ other: Notes) {
    for index in other.counts.indices {
      notes.counts[index] += other.counts[index]
      if let total = other.totals[index] { notes.totals[index] = total }
      for example in other.examples[index]
      where notes.examples[index].count < CaptureGap.mostExamples { addExample(example, index) }
    }
  }

  private func addExample(_ text: String, _ index: Int) {
    if !text.isEmpty, !notes.examples[index].contains(text) {
      notes.examples[index].append(text)
    }
  }

  var gaps: [CaptureGap] {
    CaptureGap.Kind.allCases.compactMap { kind in
      let count = notes.counts[kind.index]
      guard count > 0 else { return nil }
      return CaptureGap(
        kind,
        count: count,
        of: notes.totals[kind.index],
        examples: notes.examples[kind.index]
      )
    }
  }
}

extension CaptureGap.Kind {
  /// The position in `allCases`.
  fileprivate var index: Int {
    switch self {
    case .activityWithoutLead: 0
    case .amountWithoutRate: 1
    case .dealWithoutLead: 2
    case .dealWithoutOutcome: 3
    case .eventAfterAsOf: 4
    case .eventBeforeLead: 5
    case .eventOfUnknownLead: 6
    case .eventWithoutDate: 7
    case .gateNotTestable: 8
    case .leadWithoutChannel: 9
    case .leadWithoutDate: 10
    case .leadWithoutOwner: 11
    case .lookAlikeChannels: 12
    case .meetingWithoutLead: 13
    case .meetingWithoutOutcome: 14
    case .retiredStage: 15
    case .scoreWithoutHandOff: 16
    case .sharedOtherID: 17
    case .spendWithoutChannel: 18
    case .touchWithoutLead: 19
    case .unknownStage: 20
    }
  }
}
