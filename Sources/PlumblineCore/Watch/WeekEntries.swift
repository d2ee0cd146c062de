/// The leads behind one week of a weekly share: those that entered a stage in it.
public struct WeekEntries: Hashable, Sendable {
  /// The stage entered, by its id.
  public var stage: String
  /// The Monday of the week.
  public var week: CivilDate

  /// Leads that entered a stage in a week.
  public init(stage: String, week: CivilDate) {
    self.stage = stage
    self.week = week
  }

  /// A name for addresses, such as `sql:2026-06-22`.
  public var text: String { "\(stage):\(week)" }

  /// The entries of a name; nil for any other text, and for a day that is no Monday.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let week = CivilDate(String(parts[1])), week == week.startOfWeek else {
      return nil
    }
    self.init(stage: String(parts[0]), week: week)
  }

  /// The question of the passes that entered the stage in the week.
  ///
  /// - Parameters:
  ///   - question: Says which leads and under which rule; its days are replaced by the week's.
  ///   - agreement: Names the stages.
  /// - Returns: The question, and the number that lists its passes; nil where the path has no such
  ///   stage.
  public func records(of question: FunnelQuestion, _ agreement: Agreement) -> RecordQuestion? {
    guard let stage = agreement.pathIndex(of: stage) else { return nil }
    var asked = question
    asked.datedBy = stage
    asked.firstDay = week.dayNumber
    asked.lastDay = week.dayNumber + 6
    return RecordQuestion(asked, number: .reached(stage: stage))
  }
}
