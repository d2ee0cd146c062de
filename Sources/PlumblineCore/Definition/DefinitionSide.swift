/// A history under one definition, read as journeys.
struct DefinitionSide {
  let history: CompanyHistory
  let journeys: Journeys
  let source: EmbeddedCells
  /// By the number that `classNumber(of:)` gives.
  let classes: [DefinitionClass]

  var agreement: Agreement { history.agreement }

  init(_ history: CompanyHistory) {
    self.history = history
    source = EmbeddedCells(history)
    journeys = source.journeys(under: history.agreement.journeyRule)
    let exits = [nil] + history.agreement.detours.map { $0.id }
    classes = history.agreement.path.flatMap { stage in
      exits.map { DefinitionClass(stage: stage.id, exit: $0) }
    }
  }

  /// A pass's class as a number: the furthest stage, and one more than the detour, if any.
  func classNumber(of row: Int) -> Int {
    let exit = journeys.exits[row].isPresent ? Int(journeys.detours[row]) + 1 : 0
    return journeys.furthestStage(of: row) * (agreement.detours.count + 1) + exit
  }

  /// When a pass reached a stage; `missing` without a pass, or without such a stage.
  func time(_ stage: Int?, _ row: Int?) -> TimePoint {
    guard let stage, let row else { return .missing }
    return journeys.reached[stage][row]
  }

  /// Whether a time falls on some days.
  func isOn(_ days: ClosedRange<CivilDate>) -> (TimePoint) -> Bool {
    let calendar = agreement.calendar
    let start = calendar.instant(of: days.lowerBound)
    let end = calendar.instant(of: CivilDate(dayNumber: days.upperBound.dayNumber + 1))
    return { $0.isDated && $0.instant >= start && $0.instant < end }
  }
}

extension DefinitionSide {
  /// Calls `body` with each pass of two sides: its row on each, nil where a side does not know it.
  ///
  /// - Precondition: Both number leads alike.
  static func forEachPass(
    _ before: DefinitionSide,
    _ after: DefinitionSide,
    _ body: (_ before: Int?, _ after: Int?) -> Void
  ) {
    let (old, new) = (before.journeys, after.journeys)
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      let leftKey = left < old.count ? (old.leads[left], old.attempts[left]) : (.max, .max)
      let rightKey = right < new.count ? (new.leads[right], new.attempts[right]) : (.max, .max)
      if leftKey == rightKey {
        body(left, right)
        (left, right) = (left + 1, right + 1)
      } else if leftKey < rightKey {
        body(left, nil)
        left += 1
      } else {
        body(nil, right)
        right += 1
      }
    }
  }
}
