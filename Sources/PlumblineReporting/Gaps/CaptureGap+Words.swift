import PlumblineCore

extension CaptureGap.Kind {
  /// What is missing, after a count: `12 meetings have no outcome`.
  func statement(_ count: Int, of total: Int?) -> String {
    let base = total.map { " of \(Format.count($0))" } ?? ""
    func text(_ singular: String, _ one: String, _ many: String, plural: String? = nil) -> String {
      let noun = (total ?? count) == 1 ? singular : plural ?? singular + "s"
      return "\(Format.count(count))\(base) \(noun) \(count == 1 ? one : many)"
    }
    switch self {
    case .activityWithoutLead:
      return text("activity", "belongs to no lead", "belong to no lead", plural: "activities")
    case .amountWithoutRate:
      return text(
        "amount",
        "is in a currency without a rate",
        "are in a currency without a rate"
      )
    case .dealWithoutLead: return text("deal", "belongs to no lead", "belong to no lead")
    case .dealWithoutOutcome:
      return text(
        "deal",
        "is closed without word of won or lost",
        "are closed without word of won or lost"
      )
    case .eventAfterAsOf:
      return text(
        "event",
        "is dated after the time of this answer and left out",
        "are dated after the time of this answer and left out"
      )
    case .eventBeforeLead:
      return text("event", "is dated before its lead was", "are dated before their lead was")
    case .eventOfUnknownLead:
      return text("event", "names a lead that no file has", "name a lead that no file has")
    case .eventWithoutDate: return text("event", "has no date", "have no date")
    case .gateNotTestable:
      return text(
        "entry",
        "counts although its gate could not be tested",
        "count although their gate could not be tested",
        plural: "entries"
      )
    case .leadWithoutChannel: return text("lead", "has no channel", "have no channel")
    case .leadWithoutDate:
      return text("lead", "has no date of creation", "have no date of creation")
    case .leadWithoutOwner: return text("lead", "has no owner", "have no owner")
    case .lookAlikeChannels:
      return text("channel name", "looks like another one", "look like one another")
    case .meetingWithoutLead: return text("meeting", "belongs to no lead", "belong to no lead")
    case .meetingWithoutOutcome:
      return text(
        "meeting",
        "is past and has no outcome",
        "are past and have no outcome"
      )
    case .retiredStage:
      return text(
        "event",
        "has a stage that an earlier version of the agreement had and the present has not",
        "have a stage that an earlier version of the agreement had and the present has not"
      )
    case .scoreWithoutHandOff:
      return text(
        "lead",
        "reached the score for the hand-off, and nobody handed it over",
        "reached the score for the hand-off, and nobody handed them over"
      )
    case .sharedOtherID:
      return text(
        "other id",
        "is shared by several leads",
        "are shared by several leads"
      )
    case .spendWithoutChannel:
      return text(
        "line of spend",
        "names no channel",
        "name no channel",
        plural: "lines of spend"
      )
    case .touchWithoutLead:
      return text("touch", "belongs to no lead", "belong to no lead", plural: "touches")
    case .unknownStage:
      return text(
        "event",
        "has a stage that the agreement does not know",
        "have a stage that the agreement does not know"
      )
    }
  }

  /// How to mend it, as one sentence.
  var remedy: String {
    switch self {
    case .activityWithoutLead:
      "Have the CRM log calls and mails on the contact, and export the contact's id with them."
    case .amountWithoutRate:
      "Import a file of currency rates, or export amounts in the company's currency."
    case .dealWithoutLead:
      "Link each deal to a contact in the CRM, and export that contact's id with the deal."
    case .dealWithoutOutcome:
      "Export the deal's closed-won or closed-lost field, or map its stage to one of them."
    case .eventAfterAsOf:
      "Correct the date where it was typed wrongly; planned things count once their time has come."
    case .eventBeforeLead:
      "Look whether these leads were entered late or their dates were typed wrongly."
    case .eventOfUnknownLead:
      "Import the file that has these leads, or map the column that holds their id."
    case .eventWithoutDate:
      "Export the date column beside the stage, such as the CRM's “date entered stage”."
    case .gateNotTestable:
      "Import the scores, attributes, touches or dispositions that the agreement's gates ask for."
    case .leadWithoutChannel:
      "Make the lead source a required field, and fill it for these leads."
    case .leadWithoutDate: "Export the CRM's create date and map it to the lead's created column."
    case .leadWithoutOwner: "Assign an owner to each lead, and export the owner column."
    case .lookAlikeChannels:
      "List the spellings as aliases of one channel in the agreement, if they are the same one."
    case .meetingWithoutLead:
      "Link each meeting to a contact in the CRM, and export that contact's id with it."
    case .meetingWithoutOutcome:
      "Have reps set held or no-show on the day of the meeting, and fill these in from memory."
    case .retiredStage:
      "Give the stage that took its place the old id as another word (also), or list the old one "
        + "as a detour."
    case .scoreWithoutHandOff:
      "Hand them over, or have the CRM record the day on which a lead is handed over, and export it."
    case .sharedOtherID:
      "Look whether these leads are one person, and merge them in the CRM if so."
    case .spendWithoutChannel:
      "Name the channel in the mapping of the spend file, or add its column."
    case .touchWithoutLead:
      "Export the contact's id with each form, visit or download."
    case .unknownStage:
      "Add the word as an alias of one of the agreement's stages, or as a stage of its own."
    }
  }
}

/// Capture gaps as text for people.
struct GapText {
  let gaps: [CaptureGap]

  init(_ gaps: [CaptureGap]) { self.gaps = gaps }

  /// One gap as a sentence with its first examples.
  static func sentence(_ gap: CaptureGap) -> String {
    let examples =
      gap.examples.isEmpty
      ? "" : " (for example \(gap.examples.prefix(3).map(\.printable).joined(separator: ", ")))"
    return "\(gap.kind.statement(gap.count, of: gap.of))\(examples)."
  }

  func write(to page: inout TextPage) {
    guard !gaps.isEmpty else { return }
    page.heading("What nobody recorded (kept apart from leaks, never priced)")
    page.bullets(gaps.map { "\(Self.sentence($0)) \($0.kind.remedy)" })
  }
}
