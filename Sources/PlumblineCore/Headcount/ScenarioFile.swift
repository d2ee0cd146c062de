/// What a file of scenarios says.
public struct ScenarioFile: Hashable, Sendable {
  /// The file's path as the user gave it.
  public var path: String
  /// The company's name, for the page.
  public var company: String?
  /// The currency of the amounts; that of the agreement when nil.
  public var currency: String?
  /// The first month.
  public var start: PlanMonth?
  /// How many months.
  public var months: Int?
  /// How many courses are drawn.
  public var draws: Int?
  /// What the random numbers depend on.
  public var seed: UInt64?
  /// What is called today's course.
  public var todayName: String?
  /// What holds today, in the place of what was measured or agreed.
  public var today: [HeadcountInput: HeadcountOverride]
  /// The scenarios, in the order of the file.
  public var scenarios: [HeadcountScenario]

  /// A file of scenarios.
  ///
  /// - Parameters:
  ///   - path: The file's path as the user gave it.
  ///   - today: What holds today.
  ///   - scenarios: The scenarios.
  public init(
    path: String,
    today: [HeadcountInput: HeadcountOverride] = [:],
    scenarios: [HeadcountScenario] = []
  ) {
    self.path = path
    self.today = today
    self.scenarios = scenarios
  }
}
