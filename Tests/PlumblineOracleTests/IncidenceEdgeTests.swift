import Foundation
import PlumblineCore
import PlumblineOracle
import Testing

/// Inputs at the edge of what the methods take: an answer, a null or a plain error, never a stop.
@Suite struct `Oracle edges of sections 0 to 2` {
  private func answer(_ method: String, _ input: String) throws -> JSONTree {
    let tree = try JSONDecoder().decode(JSONTree.self, from: Data(input.utf8))
    let folder = FileManager.default.temporaryDirectory
    return try OracleCase(method: method, input: tree).answer(in: folder)
  }

  private static let few = #""edges": [0, 1, 2, 9], "open": [0, 0, 0, 0]"#

  @Test func `rates without entries are null with every rate possible`() throws {
    let found = try answer(
      "cif",
      "{\(Self.few), \"converted\": [0,0,0,0], \"exited\": [0,0,0,0], \"horizons\": [1, 9, 4000]}"
    )
    #expect(found["horizons"].elements.count == 3)
    for horizon in found["horizons"].elements {
      #expect(horizon["rate"] == .null && horizon["lo"] == 0 && horizon["hi"] == 1)
      #expect(horizon["supported"] == false)
    }
  }

  @Test(arguments: ["[0, 0]", "[-1, 0, 0, 0]"])
  func `counts that do not fit are refused`(converted: String) {
    #expect(throws: (any Error).self) {
      try answer("cif", "{\(Self.few), \"converted\": \(converted), \"horizons\": [1]}")
    }
  }

  @Test func `a completion to the open-ended bucket counts everything`() throws {
    let found = try answer(
      "completion",
      """
      {"edges": [0, 1, 2, 9], "horizon_bucket": 3,
       "history": {"converted": [1, 1, 1, 1], "exited": [1, 1, 1, 1], "open": [0, 0, 0, 0]},
       "cohort": {"converted": 0, "open_by_bucket": [8, 0, 0, 0]}}
      """
    )
    // Of the six that waited longer than the first day, three converted.
    #expect(found["expected"].number.map { abs($0 - 4) < 1e-12 } == true)
  }

  @Test func `no band, no ultimate rate where nobody converts`() throws {
    let input = "{\(Self.few), \"converted\": [0,0,0,0], \"exited\": [3,0,1,0]}"
    #expect(try answer("cif_band", input)["critical"] == .null)
    for method in ["ultimate", "ultimate_cure"] {
      let found = try answer(method, input)
      #expect(found["pi1"] == .null && found["lo"] == .null && found["hi"] == .null)
    }
  }

  @Test func `states without entries have no shares`() throws {
    let found = try answer("multistate", #"{"start": [0, 0], "times": [0, 5]}"#)
    #expect(found["occupation"] == [[.null, .null], [.null, .null]])
    #expect(throws: (any Error).self) {
      try answer(
        "multistate",
        #"{"start": [2], "times": [5], "moves": [{"day": 1, "from": 0, "to": 4, "count": 1}]}"#
      )
    }
  }

  @Test func `functions without a value are null`() throws {
    let found = try answer(
      "numerics",
      """
      {"calls": [{"f": "nonsense", "args": [1]}, {"f": "lgamma", "args": []},
       {"f": "betainc", "args": [-1, 2, 0.5]}, {"f": "betaincinv", "args": [1, 2, 1.5]},
       {"f": "betabinom_pmf", "args": [1, -4, 0.5, 0.1]}, {"f": "betabinom_pmf", "args": [1, 4, 0.5]},
       {"f": "poisson_ci_lo_95", "args": [-1]}, {"f": "poisson_ci_hi_95", "args": [0.5]},
       {"f": "norm_ppf", "args": [0.5]}]}
      """
    )
    #expect(found["values"].elements == Array(repeating: .null, count: 8) + [0])
  }

  @Test(
    arguments: [
      ("[]", "[]", []), ("[0]", "[0]", ["no_data"]), ("[0, 0]", "[0, 0]", ["no_data", "no_data"]),
      ("[3.5]", "[20.25]", ["no_comparison"]), ("[0, 0]", "[40, 900]", ["too_few", "too_few"]),
      ("[0, 3.5]", "[0, 20.25]", ["no_data", "no_comparison"]),
      ("[40, 900]", "[40, 900]", ["same", "same"]),
    ] as [(String, String, [String])]
  )
  func `rates of few or no channels`(converted: String, leads: String, verdicts: [String]) throws {
    for censored in ["true", "false"] {
      let found = try answer(
        "rates",
        "{\"converted\": \(converted), \"leads\": \(leads), \"censored\": \(censored)}"
      )
      #expect(found["channels"].elements.compactMap { $0["verdict"].text } == verdicts)
      #expect(found["p_heterogeneity"].number == 1)
    }
  }

  @Test func `lengths that differ and more conversions than leads are refused`() {
    for input in [#"{"converted": [1], "leads": []}"#, #"{"converted": [2], "leads": [1]}"#] {
      #expect(throws: (any Error).self) { try answer("rates", input) }
    }
  }

  private func waits(_ events: String, pairs: String = "[[0, 1]]") throws -> [JSONTree] {
    let input = """
      {"as_of": 100, "pairs": \(pairs), "leads": [{"id": "a", "events": [\(events)]}]}
      """
    return try answer("stage_pairs", input)["leads"]["a"].elements
  }

  @Test(
    arguments: [
      "", #"{"day": 3, "kind": "exit", "stage": null}"#,
      #"{"day": 101, "kind": "stage", "stage": 2}"#,
      #"{"day": 3, "kind": "exit"}, {"day": 100.5, "kind": "reopen", "stage": 1}"#,
    ]
  )
  func `a lead that never entered has no journeys`(events: String) throws {
    #expect(try waits(events) == [])
  }

  @Test func `an exit before the first stage begins nothing`() throws {
    let journeys = try waits(
      #"{"day": 3, "kind": "exit"}, {"day": 8.5, "kind": "stage", "stage": 0}"#
    )
    #expect(journeys == [["0-1": ["lag": 91, "status": 0]]])
  }

  @Test func `at one instant stages come before exits and exits before returns`() throws {
    let journeys = try waits(
      """
      {"day": 1, "kind": "stage", "stage": 0}, {"day": 5, "kind": "reopen", "stage": 1},
      {"day": 5, "kind": "exit"}, {"day": 5, "kind": "stage", "stage": 1}
      """,
      pairs: "[[0, 1], [1, 2]]"
    )
    #expect(
      journeys == [
        ["0-1": ["lag": 4, "status": 1], "1-2": ["lag": 0, "status": 2]],
        ["0-1": ["lag": 0, "status": 1], "1-2": ["lag": 94, "status": 0]],
      ]
    )
  }

  @Test func `stages and kinds that are not there are refused`() {
    for event in [
      #"{"day": 1, "kind": "stage", "stage": 7}"#, #"{"day": 1, "kind": "leap", "stage": 1}"#,
      #"{"kind": "stage", "stage": 1}"#,
    ] {
      #expect(throws: InputError.self) { try waits(event) }
    }
    #expect(throws: InputError.self) { try waits("", pairs: "[[0, 9]]") }
    #expect(throws: InputError.self) {
      try answer("cube", #"{"directory": "nowhere", "as_of_day": 3, "pairs": []}"#)
    }
  }
}
