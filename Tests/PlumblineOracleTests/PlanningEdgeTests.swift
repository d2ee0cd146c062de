import PlumblineCore
import Foundation
import PlumblineOracle
import Testing

/// Inputs at the edges of sections that have few reference cases: every answer is complete, and
/// what cannot be said is null.
@Suite struct `Edges of economics, planning and scoring` {
  private func answer(_ method: String, _ input: JSONTree) throws -> JSONTree {
    let answer = try OracleCase(method: method, input: input).answer(in: URL(filePath: "/"))
    // What is written is what people get: numbers that are not finite become null.
    return try JSONDecoder().decode(JSONTree.self, from: JSONEncoder().encode(answer))
  }

  @Test func `a channel without anything has only what is known`() throws {
    let found = try answer("economics", ["company": [:], "channels": [[:]]])
    let channel = found["channels"].elements.first ?? .null
    #expect(channel["cost"] == 0)
    #expect(channel["wins_lo"] == 0)
    #expect(channel["cac_lo"] == 0)
    for key in ["cac", "cac_hi", "media_cac", "ltv", "ltv_cac", "payback_months", "profitable"] {
      #expect(channel[key] == .null, "\(key)")
    }
    #expect(found["cac"] == .null)
  }

  @Test func `no channels cost nothing`() throws {
    let found = try answer("economics", ["company": [:], "channels": []])
    #expect(found == ["channels": [], "cost": 0, "wins": 0, "cac": .null])
  }

  @Test func `payback without churn, and without bounds`() throws {
    let found = try answer(
      "payback",
      ["cases": [["cac": 1_000, "arpa": 100, "margin": 0.5, "churn": 0, "discount": 0]]]
    )
    #expect(found == ["cases": [["payback": 20, "ltv36": .null, "ltv": .null]]])
  }

  private static let history: JSONTree = [
    "edges": [0, 1, 7, 14, 28], "conv": [1, 4, 3, 2, 0], "exit": [2, 9, 8, 6, 5],
    "open": [0, 3, 2, 4, 1], "pipeline": [[1, 20]], "weeks": [0, 1, 2], "target_day": 28,
    "quota": 50_000, "deal_mean": 5_000,
  ]

  private func plan(_ changes: [String: JSONTree]) throws -> JSONTree {
    guard case .object(var members) = Self.history else { return .null }
    members.merge(changes) { _, new in new }
    return try answer("reverse_plan", .object(members))
  }

  @Test(
    arguments: [
      ["target_day": 2], ["weeks": []], ["conv": [0, 0, 0, 0, 0]], ["deal_mean": 0],
    ] as [[String: JSONTree]]
  )
  func `an impossible plan names no number of leads`(changes: [String: JSONTree]) throws {
    let plans = try plan(changes)["plans"].elements
    #expect(plans.map(\.self["leads_per_week"]) == [.null, .null])
    #expect(plans.map(\.self["total"]) == [.null, .null])
    #expect(plans.map(\.self["prob"]) == [0.5, 0.8])
  }

  @Test func `a booked quota needs nothing`() throws {
    let found = try plan(["booked": 60_000, "pipeline": [], "probs": [0.5, 0.8, 0.95]])
    #expect(found["need"] == -10_000)
    #expect(found["chance_without_new"] == 1)
    #expect(found["plans"].elements.map(\.self["leads_per_week"]) == [0, 0, 0])
  }

  @Test(arguments: [["budget": 10, "hours": .null], ["budget": .null, "hours": 1]] as [JSONTree])
  func `an infeasible allocation says so and nothing else`(limits: JSONTree) throws {
    let found = try answer(
      "allocate",
      [
        "channels": [["k": 2, "theta": 0.5, "value": 90, "hours": 1, "lo": 100, "hi": 900]],
        "budget": limits["budget"], "hours": limits["hours"],
      ]
    )
    #expect(found["feasible"] == false)
    #expect(found["spend"] == .null)
    #expect(found["net"] == .null)
  }

  @Test func `an allocation without limits and bounds ends where a lead costs its value`() throws {
    let found = try answer(
      "allocate",
      ["channels": [["k": 2, "theta": 0.5, "value": 90, "hi": .null]]]
    )
    #expect(found["feasible"] == true)
    let cost = try #require(found["marginal_cost_per_lead"].elements.first?.number)
    #expect(abs(cost - 90) < 1e-9)
  }

  private static let firm: [String: JSONTree] = [
    "months": 2, "start_reps": 1, "capacity": 10, "base_leads": 30, "close_rate": 0.1, "arpa": 50,
  ]

  @Test func `headcount takes hires by month or as a list, and needs no next hire`() throws {
    var input = Self.firm
    input["hires"] = ["1": 2]
    let named = try answer("headcount", .object(input))
    input["hires"] = [0, 2]
    #expect(try answer("headcount", .object(input)) == named)
    #expect(named["marginal"] == .null)
    #expect(named["cash_out_month"] == .null)
    #expect(named["rows"].elements.map(\.self["reps"]) == [1, 3])
    input["marginal_month"] = 0
    let next = try answer("headcount", .object(input))["marginal"]
    // Ten more leads worked in month 0; in month 1 leads run out.
    #expect(abs((next["extra_wins"].number ?? 0) - 1) < 1e-9)
    #expect(next["marginal_cac"] == 0)
  }

  @Test func `headcount refuses payments it does not know`() {
    var input = Self.firm
    input["payments"] = "weekly"
    #expect(throws: (any Error).self) { try answer("headcount", .object(input)) }
  }

  private func score(won: JSONTree, lost: JSONTree) throws -> JSONTree {
    try answer(
      "score",
      [
        "values": [10, 20, 30], "won": won, "lost": lost, "value_per_win": 900,
        "cost_per_lead": 110, "assumed_probability": [0.1, 0.2, 0.4],
      ]
    )
  }

  @Test func `a score on which nobody or everybody was won has no order`() throws {
    for found in [
      try score(won: [0, 0, 0], lost: [3, 4, 5]), try score(won: [3, 4, 5], lost: [0, 0, 0]),
    ] {
      #expect(found["auc"] == .null)
      #expect(found["logistic"]["slope10"] == .null)
      #expect(found["logistic"]["threshold"] == .null)
      #expect(found["logistic"]["p_star"] != .null)
      #expect(found["calibration"]["slope"] == .null)
      #expect(found["calibration"]["brier"] != .null)
      #expect(found["isotonic"].elements.count == 3)
    }
  }

  @Test func `a falling score has a slope but no smooth threshold`() throws {
    let found = try score(won: [9, 5, 2], lost: [11, 15, 18])
    #expect((found["logistic"]["slope10"].number ?? 0) < 0)
    #expect(found["logistic"]["threshold"] == .null)
    #expect((found["auc"].number ?? 1) < 0.5)
  }

  @Test func `a score of one value, and none at all, is answered`() throws {
    let one = try answer(
      "score",
      [
        "values": [10], "won": [3], "lost": [7], "value_per_win": 900, "cost_per_lead": 110,
      ]
    )
    #expect(one["auc"] == 0.5)
    #expect(one["logistic"]["intercept"] == .null)
    #expect(one["best_threshold"] == 10)
    let none = try answer(
      "score",
      ["values": [], "won": [], "lost": [], "value_per_win": 900, "cost_per_lead": 110]
    )
    #expect(none["best_threshold"] == .null)
    #expect(none["net_work_all"] == 0)
  }

  @Test func `a field that cannot be valued has only nulls`() throws {
    let found = try answer(
      "field_value",
      ["cells": [], "levels": 3, "value_per_win": 900, "cost_per_lead": 110]
    )
    for key in ["coef", "se", "lr_chi2", "p", "auc_without", "auc_with", "auc_p", "net_with"] {
      #expect(found[key] == .null, "\(key)")
    }
  }

  @Test func `stability of nothing is not known`() throws {
    #expect(try answer("psi", ["before": [], "now": []]) == ["psi": .null])
    #expect(try answer("psi", ["before": [1, 2], "now": [0, 0]]) == ["psi": .null])
  }
}
