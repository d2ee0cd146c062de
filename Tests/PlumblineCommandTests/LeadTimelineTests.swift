import Foundation
import Testing

/// What `show lead` says of a lead's deals.
struct LeadTimelineTests {
  @Test func `a deal is shown with its probability, and without one where nobody gave any`() throws
  {
    let files = [
      "mapping.yaml": """
      mapping: 1
      source: crm
      currency: EUR
      files:
        - file: deals.csv
          records:
            - {kind: lead, id: lead}
            - kind: deal
              id: id
              lead: lead
              created: created
              outcome: outcome
              amount: amount
              probability: probability

      """,
      "deals.csv": """
      id,lead,created,outcome,amount,probability
      D1,1,2026-01-02,open,100,40
      D2,1,2026-01-03,open,200,
      D3,1,2026-01-04,lost,300,0

      """,
    ]
    try CommandRunner.withFolder { folder in
      _ = try CommandRunner.run(["init", "."], in: folder)
      for (name, text) in files {
        let file = folder.appendingPathComponent(name)
        try text.write(to: file, atomically: true, encoding: .utf8)
      }
      let read = try CommandRunner.run(["import", "deals.csv"], in: folder)
      #expect(read.status == 0, "\(read.errors)")
      let shown = try CommandRunner.run(["show", "lead", "1", "--format", "json"], in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      for detail in [
        "D1, open, EUR 100, 40 %\"", "D2, open, EUR 200\"", "D3, lost, EUR 300, 0 %\"",
      ] {
        #expect(shown.output.contains(detail), "\(shown.output)")
      }
    }
  }
}
