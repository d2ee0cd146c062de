import Foundation
import PlumblineCore
import PlumblineYAML
import Testing

@testable import PlumblineAgreement

struct AgreementSchemaTests {
  private func faults(_ text: String) throws -> [String] {
    let findings = YAMLFindings(file: "a.yaml", codePrefix: "agreement")
    let node = try #require(YAMLReader.read(Array(text.utf8), findings: findings))
    return try SchemaValidator(AgreementSchema.text).faults(in: SchemaValidator.value(of: node))
  }

  @Test func `lets through the least, the starter, the example company's and one with every key`()
    throws
  {
    let observed = AgreementWriter.Observed(channels: ["Google Ads", "no", "1"])
    let starter = AgreementWriter.starter(
      company: "",
      currency: "EUR",
      timeZone: "UTC",
      observed: observed
    )
    for text in [
      "agreement: 1\n", starter, ExampleCompany.agreementYAML, BenchmarkCompany.agreementYAML,
      AgreementReader.wholeExample,
    ] {
      #expect(try faults(text) == [], "\(text.prefix(80))")
    }
  }

  @Test(arguments: [
    ("company: x", [".agreement: required"]), ("agreement: 2", [".agreement: bounds"]),
    ("agreement: one", [".agreement: type"]),
    ("agreement: 1\ncompnay: x", [".compnay: not allowed"]),
    ("agreement: 1\ncompany: [x]", [".company: type"]),
    ("agreement: 1\ncurrency: euro", [".currency: pattern"]),
    ("agreement: 1\neffective: soon", [".effective: pattern"]),
    ("agreement: 1\nversion: ' '", [".version: pattern"]),
    ("agreement: 1\nrouting: by lot", [".routing: enum"]),
    ("agreement: 1\nstages: {path: [lead, {id: won, owner: saless}]}", [".stages.path[1]: anyOf"]),
    ("agreement: 1\nstages: {path: [Lead In]}", [".stages.path[0]: anyOf"]),
    ("agreement: 1\nstages: {skip: any}", [".stages.skip: not allowed"]),
    ("agreement: 1\nstages: {path: [{is: x}]}", [".stages.path[0]: anyOf"]),
    ("agreement: 1\neconomics: {gross_margin: 78}", [".economics.gross_margin: bounds"]),
    ("agreement: 1\neconomics: {horizon: 24}", [".economics.horizon: type"]),
    ("agreement: 1\neconomics: {horizon: 24 days}", [".economics.horizon: pattern"]),
    ("agreement: 1\neconomics: {monthly_churn: 1.01}", [".economics.monthly_churn: bounds"]),
    ("agreement: 1\neconomics: {carry_over: 1}", [".economics.carry_over: bounds"]),
    ("agreement: 1\neconomics: {target_ratio: 0}", [".economics.target_ratio: bounds"]),
    ("agreement: 1\neconomics: {overhead_by: spend}", [".economics.overhead_by: enum"]),
    ("agreement: 1\neconomics: {payments: yearly}", [".economics.payments: enum"]),
    ("agreement: 1\neconomics: {deal_covers: 12}", [".economics.deal_covers: type"]),
    (
      "agreement: 1\neconomics: {sales_cost: {hours_per_month: 745}}",
      [".economics.sales_cost.hours_per_month: bounds"]
    ),
    (
      "agreement: 1\neconomics: {sales_cost: {minutes: {call: -1}}}",
      [".economics.sales_cost.minutes.call: bounds"]
    ),
    (
      "agreement: 1\nincentives: {sales: [{measure: wins, weight: 1, pays_from: 0}]}",
      [".incentives.sales[0].pays_from: bounds"]
    ),
    (
      "agreement: 1\nincentives: {sales: [{measure: wins, weight: 1, pays_up_to: 0.9}]}",
      [".incentives.sales[0].pays_up_to: bounds"]
    ),
    ("agreement: 1\nscore: {mql_at: high}", [".score.mql_at: type"]),
    ("agreement: 1\nscore: {mql_at: 1.5}", [".score.mql_at: type"]),
    ("agreement: 1\nscore: {fit: {size: 5}}", [".score.fit.size: type"]),
    ("agreement: 1\nscore: {engagement: {open: {most: 5}}}", [".score.engagement.open: anyOf"]),
    (
      "agreement: 1\nsla: {marketing: {qualified_leads: 120 a month}}",
      [".sla.marketing.qualified_leads: pattern"]
    ),
    ("agreement: 1\nsla: {sales: {compliance: 0}}", [".sla.sales.compliance: bounds"]),
    (
      "agreement: 1\nsla: {sales: {disposition: 2 working days}}",
      [".sla.sales.disposition: pattern"]
    ),
    ("agreement: 1\ndispositions: [{id: x}]", [".dispositions[0].outcome: required"]),
    (
      "agreement: 1\ndispositions: [{id: x, outcome: rejected, default: maybe}]",
      [".dispositions[0].default: type"]
    ),
    (
      "agreement: 1\nrecycle: [{when: lost, after: 60 days, to: ../x}]",
      [".recycle[0].to: pattern"]
    ),
    ("agreement: 1\ngoals: {revenue: {2026Q1: 5}}", [".goals.revenue.2026Q1 (name): pattern"]),
    ("agreement: 1\ngoals: {quota: {rep: {2026-Q1: x}}}", [".goals.quota.rep: anyOf"]),
    (
      "agreement: 1\nlaunches: [{name: x}]",
      [".launches[0].starts: required"]
    ),
    ("agreement: 1\nvocabulary: {sql: {seller: x}}", [".vocabulary.sql.seller: not allowed"]),
    ("agreement: 1\nverdict: {named_odds: 1}", [".verdict.named_odds: bounds"]),
  ])
  func `refuses wrong keys and values, as the reader does`(
    text: String,
    expected: [String]
  ) throws {
    #expect(try faults(text + "\n") == expected)
    #expect(AgreementReader.read(text: text + "\n", file: "a.yaml").agreement == nil)
  }

  @Test func `describes every key, and what it points at exists`() throws {
    let tree = try JSONSerialization.jsonObject(with: Data(AgreementSchema.text.utf8))
    let root = try #require(tree as? [String: Any])
    #expect(root["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    let definitions = try #require(root["$defs"] as? [String: Any])
    #expect(definitions.count == AgreementKeys.all.count - 1)
    for section in AgreementKeys.all {
      for key in section.keys {
        #expect(key.meaning.hasSuffix("."), "\(key.name)")
        #expect(AgreementSchema.text.contains("\"\(key.name)\": {"), "\(key.name)")
      }
    }
    for reference in AgreementSchema.text.matches(of: /"#\/\$defs\/([^"]+)"/) {
      #expect(definitions[String(reference.1)] != nil, "\(reference.1)")
    }
  }

  @Test func `the reader asks for the keys that the schema requires, and for no others`() {
    let places: [String: (String) -> String] = [
      "The file": { _ in "" },
      "A stage": { "stages: {path: [lead, {\($0)}]}" },
      "confirmed_by": { "stages: {path: [lead, {id: mql, confirmed_by: {\($0)}}, won]}" },
      "first_touch": { "sla: {sales: {first_touch: {\($0)}}}" },
      "A touch": { "score: {engagement: {x: {\($0)}}}" },
      "dispositions": { "dispositions: [{\($0)}]" }, "recycle": { "recycle: [{\($0)}]" },
      "An incentive": { "incentives: {sales: [{\($0)}]}" },
      "launches": { "launches: [{\($0)}]" },
    ]
    for section in AgreementKeys.all {
      let required = section.keys.filter(\.isRequired).map(\.name)
      guard let place = places[section.name] else {
        #expect(required == [], "\(section.name)")
        continue
      }
      let head = section.name == "The file" ? "company: x\n" : "agreement: 1\n"
      let missing = AgreementReader.read(text: head + place("") + "\n", file: "a.yaml")
        .diagnostics.filter { $0.code == "agreement.missing-key" }
      for key in required {
        #expect(missing.contains { $0.message.hasSuffix("has no \"\(key)\".") }, "\(key)")
      }
      #expect(missing.count == required.count, "\(section.name)")
    }
  }
}
