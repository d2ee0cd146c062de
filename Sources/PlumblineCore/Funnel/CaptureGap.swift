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
    case leadWithoutChannel = "lead_without_channel"
    case leadWithoutDate = "lead_without_date"
    case leadWithoutOwner = "lead_without_owner"
    case lookAlikeChannels = "look_alike_channels"
    case meetingWithoutLead = "meeting_without_lead"
    case meetingWithoutOutcome = "meeting_without_outcome"
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
  /// The words concerned (stage names, channels, currencies), or the first few record ids.
  public var examples: [String]

  /// A gap.
  public init(_ kind: Kind, count: Int, of: Int? = nil, examples: [String] = []) {
    self.kind = kind
    self.count = count
    self.of = of
    self.examples = examples
  }
}

/// Counts gaps while facts are read, with a few examples of each.
final class GapCounter {
  private var counts: [CaptureGap.Kind: Int] = [:]
  private var totals: [CaptureGap.Kind: Int] = [:]
  private var examples: [CaptureGap.Kind: [String]] = [:]

  func note(_ kind: CaptureGap.Kind, _ example: @autoclosure () -> String = "") {
    counts[kind, default: 0] += 1
    guard examples[kind, default: []].count < 5 else { return }
    let text = example()
    if !text.isEmpty, !examples[kind, default: []].contains(text) {
      examples[kind, default: []].append(text)
    }
  }

  func setTotal(_ kind: CaptureGap.Kind, _ total: Int) { totals[kind] = total }

  var gaps: [CaptureGap] {
    CaptureGap.Kind.allCases.compactMap { kind in
      guard let count = counts[kind], count > 0 else { return nil }
      return CaptureGap(kind, count: count, of: totals[kind], examples: examples[kind] ?? [])
    }
  }
}
