public import PlumblineCore

extension NumberSections {
  /// The records behind a number of a budget.
  ///
  /// - Parameters:
  ///   - records: The records.
  ///   - number: The number.
  ///   - history: The history that they are of.
  ///   - summaries: Tells of leads what their line says.
  public init(
    _ records: BudgetRecords,
    behind number: BudgetNumber,
    of history: CompanyHistory,
    _ summaries: LeadSummaries
  ) {
    let (title, scope, remark) =
      switch number {
      case .deals: ("Mean deal", "Every won deal with an amount, whose lead is on record", "")
      case .of(let measure, let name): Self.told(measure, name.printable)
      }
    let days = records.days.map { ", \($0.lowerBound) to \($0.upperBound)" } ?? ""
    self.init(
      records.records,
      Telling(number: number.text, name: title, scope: scope + days + remark),
      of: history,
      summaries
    )
  }
  /// What a number of a channel or campaign is called, what it is of, and a remark on its days.
  private static func told(
    _ measure: BudgetNumber.Measure,
    _ name: String
  ) -> (title: String, scope: String, remark: String) {
    switch measure {
    case .spend:
      (
        "\(name), spend",
        "The whole weeks that say how leads answer to spend",
        " (a week that corrections make negative counts as nothing)"
      )
    case .today:
      (
        "\(name), spend today",
        "The newest whole weeks with spend on record",
        " (a month is \(Format.fixed(BudgetOptions.weeksPerMonth, decimals: 2)) weeks)"
      )
    case .leads: ("\(name), leads", "New leads of the whole weeks in which spend works", "")
    case .rate:
      ("\(name), rate of winning", "New leads of all times, with what became of them so far", "")
    }
  }
}
