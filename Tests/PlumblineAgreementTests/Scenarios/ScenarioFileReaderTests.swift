import PlumblineCore
import PlumblineStatistics
import Testing

@testable import PlumblineAgreement

/// Files of scenarios.
struct ScenarioFileReaderTests {
  private static func read(
    _ text: String,
    currency: String? = "EUR"
  )
    -> ScenarioFileReader.Reading
  {
    ScenarioFileReader.read(Array(text.utf8), path: "s.yaml", currency: currency)
  }

  private static func codes(_ text: String, currency: String? = "EUR") -> [String] {
    read(text, currency: currency).diagnostics.map {
      "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.code)"
    }
  }

  @Test func `a whole file`() throws {
    let reading = Self.read(
      """
      simulate: 1
      currency: EUR
      start: 2026-01
      months: 18
      draws: 200
      seed: 7
      today_is: as we are
      today: {reps: 4, ramp: 4, cycle: [0.25, 0.75], payments: annual, close_rate: 6 %, cash: -5}
      scenarios:
        - name: more
          hire: {2026-05: 1, 2026-02: 2}
          fire: {2026-06: 1}
          churn: 0.01
          from: {2026-03: {spend: +20%, close_rate: -0.01}}
      """
    )
    #expect(reading.diagnostics.isEmpty)
    let file = try #require(reading.file)
    #expect(file.start == PlanMonth("2026-01") && file.months == 18 && file.draws == 200)
    #expect(file.seed == 7 && file.todayName == "as we are")
    #expect(
      file.today == [
        .reps: .set(.number(4)), .ramp: .set(.shares([0, 0.25, 0.5, 0.75])),
        .cycle: .set(.shares([0.25, 0.75])), .payments: .set(.payments(.annual)),
        .closeRate: .set(.number(0.06)), .cash: .set(.number(-500)),
      ]
    )
    let scenario = try #require(file.scenarios.first)
    #expect(scenario.hires.map(\.reps) == [2, 1])
    #expect(scenario.departures.map(\.reps) == [1])
    #expect(scenario.overrides == [.churn: .set(.number(0.01))])
    #expect(
      scenario.changes.map(\.overrides) == [[.spend: .times(1.2), .closeRate: .plus(-0.01)]]
    )
  }

  @Test func `the least file says nothing, and means today`() throws {
    let file = try #require(Self.read("simulate: 1").file)
    #expect(file == ScenarioFile(path: "s.yaml"))
  }

  @Test func `all faults are found at once, each in its place`() {
    #expect(
      Self.codes(
        """
        simulate: 2
        start: 2026-13
        months: 601
        tody: {}
        today:
          repz: 1
          close_rate: 7
          reps: [1]
          ramp: [0, x]
        scenarios:
          - hire: {soon: 1, 2026-02: -1}
          - name: a
            from: {2026-02: {churn: 0.1}}
          - name: A
        """
      ) == [
        "1:11 scenario.out-of-range", "2:8 scenario.month", "3:9 scenario.out-of-range",
        "4:1 scenario.unknown-key", "6:3 scenario.unknown-key", "7:15 scenario.value",
        "8:9 scenario.wrong-type", "9:13 scenario.wrong-type", "11:5 scenario.missing-key",
        "11:18 scenario.month", "11:30 scenario.out-of-range", "13:22 scenario.unknown-key",
        "14:5 scenario.duplicate-scenario",
      ]
    )
  }

  @Test(arguments: ["tody: {}", "today: {repz: 1}", "today: {close_rat: 0.1}"])
  func `a slip of the pen gets a hint`(line: String) {
    let findings = Self.read("simulate: 1\n\(line)").diagnostics
    #expect(findings.count == 1)
    #expect(findings.first?.remedy?.hasPrefix("Did you mean") == true)
  }

  @Test func `a currency is needed where there is no agreement, and must be its own`() {
    #expect(Self.codes("simulate: 1", currency: nil) == ["1:1 scenario.missing-key"])
    #expect(Self.codes("simulate: 1\ncurrency: USD") == ["2:11 scenario.other-currency"])
    #expect(Self.codes("simulate: 1\ncurrency: euro", currency: nil) == ["2:11 scenario.currency"])
    #expect(Self.codes("simulate: 1\ncurrency: JPY", currency: nil).isEmpty)
  }

  @Test func `amounts are in minor units of the currency`() throws {
    let yen = Self.read("{simulate: 1, currency: JPY, today: {cash: 5}}", currency: nil)
    #expect(yen.file?.today == [.cash: .set(.number(5))])
  }

  @Test(arguments: ["", "simulate", "- 1", "simulate: 1\nsimulate: 1", "a: &a [*a]", "\u{0}"])
  func `what is no such file is refused with a finding`(text: String) {
    let reading = Self.read(text)
    #expect(reading.file == nil)
    #expect(!reading.diagnostics.isEmpty)
  }
}
