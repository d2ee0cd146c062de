/// Simulated companies of one kind whose plans are judged: a row of the table.
public struct PlanStudyRow: Sendable {
  /// What the row is called.
  public let title: String
  /// Whether something that plans take to be constant changes.
  public let isStress: Bool
  /// Distinguishes the row's companies from all others; never changes.
  let stream: UInt64
  /// How leads come, move on and pay.
  public let process: SalesProcess
  /// The quota over what the usual number of leads would bring.
  let stretch: Range<Double>

  init(
    _ title: String,
    stream: UInt64,
    isStress: Bool = false,
    leadsPerWeek: Double = 40,
    stretch: Range<Double> = 0.9..<1.5,
    _ adjust: (inout SalesProcess) -> Void = { _ in }
  ) {
    var process = SalesProcess(leadsPerWeek: leadsPerWeek)
    adjust(&process)
    self.title = title
    self.isStress = isStress
    self.stream = stream
    self.process = process
    self.stretch = stretch
  }

  /// All rows.
  public static let all = usual + stress

  /// Companies as a plan takes them to be.
  public static let usual = [
    PlanStudyRow("usual", stream: 1),
    PlanStudyRow("many leads", stream: 2, leadsPerWeek: 150),
    PlanStudyRow("few wins", stream: 3, leadsPerWeek: 7, stretch: 1.2..<2),
    PlanStudyRow("very uneven deals", stream: 4) {
      $0.deals = .logNormal(mean: 1_000_000, variation: 2)
    },
    PlanStudyRow("few wins, uneven deals", stream: 5, leadsPerWeek: 10, stretch: 1.2..<2) {
      $0.deals = .logNormal(mean: 1_000_000, variation: 1.2)
    },
    PlanStudyRow("slow to win: most come after the quarter", stream: 6) {
      $0.recordInWeeks = 130
      $0.steps[3].wait = SalesProcess.Wait(mean: 120, shape: 2)
      $0.steps[3].exitWait = SalesProcess.Wait(mean: 180, shape: 2)
    },
    PlanStudyRow("half a year of record", stream: 7) { $0.recordInWeeks = 26 },
    PlanStudyRow("weeks three times as uneven as chance", stream: 8) { $0.weekDispersion = 3 },
  ]

  /// Companies in which something changes that a plan takes to be constant.
  public static let stress = [
    PlanStudyRow("the close falls by 30 % a year", stream: 9, isStress: true) {
      $0.change = .drift(yearly: 0.3)
    },
    PlanStudyRow("the close swings by 25 % with the season", stream: 10, isStress: true) {
      $0.change = .seasons(swing: 0.25)
    },
    PlanStudyRow("sales has no time for more leads than usual", stream: 11, isStress: true) {
      $0.change = .overload(capacity: $0.leadsPerWeek)
    },
  ]
}
