/// What the words of activities mean; compared as `WordKey` does.
public enum ActivityWords {
  /// Outcomes of an activity by which the lead was reached: somebody spoke, or the lead answered.
  public static let reached = [
    "answered", "appointment set", "attended", "call back requested", "callback requested",
    "connected", "conversation", "demo completed", "demo scheduled", "held", "interested",
    "meeting booked", "meeting completed", "meeting held", "meeting scheduled", "meeting set",
    "not interested", "reached", "replied", "reply received", "requested call back",
    "requested more info", "responded", "response received", "showed", "showed up", "spoke",
    "spoke to lead", "spoke with lead", "spoken", "took place",
  ]

  /// Outcomes that say the same of a meeting, but of anything else only that it is done.
  public static let reachedInMeeting = ["completed", "done"]

  /// Kinds of activity that write something down or plan it, and are no attempt to reach a lead.
  public static let paperwork = [
    "comment", "comments", "note", "notes", "reminder", "reminders", "task", "tasks", "to do",
    "todo",
  ]

  private static let reachedKeys = Set(reached)
  private static let reachedInMeetingKeys = Set(reachedInMeeting)
  private static let paperworkKeys = Set(paperwork)
  private static let meetingKeys: Set<Substring> = ["appointment", "demo", "meeting", "termin"]

  /// Whether an activity of a kind with an outcome reached the lead.
  public static func isReached(outcome: String, kind: String) -> Bool {
    let outcome = WordKey.of(outcome)
    if reachedKeys.contains(outcome) { return true }
    return reachedInMeetingKeys.contains(outcome)
      && !meetingKeys.isDisjoint(with: WordKey.of(kind).split(separator: " "))
  }

  /// Whether a kind of activity is an attempt to reach the lead.
  public static func isAttempt(kind: String) -> Bool {
    !paperworkKeys.contains(WordKey.of(kind))
  }
}
