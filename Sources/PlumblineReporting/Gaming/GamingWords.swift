import PlumblineCore

/// What the detectors of gaming found, in words.
struct GamingWords {
  let report: GamingReport
  let history: CompanyHistory

  static func title(_ detector: GamingDetector) -> String {
    switch detector {
    case .dispositions: "Words on leads given in bulk"
    case .firstTouch: "First touches as a machine makes them"
    case .meetings: "Meetings recorded as held"
    case .periodEnd: "Records at the end of months and quarters"
    case .scoreLine: "Scores just over the line"
    }
  }

  private func owner(_ code: UInt32) -> String { history.texts[.owner][code].printable }

  /// Whose records a finding is about.
  func whose(_ finding: GamingFinding) -> String {
    finding.owner.map(owner) ?? "all owners together"
  }

  private static func records(_ kind: GamingRecords.Edit.Kind?) -> String {
    switch kind {
    case .closing: "closed deals"
    case .creation: "new leads"
    case .disposition: "words on leads"
    case .stage: "stage changes"
    case nil: "records"
    }
  }

  /// What stands out, in one sentence with its numbers.
  func sentence(_ finding: GamingFinding) -> String {
    let (whose, count) = (whose(finding), Format.count(finding.observed))
    let (of, expected) = (Format.count(finding.of), Format.expected(finding.expected))
    let records = Self.records(finding.kind)
    switch finding.sign {
    case .monthEnd, .quarterEnd:
      let period = finding.sign == .monthEnd ? "months" : "quarters"
      return "\(whose): \(count) of \(of) \(records) fall on the last three working days of "
        + "\(period); the same days of everybody else lead to expect \(expected)."
    case .reversedAfterwards:
      return "\(whose): of \(of) leads with \(records) on the last three working days of months "
        + "\(count) left the path within 45 days; those of other days lead to expect \(expected)."
    case .overTheLine:
      return
        "\(count) of \(of) scores stand just over the line, and those leads are won less often "
        + "than the others' curve says; the curve of the scores leads to expect \(expected)."
    case .alwaysHeld:
      return "\(whose): \(count) of \(of) meetings are recorded as held; everybody else's of the "
        + "same channels lead to expect \(expected)."
    case .heldWithoutTrace:
      return
        "\(whose): more meetings held than others', and of \(of) held \(count) have no activity "
        + "or note around them; everybody else's lead to expect \(expected)."
    case .heldNotWon:
      return "\(whose): more meetings held than others', and of \(of) held \(count) were not won; "
        + "everybody else's lead to expect \(expected)."
    case .madeAfterwards:
      return
        "\(whose): of \(of) meetings held \(count) were booked after they began, many at once, "
        + "or held before they began; everybody else's lead to expect \(expected)."
    case .regularLag:
      let lag =
        finding.seconds.map { "about \(Format.count(Int($0), "second"))" } ?? "the same time"
      return "\(whose): \(count) of \(of) first touches of like speed came \(lag) after the "
        + "hand-off, within a few seconds of each other; of a person we would expect no more than "
        + "about \(expected)."
    case .outOfHours:
      return "\(whose): of \(of) leads handed over when nobody works \(count) were touched within "
        + "five minutes; everybody else's lead to expect \(expected)."
    case .untouchedInBulk:
      return "\(whose): \(count) of \(of) words on leads were given five or more in a minute, on "
        + "leads that nobody had tried to reach; everybody else's lead to expect \(expected)."
    }
  }

  /// What else, besides gaming, brings the sign about.
  static func innocent(_ sign: GamingFinding.Sign) -> String {
    switch sign {
    case .monthEnd, .quarterEnd:
      "Customers of this owner may buy at the end of their own period, or the owner records once a "
        + "month what happened before."
    case .reversedAfterwards:
      "A list may have been cleaned up, or leads taken in haste turned out not to fit."
    case .overTheLine:
      "A rule may give just enough points for one click, or scores may stop at the hand-off."
    case .alwaysHeld: "The owner may confirm meetings well, or leave those missed without a word."
    case .heldWithoutTrace: "The owner may write less down than others."
    case .heldNotWon: "The owner may get harder leads, or persuade doubtful ones to come."
    case .madeAfterwards:
      "Meetings held without an appointment, or moved from another system, look so."
    case .regularLag: "A reminder or a dialler may set the pace of a person."
    case .outOfHours: "The owner may work at other hours, or in another time zone."
    case .untouchedInBulk:
      "A list of leads beyond reach may have been closed on somebody's request."
    }
  }

  /// What would settle the question.
  static func settles(_ sign: GamingFinding.Sign) -> String {
    switch sign {
    case .monthEnd, .quarterEnd:
      "Compare the dates of signature, or of the last conversation, with the dates recorded."
    case .reversedAfterwards: "Ask for the reason of each exit, and who asked for the entry before."
    case .overTheLine:
      "Look at what last changed in these leads' scores, and who or what changed it."
    case .alwaysHeld, .heldWithoutTrace, .heldNotWon:
      "Check ten of these meetings against the calendar, the call's log, or the guest."
    case .madeAfterwards: "Look up who made these meetings, when, and with which tool."
    case .regularLag, .outOfHours:
      "Look up with which tool these touches were made; if it is a machine, mark it as automated."
    case .untouchedInBulk: "Read ten of these leads, and ask on what ground they were closed."
    }
  }

  /// What a detector could do, where it found nothing.
  static func standing(_ standing: GamingReport.Standing?) -> String {
    switch standing {
    case .judged(let tests):
      "nothing stands out (\(Format.count(tests, "test")))"
    case .notEnoughData(let have, let need):
      "not enough data: \(Format.count(have)), needs \(Format.count(need))"
    case .notRecorded, nil: "nothing of the kind is on record"
    case .notAgreed: "no line is agreed: add `mql_at` under `score`"
    }
  }

  /// What heads the section.
  var headline: String {
    let count = report.findings.count
    let isJudged = report.standings.values.contains { if case .judged = $0 { true } else { false } }
    guard isJudged || count > 0 else {
      return "Too little is on record to say what is worth a look."
    }
    return count == 0
      ? "Nothing in how records were made is worth a look."
      : "\(Format.count(count, "thing")) in how records were made "
        + "\(count == 1 ? "is" : "are") worth a look."
  }

  /// How chance was kept out, for the foot.
  static var note: String {
    "Each detector stays silent in at least 95 of 100 companies in which nothing is wrong, all "
      + "owners and signs taken together (Holm). A finding says where to look, not that anybody did "
      + "wrong."
  }

  /// The lead of a record, or a dash.
  func lead(_ evidence: GamingFinding.Evidence) -> String {
    evidence.lead >= 0 ? history.id(ofLead: evidence.lead) : Format.absent
  }
}
