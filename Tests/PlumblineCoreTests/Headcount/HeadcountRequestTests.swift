import Testing

@testable import PlumblineCore

/// What people ask in words.
struct HeadcountRequestTests {
  private static func scenario(
    _ words: [String],
    isDated: Bool = true
  ) throws -> HeadcountScenario? {
    let request = HeadcountRequest(minorUnits: 100, channels: ["Meta", "Ads"]) {
      $0 == ["Meta": 0.3] ? 0.05 : nil
    }
    let month = try #require(PlanMonth("2026-02"))
    return try request.scenario(words, in: month, isDated: isDated)
  }

  @Test func `nothing asked is no scenario`() throws {
    #expect(try Self.scenario([]) == nil)
  }

  @Test func `hires, departures and changes in a month`() throws {
    let scenario = try #require(
      try Self.scenario(["hire", "2", "fire", "1", "spend=-20%", "close_rate", "0.06", "ramp", "2"])
    )
    #expect(scenario.hires.map(\.reps) == [2] && scenario.departures.map(\.reps) == [1])
    #expect(scenario.hires.first?.month == PlanMonth("2026-02"))
    #expect(scenario.changes.first?.month == PlanMonth("2026-02"))
    #expect(
      scenario.changes.map(\.overrides) == [[.spend: .times(0.8), .closeRate: .set(.number(0.06))]]
    )
    // A ramp holds for the whole plan.
    #expect(scenario.overrides == [.ramp: .set(.shares([0, 0.5]))])
    #expect(scenario.name.hasSuffix("from 2026-02"))
  }

  @Test func `without a month all holds from the start`() throws {
    let scenario = try #require(try Self.scenario(["spend", "+500"], isDated: false))
    #expect(scenario.overrides == [.spend: .plus(50_000)] && scenario.changes.isEmpty)
    #expect(scenario.name == "spend +500")
  }

  @Test func `a mix of channels is a close rate`() throws {
    let scenario = try #require(try Self.scenario(["mix", "Meta=30%"]))
    #expect(scenario.changes.first?.overrides == [.closeRate: .set(.number(0.05))])
    for mix in ["Meta=40%", "Meta", "=", "Meta=x"] {
      #expect(throws: InputError.self) { try Self.scenario(["mix", mix]) }
    }
  }

  @Test func `a mix takes any case, and says which channel it does not know`() throws {
    let scenario = try #require(try Self.scenario(["mix", "meta=30%"]))
    #expect(scenario.changes.first?.overrides == [.closeRate: .set(.number(0.05))])
    func fault(_ mix: String) -> Diagnostic? {
      let error = #expect(throws: InputError.self) { try Self.scenario(["mix", mix]) }
      return error?.diagnostics.first
    }
    #expect(fault("Metta=30%")?.message.contains("\"Metta\"") == true)
    #expect(fault("Metta=30%")?.remedy == "Did you mean Meta? Known are: Meta, Ads.")
    #expect(fault("Meta=80%,Ads=30%")?.message.contains("more than all") == true)
    #expect(fault("Meta=10%,meta=20%")?.message.contains("twice") == true)
    // On record, but nobody worked its leads.
    #expect(fault("Ads=30%")?.message.contains("not known") == true)
  }

  @Test(arguments: [["hire", "-1"], ["fire", "x"], ["churn", "2"], ["spend", "much"], ["hire"]])
  func `every fault has a remedy`(words: [String]) throws {
    let error = #expect(throws: InputError.self) { try Self.scenario(words) }
    #expect(error?.diagnostics.allSatisfy { $0.remedy != nil } == true)
  }

  @Test func `all that is wrong is said at once, with hints`() throws {
    let error = #expect(throws: InputError.self) {
      try Self.scenario(["hir", "2", "hire", "two", "close_rate", "7", "spend"])
    }
    #expect(
      error?.diagnostics.map(\.code) == [
        "simulate.unknown-input", "simulate.malformed-change", "simulate.malformed-value",
        "simulate.malformed-change",
      ]
    )
    #expect(error?.diagnostics.first?.remedy?.hasPrefix("Did you mean hire?") == true)
  }

  @Test func `settings are read, and none is set twice`() throws {
    let request = HeadcountRequest(minorUnits: 100)
    let settings = try request.settings(["cash=-10", "reps=4"])
    #expect(settings == [.reps: .set(.number(4)), .cash: .set(.number(-1000))])
    #expect(try request.settings([]).isEmpty)
    let twice = #expect(throws: InputError.self) {
      try request.settings(["churn=0.5", "churn=0.1"])
    }
    #expect(twice?.diagnostics.map(\.code) == ["simulate.set-twice"])
    let error = #expect(throws: InputError.self) { try request.settings(["reps", "x=1", "reps="]) }
    #expect(error?.diagnostics.count == 3)
  }
}
