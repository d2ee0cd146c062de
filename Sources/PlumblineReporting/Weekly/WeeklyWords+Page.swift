import PlumblineCore
import PlumblineStatistics

extension WeeklyWords {
  /// The whole page.
  var page: WeeklyPage {
    WeeklyPage(
      title: title,
      headline: headline,
      scope: scope,
      sections: [promised, loop, changed, agenda, beliefs, pulse].compactMap { $0 },
      footer: provenance.footer
    )
  }

  // MARK: Promises

  private var promised: WeeklyPage.Section {
    let tables = Stage.Team.allCases.compactMap(promiseTable)
    var notes: [String] = []
    let sides = Stage.Team.allCases.filter { team in
      !answer.promises.contains { $0.side == team && $0.target != nil }
    }
    if !sides.isEmpty {
      notes.append(
        "The agreement holds no promise of \(Format.list(sides.map(\.rawValue))) that can be "
          + "counted."
      )
    }
    if answer.promises.contains(where: { $0.promise == .qualifiedLeads && $0.target != nil }) {
      notes.append("A volume promised for another span is taken by days, as if leads came evenly.")
    }
    if answer.promises.contains(where: { $0.side == .sales && $0.base > 0 }) {
      notes.append(
        "A promise of sales counts for the leads for which it fell due in the \(kind), whenever "
          + "they were handed over."
      )
    }
    if answer.promises.contains(where: { $0.verdict == .withinChance }) {
      notes.append(
        "Short?: below the promise, but by no more than chance, or what is not known, may make."
      )
    }
    return WeeklyPage.Section(
      id: "promised",
      title: "Promised and delivered",
      blocks: tables.map { .table($0) } + notes.map { .paragraph($0, .faint) }
    )
  }

  /// The promises of one side; nil where there is nothing to count.
  private func promiseTable(_ team: Stage.Team) -> WeeklyPage.Table? {
    let lines = answer.promises.filter { $0.side == team }
    guard !lines.isEmpty else { return nil }
    let hasUnknown = lines.contains { $0.unknown > 0 }
    var table = WeeklyPage.Table(
      [
        .wrapped(team.rawValue, least: 22), .number("promised"), .wrapped("delivered", least: 14),
        hasUnknown ? .number("not known") : nil, .wrapped("verdict", least: 8),
      ].compactMap { $0 }
    )
    for line in lines {
      let unknown = hasUnknown ? [Format.count(line.unknown)] : []
      table.add(
        [promise(line), target(line), delivered(line)] + unknown + [verdict(line.verdict)],
        line.verdict == .short ? .bad : .plain,
        openings: (line.base > line.unknown ? [2: .list(name(line, isKnown: true))] : [:])
          .merging(hasUnknown ? [3: .list(name(line, isKnown: false))] : [:]) { first, _ in first }
      )
    }
    return table
  }

  /// What a line is about.
  func promise(_ line: PromiseLine) -> String {
    switch line.promise {
    case .qualifiedLeads: return "leads handed to sales"
    case .idealCustomer: return "of these, ideal customers"
    case .qualifyingFactors: return "of these, all factors filled in"
    case .firstTouch: return "first touch in time"
    case .attempts:
      guard let attempts = agreement.inForce(at: answer.asOf).salesSLA?.attempts else {
        return "tried often enough"
      }
      return "reached, or tried \(Format.count(attempts.count, "time")) in "
        + Format.days(attempts.withinDays)
    case .disposition: return "said in time what became of it"
    }
  }

  func target(_ line: PromiseLine) -> String {
    guard let target = line.target else { return Format.absent }
    return line.promise == .qualifiedLeads ? amount(target) : Format.percent(target)
  }

  func delivered(_ line: PromiseLine) -> String {
    if line.promise == .qualifiedLeads { return Format.count(line.kept) }
    guard let share = line.share else { return Format.absent }
    return "\(Format.percent(share, line.interval)) of \(Format.count(line.base - line.unknown))"
  }

  func verdict(_ verdict: PromiseLine.Verdict) -> String {
    switch verdict {
    case .kept: "kept"
    case .short: "short"
    case .withinChance: "short?"
    case .nothingDue: "nothing due"
    case .notRecorded: "not on record"
    case .notAgreed: "no promise"
    }
  }

  // MARK: The closed loop

  private var loop: WeeklyPage.Section {
    let loop = answer.loop
    var table = WeeklyPage.Table([
      .wrapped("what became of them", least: 20), .number("this \(kind)"), .number("before"),
      .leads("leads"),
    ])
    for line in loop.lines {
      let isBad = line.fate == .neverTouched || line.fate == .openPastPromise
      table.add(
        [
          fate(line), Format.count(line.leads.count), Format.count(line.carriedOver.count),
          ids(line.leads.isEmpty ? line.carriedOver : line.leads, most: 3),
        ],
        isBad ? .bad : .plain,
        openings: [
          1: .list(name(line, isCarriedOver: false)), 2: .list(name(line, isCarriedOver: true)),
          3: .list(name(line, isCarriedOver: line.leads.isEmpty)),
        ]
      )
    }
    table.add(
      [
        "all", Format.count(loop.handedOverCount), Format.count(loop.carriedOverCount), "",
      ],
      .strong,
      openings: [1: .list(Self.allNew), 2: .list(Self.allBefore)]
    )
    if loop.entries.isEmpty {
      return WeeklyPage.Section(
        id: "loop",
        title: "What became of the leads handed to sales",
        blocks: ([.paragraph("No lead was handed over, and none was waiting.", .plain)])
          + undatedNotes.map { .paragraph($0, .faint) }
      )
    }
    var notes = [
      "This \(kind): handed to sales in it. Before: handed over earlier and still open when it "
        + "began. The lines add up to all.",
      WeeklyPage.openAny,
    ]
    let fresh = loop.entries.filter { !$0.isCarriedOver }
    let returned = fresh.count - Set(fresh.map(\.lead)).count
    if returned > 0 {
      notes.append(
        "A lead that came back and was handed over again counts each time: \(Format.count(returned)) "
          + "of these did."
      )
    }
    let stale = loop.entries.count(where: \.isStale)
    if stale > 0 {
      notes.append(
        "\(Format.count(stale)) of those still open \(stale == 1 ? "has" : "have") stood at "
          + "\(stale == 1 ? "its" : "their") stage for longer than agreed."
      )
    }
    notes += undatedNotes
    if !answer.isFollowUpJudged,
      loop.entries.contains(where: { $0.fate == .openUnjudged })
    {
      notes.append("Follow-up is not judged: \(obstacle).")
    }
    return WeeklyPage.Section(
      id: "loop",
      title: "What became of the leads handed to sales",
      blocks: [.table(table)] + notes.map { .paragraph($0, .faint) }
    )
  }

  /// What stands in no period.
  private var undatedNotes: [String] {
    let count = answer.loop.undatedCount
    guard count > 0 else { return [] }
    return [
      "Not in any \(kind): \(Format.count(count, "lead")) handed over on a day that nobody recorded."
    ]
  }

  /// Why follow-up is not judged.
  private var obstacle: String {
    agreement.inForce(at: answer.asOf).salesSLA.map(\.isJudgeable) == true
      ? "what people did for leads is not on record"
      : "the agreement does not say what following up means"
  }

  /// A fate with its reason.
  func fate(_ line: ClosedLoop.Line) -> String {
    let reason = line.reason.map { ": \($0.replacing("_", with: " ").printable)" }
    let stale =
      line.stale.isEmpty || line.fate.isWaiting
      ? "" : " (\(Format.count(line.stale.count)) stale)"
    switch line.fate {
    case .accepted: return "accepted by sales"
    case .reached(let stage): return "now at \(stages.label(stage))\(stale)"
    case .won: return "won"
    case .lost: return "lost\(reason ?? ", no reason given")"
    case .recycled: return "recycled\(reason ?? ", no reason given")"
    case .rejected: return "rejected\(reason ?? ", no reason given")"
    case .openInTime: return "open, no promise broken"
    case .openDoneLate: return "open, followed up late"
    case .openPastPromise: return "open, past the promise"
    case .neverTouched: return "open, never touched, past the promise"
    case .openUnjudged: return "open, not judged"
    }
  }

  // MARK: Changes

  private var changed: WeeklyPage.Section {
    let changes = answer.changes
    var blocks: [WeeklyPage.Block] = [
      .paragraph("\(changeClause.capitalizedFirst).", changes.isQuiet ? .plain : .strong)
    ]
    var table = WeeklyPage.Table([
      .text("reached", least: 12), .number("\(kind) before"), .number("this \(kind)"),
      .number("usual"), .wrapped("state", least: 12),
    ])
    for change in changes.counts {
      table.add(
        [
          stages.label(change.stage), change.previous.map { Format.count($0) } ?? Format.absent,
          Format.count(change.count), change.usual.map(range) ?? Format.absent,
          state(change),
        ],
        change.state == .fewer ? .bad : change.state == .more ? .strong : .plain,
        openings: [1: .listBefore(name(change)), 2: .list(name(change))]
      )
    }
    blocks.append(.table(table))
    blocks += shares
    let alarms = Format.fixed(changes.falseAlarmsPerYear, decimals: 0)
    blocks.append(
      .paragraph(
        "Usual: what chance makes of the periods before. The limits are set for about \(alarms) "
          + "false alarm a year over all counts together, and for as many over all shares"
          + AnswerPlace.words("; see plumbline watch.", onPage: "."),
        .faint
      )
    )
    return WeeklyPage.Section(
      id: "changes",
      title: "What changed against the \(kind)s before",
      blocks: blocks
    )
  }

  func state(_ change: CountChange) -> String {
    switch change.state {
    case .usual: "as usual"
    case .fewer: "fewer than usual"
    case .more: "more than usual"
    case .notOver: "not over yet"
    case .tooFewPeriods(let have, let need):
      "\(Format.count(have, kind)) before, needs \(Format.count(need))"
    }
  }

  /// The weekly shares of all leads together, and every series with an open alert.
  private var shares: [WeeklyPage.Block] {
    let words = WatchWords(answer.changes.watch, agreement)
    let shown = answer.changes.watch.series.filter { watched in
      watched.isJudged && (watched.series.dimension == nil || AgendaWords.start(of: watched) != nil)
    }
    guard !shown.isEmpty else {
      return [.paragraph("No weekly share has enough data to be watched yet.", .faint)]
    }
    var table = WeeklyPage.Table([
      .wrapped("weekly share", least: 20), .number("days"), .number("usual"),
      .number("newest"),
      .whole("week of"), .wrapped("state", least: 5),
    ])
    for watched in shown {
      let newest = watched.points.last
      let isAlert = AgendaWords.start(of: watched) != nil
      let series = watched.series
      let step = series.fromStage.map { stages.step($0, $0 + 1) } ?? words.subject(series)
      table.add(
        [
          series.dimension == nil ? step : "\(words.unit(series)): \(step)",
          series.withinDays.map { Format.count($0) } ?? "",
          watched.baseline.map(Format.usualShare) ?? Format.absent,
          newest.map { "\(Format.count($0.point.met)) of \(Format.count($0.point.items))" }
            ?? Format.absent,
          // The page is of one week; a year would only make the table too wide for a terminal.
          newest.map { String($0.start.description.dropFirst(5)) } ?? Format.absent,
          words.state(watched),
        ],
        isAlert ? .bad : .plain,
        openings: newest.flatMap { watched.number(ofWeek: "\($0.start)") }.map { [3: .number($0)] }
          ?? [:]
      )
    }
    let others = answer.changes.watch.judgedCount - shown.count
    let note =
      others > 0
      ? "\(Format.count(others, "series", "series")) of single channels and reps "
        + "\(others == 1 ? "is" : "are") watched too and quiet."
      : "A share is dated by the week in which leads entered the step."
    let days = "Days: within how many the next stage must be reached to count."
    return [.table(table), .paragraph("\(days) \(note)", .faint)]
  }

  // MARK: Beliefs and pulse

  private var beliefs: WeeklyPage.Section? {
    guard !answer.beliefs.isEmpty else { return nil }
    var blocks: [WeeklyPage.Block] = []
    if !answer.beliefs.reasons.isEmpty {
      var table = WeeklyPage.Table([
        .wrapped("sales said", least: 16), .number("leads"), .number("ideal by marketing"),
        .number("not ideal"), .number("not known"),
      ])
      for reason in answer.beliefs.reasons {
        table.add(
          [
            reason.reason.replacing("_", with: " ").printable, Format.count(reason.count),
            Format.count(reason.ideal.count), Format.count(reason.notIdeal.count),
            Format.count(reason.unknown.count),
          ],
          openings: [
            1: .list(name(reason, .all)), 2: .list(name(reason, .ideal)),
            3: .list(name(reason, .notIdeal)), 4: .list(name(reason, .unknown)),
          ]
        )
      }
      blocks.append(.table(table))
    }
    if !answer.beliefs.factors.isEmpty {
      var table = WeeklyPage.Table([
        .wrapped("factor", least: 12), .wrapped("both answered alike", least: 20),
        .number("contradicted"), .number("not asked"),
      ])
      for factor in answer.beliefs.factors {
        let both = factor.agreed + factor.contradicted.count
        table.add(
          [
            factor.id.replacing("_", with: " ").printable,
            "\(Format.percent(Double(factor.agreed) / Double(both), factor.interval)) of "
              + Format.count(both),
            Format.count(factor.contradicted.count), Format.count(factor.notAsked),
          ],
          openings: [2: .list(name(factor))]
        )
      }
      blocks.append(.table(table))
    }
    return WeeklyPage.Section(
      id: "beliefs",
      title: "What sales found, beside what marketing believed",
      blocks: blocks
    )
  }

  private var pulse: WeeklyPage.Section? {
    guard !answer.pulse.isEmpty else { return nil }
    var table = WeeklyPage.Table([
      .wrapped("question", least: 20), .text("team", least: 8), .number("mean"),
      .number("answers"),
    ])
    for line in answer.pulse {
      let scale = line.scale.map { " of \(Format.count($0))" } ?? ""
      table.add([
        line.question.printable, line.team.printable,
        line.mean.map { Format.fixed($0, decimals: 1) + scale } ?? "too few",
        line.answers.map { Format.count($0) } ?? "too few",
      ])
    }
    return WeeklyPage.Section(
      id: "pulse",
      title: "What the teams say",
      blocks: [.table(table)]
    )
  }
}
