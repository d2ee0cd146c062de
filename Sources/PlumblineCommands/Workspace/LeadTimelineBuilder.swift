import PlumblineCore
import PlumblineReporting

/// Puts everything on record about one lead in order.
struct LeadTimelineBuilder {
  private let history: CompanyHistory
  private let register: LeadRegister
  private let ledger: Ledger
  private let store: any FactStore
  private let scores: LeadScores
  private let touches: LeadTouches

  /// A builder.
  ///
  /// - Parameters:
  ///   - ledger: All that is known of the lead, with the texts of the whole store.
  ///   - history: The same, read under the agreement; it has the names of owners that may be shown.
  ///   - store: The store that they were read from.
  init(_ ledger: Ledger, _ history: CompanyHistory, _ store: any FactStore) {
    self.ledger = ledger
    self.history = history
    self.store = store
    register = LeadRegister(ledger)
    touches = LeadTouches(ledger, for: history)
    scores = LeadScores(
      history.agreementInForce.scoring ?? LeadScoring(),
      LeadAttributes(ledger, asOf: history.asOf),
      touches,
      of: history
    )
  }

  /// The timeline of a lead named by any of its ids.
  ///
  /// - Throws: `InputError` when no lead has the id, or what the store throws.
  func timeline(of id: String) throws -> LeadTimeline {
    guard let code = ledger.texts[.lead].code(of: id),
      let lead = register.number(of: Int64(code))
    else {
      throw InputError(
        code: "show.unknown-lead",
        "there is no lead with the id \"\(id)\".",
        remedy: "plumbline funnel --ids reached:\(history.agreement.path[0].id) lists all ids.",
        onPage: "Search for the id on the page Leads."
      )
    }
    let ids = register.codes(of: lead).map { ledger.texts[.lead][$0] }
    var entries: [LeadTimeline.Entry] = []
    for name in ids {
      for (record, batch) in try store.history(ofLead: name) {
        // A fact that names two of the ids is told once.
        entries += self.entries(batch, record).filter { !entries.contains($0) }
      }
    }
    let ordered = entries.enumerated().sorted { left, right in
      let (leftTime, rightTime) = (left.element.time, right.element.time)
      return leftTime == rightTime ? left.offset < right.offset : leftTime < rightTime
    }.map(\.element)
    return LeadTimeline(
      id: history.id(ofLead: lead),
      attributes: attributes(lead, ids),
      entries: ordered,
      episodes: episodes(lead),
      known: known(of: lead, ordered)
    )
  }

  /// What was known of a lead when a person first tried to reach it.
  private func known(of lead: Int, _ entries: [LeadTimeline.Entry]) -> LeadTimeline.Known {
    let activities = history.activities
    let contact =
      activities.indices.lazy.filter {
        Int(activities.leads[$0]) == lead && activities.times[$0].isDated
          && activities.marks[$0].intersection([.attempt, .automated]) == .attempt
      }.map { activities.times[$0] }.min() ?? .missing
    let before = entries.filter { !$0.time.isDated || $0.time < contact }
    var touches: [(kind: String, count: Int, last: TimePoint)] = []
    for entry in before where entry.actor == .lead {
      if let known = touches.firstIndex(where: { $0.kind == entry.detail }) {
        touches[known].count += 1
        touches[known].last = max(touches[known].last, entry.time)
      } else {
        touches.append((entry.detail, 1, entry.time))
      }
    }
    return LeadTimeline.Known(
      contact: contact,
      score: score(lead, at: contact.isPresent ? contact.instant : history.asOf),
      touches: touches.map { kind, count, last in
        LeadTimeline.Attribute(
          name: kind.replacing("_", with: " "),
          value: "\(count) x, last \(Format.time(last, history.agreement.calendar))"
        )
      },
      words: before.filter { $0.kind == .attribute && $0.actor != .sales }.map {
        // Whoever does not know when a thing was said cannot say that it was before.
        LeadTimeline.Attribute(
          name: $0.what,
          value: $0.time.isDated ? $0.detail : "\($0.detail) (no date)"
        )
      }
    )
  }

  private func attributes(_ lead: Int, _ ids: [String]) -> [LeadTimeline.Attribute] {
    let leads = history.leads
    let own = history.id(ofLead: lead)
    let words: [(String, String)] = [
      ("channel", history.texts[.channel][leads.channels[lead]]),
      ("campaign", history.texts[.campaign][leads.campaigns[lead]]),
      ("segment", history.texts[.segment][leads.segments[lead]]),
      ("owner", history.texts[.owner][leads.owners[lead]]),
      ("score", score(lead, at: history.asOf)),
      ("other ids", ids.filter { $0 != own }.joined(separator: ", ")),
    ]
    return words.filter { !$0.1.isEmpty }.map { LeadTimeline.Attribute(name: $0.0, value: $0.1) }
  }

  private func score(_ lead: Int, at instant: Instant) -> String {
    scores.words(of: lead, at: instant)
  }

  private func entries(_ batch: FactBatch, _ record: ImportRecord) -> [LeadTimeline.Entry] {
    FactKind.allCases.flatMap { kind in
      let table = batch[kind]
      return (0..<table.rowCount).flatMap { row in
        let actor = actor(table, row, batch.texts)
        return entries(table, row, batch.texts).map { time, what, detail in
          LeadTimeline.Entry(
            time: time,
            what: what,
            detail: detail,
            source: record.source,
            file: record.files.indices.contains(Int(table.files[row]))
              ? record.files[Int(table.files[row])].name : "",
            line: Int(table.lines[row]),
            seenAt: Instant(seconds: record.seenAt),
            actor: actor,
            kind: kind
          )
        }
      }
    }
  }

  /// Whose doing or word a fact is.
  private func actor(
    _ table: FactTable,
    _ row: Int,
    _ texts: TextDictionaries
  ) -> LeadTimeline.Actor {
    switch table.kind {
    case .touch: return .lead
    case .activity, .disposition: return .sales
    case .attribute:
      let word = texts[.other][UInt32(table["by"][row])]
      switch Stage.Team(rawValue: WordKey.of(word)) {
      case .marketing: return .marketing
      case .sales: return .sales
      default: return .record
      }
    default: return .record
    }
  }

  /// An owner's name as the reader may see it.
  private func shown(owner name: String) -> String {
    ledger.texts[.owner].code(of: name).map { history.texts[.owner][$0] } ?? name
  }

  /// What one fact says, one entry for each of its times.
  private func entries(
    _ table: FactTable,
    _ row: Int,
    _ texts: TextDictionaries
  ) -> [(TimePoint, String, String)] {
    func text(_ name: String) -> String {
      let column = table.kind.schema[name]
      guard case .text(let domain) = table.kind.schema.columns[column].content else { return "" }
      let word = texts[domain][UInt32(table.columns[column][row])]
      return domain == .owner ? shown(owner: word) : word
    }
    func time(_ name: String) -> TimePoint {
      history.agreement.calendar.rebased(TimePoint(rawValue: table[name][row]))
    }
    func words(_ parts: String...) -> String {
      parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }
    func dated(
      _ what: String,
      _ detail: String,
      _ names: [(String, String)]
    )
      -> [(TimePoint, String, String)]
    {
      let present = names.filter { time($0.0).isPresent }
      if present.isEmpty { return [(.undated, what, detail)] }
      return present.map { (time($0.0), "\(what) \($0.1)".trimmed, detail) }
    }
    switch table.kind {
    case .lead:
      return dated("lead", words(text("channel"), text("status"), text("owner")), [("created", "")])
    case .stageEvent:
      return dated("stage", words(text("stage"), text("reason")), [("at", "")])
    case .activity:
      let isAutomated = table["automated"][row] == 1
      return dated(
        "activity",
        words(text("kind"), text("outcome"), text("owner"), isAutomated ? "automated" : ""),
        [("at", "")]
      )
    case .attribute:
      return dated(
        text("name").replacing("_", with: " "),
        words(text("value"), text("by").isEmpty ? "" : "says \(text("by"))"),
        [("at", "")]
      )
    case .disposition:
      return dated("disposition", words(text("reason"), text("owner")), [("at", "")])
    case .touch: return dated("touch", words(text("kind"), text("campaign")), [("at", "")])
    case .meeting:
      return dated(
        "meeting",
        words(text("outcome"), text("owner")),
        [("booked", "booked"), ("starts", "starts")]
      )
    case .deal:
      let amount = table["amount"][row]
      let price =
        amount == FactColumn.noNumber ? "" : Format.money(Double(amount), text("currency"))
      let probability = table["probability"][row]
      let odds =
        probability == FactColumn.noNumber ? "" : Format.percent(Double(probability) / 1_000_000)
      return dated(
        "deal",
        words(text("id"), text("outcome"), price, odds, text("reason")),
        [("created", "created"), ("closed", "closed")]
      )
    case .merge:
      let isAlias = text("reason") == LeadRegister.aliasReason
      return dated(
        isAlias ? "other id" : "merge",
        isAlias ? text("from") : "\(text("from")) into \(text("into"))",
        [("at", "")]
      )
    case .currencyRate, .owner, .quota, .spend: return []
    }
  }

  private func episodes(_ lead: Int) -> [LeadTimeline.Episode] {
    let journeys = Journeys(history, rule: history.agreement.journeyRule)
    return (0..<journeys.count).filter { Int(journeys.leads[$0]) == lead }.map { row in
      let reached = (0..<journeys.stageCount).filter { journeys.reached[$0][row].isPresent }
      let exit = journeys.exits[row]
      let detours = history.agreement.detours
      return LeadTimeline.Episode(
        attempt: Int(journeys.attempts[row]),
        reached: reached.map {
          LeadTimeline.Reached(
            stage: history.agreement.path[$0].id,
            time: journeys.reached[$0][row]
          )
        },
        exit: exit.isPresent
          ? LeadTimeline.Reached(stage: detours[Int(journeys.detours[row])].id, time: exit) : nil
      )
    }
  }
}

extension String {
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
