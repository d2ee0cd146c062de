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
    return lines + points
  }

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
