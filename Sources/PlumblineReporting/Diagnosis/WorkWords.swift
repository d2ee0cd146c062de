import PlumblineCore

/// The leads behind a verdict, in words.
struct WorkWords {
  private let work: WorkSummary
  private let stages: StageWords
  private let handOff: Int
  private let isAsked: Bool

  init(_ work: WorkSummary, _ agreement: Agreement) {
    self.work = work
    stages = StageWords(agreement)
    handOff = agreement.handOffStage
    isAsked = work.horizon.isAsked(of: agreement)
  }

  private var counted: String { Format.count(work.leads) }

  /// Why the question cannot be asked, as a clause; nil where it can.
  var obstacle: String? {
    let handed = Format.count(work.handedOff, "lead")
    return switch work.closed {
    case nil: nil
    case .nobodyHandedOff:
      "no lead is on record as handed to sales"
    case .handOffImplied:
      "that a lead was handed to sales is on record for winners only through the win itself, so "
        + "nobody knows how many were"
    case .undated: "too many of \(handed) handed to sales have no date for it"
    case .tooYoung:
      "none of \(handed) was handed to sales \(Format.days(work.horizon.days)) ago or earlier"
    case .withoutOwner: "none of \(handed) handed to sales has a rep on record"
    case .withoutChannel: "none of \(handed) handed to sales has a channel on record"
    case .withoutPromise:
      "the agreement promised no follow-up when \(handed) handed to sales came to them"
    }
  }

  /// Which leads count and which do not, as sentences.
  var basis: [String] {
    let agreed =
      isAsked ? "as asked for" : work.horizon.isAgreed ? "as agreed" : "found from the data"
    var points = [
      "Leads handed to sales (\(stages.label(handOff))) \(Format.days(work.horizon.days)) ago or "
        + "earlier (\(agreed)), first pass only: \(counted), of which \(Format.count(work.wins)) "
        + "were won within that time."
    ]
    let left = HandOff.Standing.allCases.filter { ![.counted, .laterEpisode].contains($0) }
      .compactMap { standing -> String? in
        guard let count = work.leadsByStanding[standing], count > 0 else { return nil }
        return "\(Format.count(count)) \(standing.words)"
      }
    if !left.isEmpty {
      points.append(
        "Left out of \(Format.count(work.handedOff, "lead")) handed over: \(Format.list(left))."
      )
    }
    if work.implied > 0 {
      points.append(
        "\(Format.count(work.implied)) of \(counted) were never marked "
          + "\(stages.label(handOff)): a later stage dates their hand-off."
      )
    }
    return points + [followUp, score]
  }

  private var followUp: String {
    let met = "Followed up as agreed: \(Format.count(work.followedUp)) of \(counted)"
    switch work.followUp {
    case .notRecorded:
      return "Too few calls and mails by reps are on record to judge follow-up."
    case .ambiguous:
      return "\(Format.count(work.couldBeEither)) of \(counted) could be in time or late, as their "
        + "calls and mails are known to the day only: too many to judge follow-up. Export times."
    case .notAgreed:
      return "The agreement does not say what following up means (sla: sales:), so it is not "
        + "judged."
    case .exact:
      return "\(met), judged to the second on reps' working time; automated messages do not count."
    case .byDay:
      return "\(met). \(Format.count(work.judgedByDay)) of \(counted) are judged by whole days, as "
        + "their times are not known; \(Format.count(work.couldBeEither)) of them could be either."
    }
  }

  private var score: String {
    guard work.withScore > 0 else {
      return
        "No score at the hand-off is on record\(AnswerPlace.words(" (score_at_hand_off)", onPage: "")): reps who were given "
        + "warmer leads cannot be told from better reps."
    }
    return "With a score at the hand-off: \(Format.count(work.withScore)) of \(counted)."
  }
}

extension HandOff.Standing {
  /// What is missing, as said of a lead.
  var words: String {
    switch self {
    case .counted: "counted"
    case .laterEpisode: "handed over again later"
    case .undated: "without a date"
    case .tooYoung: "handed over more recently"
    case .withoutOwner: "without a rep"
    case .withoutChannel: "without a channel"
    case .withoutPromise: "handed over when no follow-up was promised"
    }
  }
}
