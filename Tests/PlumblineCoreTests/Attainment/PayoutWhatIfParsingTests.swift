import PlumblineCore
import Testing

/// What-ifs as a command line writes them.
struct PayoutWhatIfParsingTests {
  private static func agreement(_ currency: String = "EUR") -> Agreement {
    var agreement = Agreement(currency: currency)
    agreement.incentives = [Incentive(team: .sales, measure: "won_share", weight: 1)]
    return agreement
  }

  @Test func `nothing is nothing`() throws {
    #expect(try PayoutWhatIf(parsing: [], under: Self.agreement()).isEmpty)
  }

  @Test(arguments: [
    ("won_share=0", ScorecardMeasure.wonShare, 0.0), ("won_share=1", .wonShare, 1),
    ("won_share=6%", .wonShare, 0.06), ("Won Share=0.06", .wonShare, 0.06),
    ("qualified_leads=140", .qualifiedLeads, 140), ("qualified-leads=1.2k", .qualifiedLeads, 1200),
    ("revenue=1.5M", .revenue, 150_000_000), ("cost_per_win=2000", .costPerWin, 200_000),
  ])
  func `a result is read`(text: String, measure: ScorecardMeasure, value: Double) throws {
    let whatIf = try PayoutWhatIf(parsing: [text], under: Self.agreement())
    #expect(abs((whatIf.results[measure] ?? -1) - value) < 1e-9)
  }

  @Test func `money is in units of the currency`() throws {
    let yen = try PayoutWhatIf(parsing: ["revenue=1500"], under: Self.agreement("JPY"))
    #expect(yen.results == [.revenue: 1500])
  }

  @Test func `every fault is said at once`() throws {
    let results = [
      "won_share", "applause=3", "wins=-1", "wins=nan", "wins=", "won_share=1.1", "revenue=1e9",
      "wins=3", "wins=4",
    ]
    let weights = ["won_share=1", "sales.revenue=1", "sales.won_share=2", "sales.won_share=0.5"]
    let error = #expect(throws: InputError.self) {
      try PayoutWhatIf(parsing: results, weights: weights, under: Self.agreement())
    }
    let codes = error?.diagnostics.map(\.code) ?? []
    #expect(codes.count { $0 == "what-if.result" } == 8)
    #expect(codes.count { $0 == "what-if.weight" } == 3)
  }

  @Test func `a weight names a team's incentive`() throws {
    let whatIf = try PayoutWhatIf(
      parsing: [],
      weights: ["sales.Won share=0.25"],
      under: Self.agreement()
    )
    #expect(whatIf.weights.map(\.weight) == [0.25] && whatIf.weights[0].team == .sales)
  }
}
