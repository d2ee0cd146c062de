import PlumblineCore

/// Leads behind a number of the page for both teams.
struct WeeklyLeadList {
  /// A name that says the same for as long as the page does.
  var name: String
  /// What the leads have in common.
  var title: String
  var ids: [String]
}

extension WeeklyWords {
  /// Every list of leads to which the page opens.
  var lists: [WeeklyLeadList] {
    let lines = answer.loop.lines.flatMap { line in
      [
        WeeklyLeadList(
          name: name(line, isCarriedOver: false),
          title: "\(fate(line)), handed to sales in \(kind) \(answer.period)",
          ids: line.leads
        ),
        WeeklyLeadList(
          name: name(line, isCarriedOver: true),
          title: "\(fate(line)), handed to sales before \(kind) \(answer.period)",
          ids: line.carriedOver
        ),
      ]
    }
    let points = answer.agenda.items.enumerated().map { index, item in
      WeeklyLeadList(
        name: Self.name(ofPoint: index),
        title: AgendaWords(item, self).title,
        ids: item.leads
      )
    }
    return promiseLists + lines + totals + changeLists + beliefLists + points
  }

  private var promiseLists: [WeeklyLeadList] {
    answer.promises.flatMap { line in
      let what = promise(line)
      return [
        WeeklyLeadList(
          name: name(line, isKnown: true),
          title: line.promise == .qualifiedLeads ? what : "\(what), kept or not",
          ids: (line.keptLeads + line.missedLeads).sorted()
        ),
        WeeklyLeadList(
          name: name(line, isKnown: false),
          title: "\(what), not known",
          ids: line.unknownLeads.sorted()
        ),
      ]
    }
  }

  private var totals: [WeeklyLeadList] {
    let lines = answer.loop.lines
    return [
      WeeklyLeadList(
        name: Self.allNew,
        title: "handed to sales in \(kind) \(answer.period)",
        ids: lines.flatMap(\.leads).sorted()
      ),
      WeeklyLeadList(
        name: Self.allBefore,
        title: "handed to sales before \(kind) \(answer.period) and still open when it began",
        ids: lines.flatMap(\.carriedOver).sorted()
      ),
    ]
  }

  private var changeLists: [WeeklyLeadList] {
    answer.changes.counts.map { change in
      WeeklyLeadList(
        name: name(change),
        title: "reached \(stages.label(change.stage)) in \(kind) \(answer.period)",
        ids: change.leads.sorted()
      )
    }
  }

  private var beliefLists: [WeeklyLeadList] {
    let reasons = answer.beliefs.reasons.flatMap { reason in
      let said = "sales said \(reason.reason.replacing("_", with: " ").printable)"
      let groups: [(Belief, String, [String])] = [
        (.all, said, reason.ideal + reason.notIdeal + reason.unknown),
        (.ideal, "\(said), ideal customers by marketing", reason.ideal),
        (.notIdeal, "\(said), no ideal customers by marketing", reason.notIdeal),
        (.unknown, "\(said), not known whether ideal customers", reason.unknown),
      ]
      return groups.map { belief, title, ids in
        WeeklyLeadList(name: name(reason, belief), title: title, ids: ids.sorted())
      }
    }
    let factors = answer.beliefs.factors.map { factor in
      WeeklyLeadList(
        name: name(factor),
        title: "\(factor.id.replacing("_", with: " ").printable), answered otherwise by each side",
        ids: factor.contradicted.sorted()
      )
    }
    return reasons + factors
  }

  /// Whether marketing's data call leads ideal customers.
  enum Belief: String {
    case all, ideal
    case notIdeal = "not_ideal"
    case unknown
  }

  /// The name of the leads that a promise is counted on, or of those of which nobody knows.
  func name(_ line: PromiseLine, isKnown: Bool) -> String {
    "promise:\(line.promise.rawValue):\(isKnown ? "known" : "unknown")"
  }

  /// The name of the leads that reached a stage in the period.
  func name(_ change: CountChange) -> String { "reached:\(agreement.path[change.stage].id)" }

  /// The name of the leads of which sales said something.
  func name(_ reason: BeliefTable.Reason, _ belief: Belief) -> String {
    "said:\(belief.rawValue):\(reason.reason)"
  }

  /// The name of the leads of which the sides say different things.
  func name(_ factor: BeliefTable.Factor) -> String { "contradicted:\(factor.id)" }

  /// The name of all leads handed over in the period.
  static let allNew = "all:new"
  /// The name of all leads that were waiting when it began.
  static let allBefore = "all:before"

  /// The name of the list behind a line of the closed loop.
  func name(_ line: ClosedLoop.Line, isCarriedOver: Bool) -> String {
    let stage: String? =
      if case .reached(let stage) = line.fate { agreement.path[stage].id } else { nil }
    return [line.fate.word, isCarriedOver ? "before" : "new", stage ?? line.reason]
      .compactMap { $0 }.joined(separator: ":")
  }

  /// The name of the list behind a point of the agenda, counted from 0.
  static func name(ofPoint index: Int) -> String { "point:\(index + 1)" }
}
