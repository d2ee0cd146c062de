import PlumblineCore
import PlumblineStatistics

extension WeeklyWords {
  /// What to talk about.
  var agenda: WeeklyPage.Section {
    let agenda = answer.agenda
    var blocks: [WeeklyPage.Block] = []
    if agenda.items.isEmpty {
      blocks.append(
        .paragraph("Nothing stands out: no broken promise, alarm, leak or forgotten lead.", .plain)
      )
    } else {
      blocks.append(.points(agenda.items.map { AgendaWords($0, self).point }))
    }
    if agenda.leftOut > 0 {
      blocks.append(
        .paragraph(
          "\(Format.count(agenda.leftOut, "more point")) with less at stake "
            + "\(agenda.leftOut == 1 ? "is" : "are") left out.",
          .faint
        )
      )
    }
    if let value = agenda.leadValue {
      blocks.append(
        .paragraph(
          "At stake is counted by what a lead handed to sales was worth on average, "
            + "\(Format.estimatedMoney(value, agreement.currency)): \(winShare), times the mean "
            + "deal. It ranks the points; it is no promise that so much would come back.",
          .faint
        )
      )
    }
    let title =
      switch agenda.items.count {
      case 0: "To talk about"
      case 1: "One thing to talk about"
      case 2: "Two things to talk about"
      default: "Three things to talk about"
      }
    return WeeklyPage.Section(id: "agenda", title: title, blocks: blocks)
  }

  /// The share of hand-offs won, with its base.
  private var winShare: String {
    let work = answer.diagnosis.work
    guard work.leads > 0 else { return Format.absent }
    let interval = ConfidenceInterval.wilson(
      successes: Double(work.wins),
      trials: Double(work.leads)
    )
    let share = Format.percent(Double(work.wins) / Double(work.leads), interval)
    return "\(share) of \(Format.count(work.leads)) were won within "
      + Format.days(work.horizon.days)
  }
}

extension WeeklyWords {
  /// How many leads of the loop wait although a promise about them is broken, or are stale.
  fileprivate var brokenCount: Int {
    answer.loop.entries.count {
      $0.isStale || $0.fate == .neverTouched || $0.fate == .openPastPromise
    }
  }
}

/// One point of the agenda in words.
struct AgendaWords {
  let item: AgendaItem
  private let words: WeeklyWords

  init(_ item: AgendaItem, _ words: WeeklyWords) {
    self.item = item
    self.words = words
  }

  /// The first week of an open alert; nil where there is none.
  static func start(of watched: WatchedSeries) -> CivilDate? {
    switch watched.state {
    case .alarm(let since): since
    case .shock(let week): week
    case .quiet, .tooLittleData: nil
    }
  }

  /// The point as it stands on the page.
  var point: WeeklyPage.Point {
    var facts = [("Numbers", numbers)]
    if let stake { facts.append(("At stake", stake)) }
    facts.append(("Whose", whose))
    facts.append(("Settle", question))
    facts.append(("Leads", words.ids(item.leads) + WeeklyPage.openOne))
    return WeeklyPage.Point(title: title, facts: facts.map { (label: $0.0, text: $0.1) })
  }

  private var watchWords: WatchWords {
    WatchWords(words.answer.changes.watch, words.agreement)
  }

  private func sentences(_ leak: Leak) -> LeakSentences {
    LeakSentences(leak, of: words.answer.diagnosis, under: words.agreement)
  }

  /// What it is about, in a few words.
  var title: String {
    let leads = Format.count(item.leads.count, "lead")
    switch item.subject {
    case .brokenPromises: return "\(leads) past what was promised"
    case .alarm(let watched, _):
      return "\(watchWords.place(watched.series)): \(watchWords.state(watched))"
    case .leak(let leak): return sentences(leak).name.capitalizedFirst
    case .disagreement: return "\(leads) on which the two teams disagree"
    case .forgotten: return "\(leads) forgotten"
    }
  }

  /// The numbers behind it, as sentences.
  var numbers: String {
    switch item.subject {
    case .brokenPromises(let never, let late, let stale):
      let parts = [
        never > 0 ? "\(Format.count(never)) touched by nobody" : nil,
        late > 0 ? "\(Format.count(late)) touched, with something else overdue" : nil,
        stale > 0 ? "\(Format.count(stale)) at a later stage for longer than agreed" : nil,
      ].compactMap { $0 }
      let others = words.brokenCount - item.leads.count
      let rest = others > 0 ? " \(Format.count(others)) more are among the forgotten." : ""
      return parts.joined(separator: "; ") + ".\(rest)"
    case .alarm(let watched, let missing):
      guard let since = watchWords.sinceAlert(watched) else { return Format.absent }
      return "\(watchWords.share(since.met, of: since.items)), against "
        + "\(watchWords.usual(watched)) before: about \(Format.expected(missing)) fewer than usual"
        + (item.others > 0 ? "; \(Format.count(item.others, "other alert")) open." : ".")
    case .leak(let leak):
      let more = item.others > 0 ? " \(Format.count(item.others, "other leak")) named." : ""
      return "\(sentences(leak).gap.capitalizedFirst).\(more)"
    case .disagreement: return disagreement
    case .forgotten(let days, let isAgreed):
      return "Handed to sales more than \(Format.days(days)) ago"
        + "\(isAgreed ? ", the time agreed" : ""), nobody turned to them for as long, and nobody "
        + "said what became of them."
    }
  }

  private var disagreement: String {
    let beliefs = words.answer.beliefs
    let ideal = beliefs.reasons.filter { $0.outcome == .rejected }.reduce(0) { $0 + $1.ideal.count }
    var parts: [String] = []
    if ideal > 0 {
      parts.append("\(Format.count(ideal)) that marketing's data call ideal were turned down")
    }
    parts += beliefs.factors.filter { !$0.contradicted.isEmpty }.map { factor in
      let both = factor.agreed + factor.contradicted.count
      return "\(factor.id.replacing("_", with: " ").printable): contradicted for "
        + "\(Format.count(factor.contradicted.count)) of \(Format.count(both)) that both answered"
    }
    return parts.joined(separator: "; ") + "."
  }

  /// What is at stake; nil without a price.
  var stake: String? {
    guard let stake = item.stake, stake > 0 else { return nil }
    let money = "about \(Format.estimatedMoney(stake, words.agreement.currency))"
    switch item.subject {
    case .leak(let leak):
      return "\(money) for a \(words.kind); over all the leads behind it \(sentences(leak).price)."
    case .alarm: return "\(money) since it began."
    case .brokenPromises, .disagreement, .forgotten: return "\(money)."
    }
  }

  /// Whose it is.
  var whose: String {
    let owners = item.owners.prefix(4).map { owner in
      let name = owner.name == FunnelDimension.none ? "nobody" : owner.name.printable
      return "\(name) \(Format.count(owner.leads))"
    }
    guard !owners.isEmpty else {
      return item.party == .handOff ? "both teams." : "\(item.party.word)."
    }
    let rest = item.owners.dropFirst(4).reduce(0) { $0 + $1.leads }
    let others = rest > 0 ? ", others \(Format.count(rest))" : ""
    let party = item.party == .handOff ? "both teams" : item.party.word
    return "\(party). The leads by rep: \(owners.joined(separator: ", "))\(others)."
  }

  /// The question to settle.
  var question: String {
    switch item.subject {
    case .brokenPromises: return "Who takes these leads today, and which are given back, and why?"
    case .alarm(let watched, _):
      let week = Self.start(of: watched).map { " around \($0)" } ?? ""
      return "What changed\(week), and who looks at the leads until it is back to usual?"
    case .leak(let leak): return sentences(leak).remedy
    case .disagreement:
      return "Go through five of them together: is the definition wrong, the data, or the finding?"
    case .forgotten:
      return "Work them this \(words.kind), or give them back to marketing for a second chance?"
    }
  }
}
