import PlumblineStatistics

/// The hand-offs of a question's episodes, each with what was done for it.
struct HandOffs {
  /// In order of leads and episodes.
  private(set) var all: [HandOff] = []
  /// How follow-up can be judged.
  private(set) var followUpRecord = WorkSummary.FollowUpRecord.notAgreed
  /// The first attempt of a person to reach any lead.
  private(set) var firstContact: Instant?
  /// Winners of first episodes, whenever they were won.
  private(set) var winners = 0
  /// Winners among them without the date of the hand-off, or of the win.
  private(set) var undatedWinners = 0
  /// Owners whose records name a time zone that does not exist.
  private(set) var ownersWithUnknownZone = 0
  private var judge: FollowUpJudge?

  /// No hand-offs.
  init() {}

  /// The hand-offs of a history.
  ///
  /// - Parameters:
  ///   - history: The history.
  ///   - pass: The question, with its journeys.
  ///   - pair: The stage that hands leads to sales, and the last one.
  ///   - horizonInDays: The days between them that count.
  /// - Complexity: O(episodes + activities log activities of a lead).
  init(_ history: CompanyHistory, _ pass: CellPass, _ pair: StagePair, horizonInDays: Int) {
    let journeys = pass.journeys
    let entries = journeys.reached[pair.from]
    let rows = pass.wantedRows { entries[$0].isPresent }
    prepareJudge(history, horizonInDays, rows.lazy.map { entries[$0] }.filter(\.isDated).min())
    // Where nobody has a channel, or an owner, there is one for all: the others still compare.
    let leads = rows.map { Int(journeys.leads[$0]) }
    let hasChannels = leads.contains { history.leads.channels[$0] != 0 }
    let hasOwners = leads.contains { history.leads.owners[$0] != 0 }
    all.reserveCapacity(rows.count)
    for row in rows {
      var handOff = Self.handOff(history, journeys, pair, row)
      let wait = journeys.wait(for: pair, row: row, in: history)
      if handOff.attempt == 1, wait?.outcome == .converted {
        winners += 1
        if wait?.lagInDays == nil { undatedWinners += 1 }
      }
      if handOff.time.isDated {
        handOff.followUp = judge?.judge(handOff, during: Self.span(of: row, in: journeys))
      }
      handOff.isWon =
        wait?.outcome == .converted && wait?.lagInDays.map { $0 < horizonInDays } == true
      let age = TimePoint(history.asOf)
      let isOld =
        handOff.time.isDated && history.lagInDays(from: handOff.time, to: age) >= horizonInDays
      handOff.standing =
        if handOff.attempt > 1 {
          .laterEpisode
        } else if wait?.lagInDays == nil {
          .undated
        } else if judge?.isPromised(handOff) == false {
          .withoutPromise
        } else if !isOld || (judge != nil && handOff.followUp?.isMet == nil) {
          .tooYoung
        } else if hasOwners, handOff.owner == 0 {
          .withoutOwner
        } else if hasChannels, handOff.channel == 0 {
          .withoutChannel
        } else {
          .counted
        }
      all.append(handOff)
    }
  }

  private mutating func prepareJudge(
    _ history: CompanyHistory,
    _ horizonInDays: Int,
    _ firstHandOff: TimePoint?
  ) {
    guard FollowUpJudge.canJudge(under: history.agreement) else { return }
    let contacts = ContactIndex(history)
    followUpRecord = contacts.first == nil ? .notRecorded : .exact
    firstContact = contacts.first?.instant
    guard let firstHandOff, firstContact != nil else { return }
    let judge = FollowUpJudge(
      history,
      contacts,
      horizonInDays: horizonInDays,
      firstHandOff: firstHandOff.instant
    )
    ownersWithUnknownZone = judge.ownersWithUnknownZone
    self.judge = judge
  }

  /// Whether the deadline of a hand-off has passed; false where follow-up is not judged.
  func isDue(_ followUp: FollowUp) -> Bool { judge?.isDue(followUp) ?? false }

  private static func handOff(
    _ history: CompanyHistory,
    _ journeys: Journeys,
    _ pair: StagePair,
    _ row: Int
  ) -> HandOff {
    let lead = Int(journeys.leads[row])
    let score = history.leads.scoresAtHandOff[lead]
    return HandOff(
      lead: lead,
      attempt: Int(journeys.attempts[row]),
      channel: history.leads.channels[lead],
      owner: history.leads.owners[lead],
      segment: history.leads.segments[lead],
      score: score == FactColumn.noNumber ? nil : Int(score),
      time: journeys.reached[pair.from][row],
      source: source(history, journeys, pair, row)
    )
  }

  /// How the entry came on record: by an event that names the stage, or by a later one.
  private static func source(
    _ history: CompanyHistory,
    _ journeys: Journeys,
    _ pair: StagePair,
    _ row: Int
  ) -> HandOff.Source {
    let time = journeys.reached[pair.from][row]
    // That a lead came into being is no stage that another one could imply.
    guard pair.from > 0, time.isDated else { return .recorded }
    var earliest = pair.to
    for index in history.events.range(of: Int(journeys.leads[row]))
    where history.events.times[index] == time {
      guard let stage = history.events.codes[index].stageIndex, stage >= pair.from else { continue }
      earliest = min(earliest, stage)
    }
    return earliest == pair.from ? .recorded : earliest == pair.to ? .impliedByWin : .implied
  }

  /// From when an episode runs until when the lead's next one begins, in seconds since 1970.
  private static func span(of row: Int, in journeys: Journeys) -> Range<Int64> {
    func beginning(_ row: Int) -> Int64? {
      let time = journeys.reached[0][row]
      return time.isDated ? time.instant.seconds : nil
    }
    let start = journeys.attempts[row] == 1 ? .min : beginning(row) ?? .min
    let hasNext = row + 1 < journeys.count && journeys.leads[row + 1] == journeys.leads[row]
    let end = hasNext ? beginning(row + 1) ?? .max : .max
    return start..<max(start, end)
  }
}
