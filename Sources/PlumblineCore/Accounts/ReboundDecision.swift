/// What somebody decided about a lead that was to be taken back into a list.
public struct ReboundDecision: Hashable, Sendable, Identifiable {
  /// What was decided.
  public enum Verdict: Hashable, Sendable {
    /// It goes into the list.
    case accepted
    /// It is shown again on a day.
    case snoozed(until: CivilDate)
    /// It does not go into the list, for a reason.
    case declined(reason: String)
  }

  /// Its number; a later decision about the same lead and list takes its place.
  public let id: Int64
  /// The lead's id.
  public let lead: String
  /// The list's name.
  public let list: String
  /// What was decided.
  public let verdict: Verdict
  /// Who decided.
  public let account: Int64
  /// When.
  public let at: Instant

  /// A decision as it is kept.
  public init(
    id: Int64,
    lead: String,
    list: String,
    verdict: Verdict,
    account: Int64,
    at: Instant
  ) {
    self.id = id
    self.lead = lead
    self.list = list
    self.verdict = verdict
    self.account = account
    self.at = at
  }
}
