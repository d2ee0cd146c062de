import PlumblineConnectors
import PlumblineCore
import Testing

/// The score that a lead had when sales got it, told apart from what it scores now.
struct HandOffScoreTests {
  @Test(arguments: [
    "Score at hand-off", "score_at_handoff", "ScoreAtHandOff", "Lead score at handover",
    "SAL score", "SQL Score", "Handoff Score", "Score (at SQL)", "Score when accepted",
    "Hand-off lead score",
  ])
  func `a column is the score at hand-off by its name`(column: String) throws {
    let (suggestion, outcome) = try SuggestedFiles.imported([
      "leads.csv": "Lead ID,Created,Source,\(column),Score\n"
        + "1,2026-01-31,Web,70,75\n2,2026-02-01,Fair,,5\n3,2026-02-01,Fair,-3,5\n"
    ])
    let sources = try suggestion.record(.lead).sources
    #expect(sources["score_at_hand_off"] == column)
    #expect(sources["score"] == "Score")
    #expect(outcome.batch[.lead]["score_at_hand_off"] == [70, FactColumn.noNumber, -3])
    #expect(outcome.batch[.lead]["score"] == [75, 5, 5])
  }

  @Test(arguments: ["Score", "Lead Score", "HubSpot Score", "Fit score"])
  func `a plain score is what a lead scores now`(column: String) throws {
    let suggestion = try SuggestedFiles.suggest([
      "leads.csv": "Lead ID,Created,Source,\(column)\n1,2026-01-31,Web,70\n2,2026-02-01,Web,80\n"
    ])
    let sources = try suggestion.record(.lead).sources
    #expect(sources["score"] == column)
    #expect(sources["score_at_hand_off"] == nil)
  }

  @Test func `a column of words is no score`() throws {
    let suggestion = try SuggestedFiles.suggest([
      "leads.csv": "Lead ID,Source,SAL score\n1,Web,high\n2,Fair,low\n"
    ])
    #expect(try suggestion.record(.lead).sources["score_at_hand_off"] == nil)
  }

  @Test func `a mapping's own words for outcomes and zones reach the history`() throws {
    let read = try ImportedText(
      """
      files:
        - file: leads.csv
          records: [{kind: lead, id: id, owner: owner, score_at_hand_off: {column: hot, scale: 10}}]
        - file: calls.csv
          records:
            - kind: activity
              id: id
              lead: lead
              type: {constant: call}
              at: at
              outcome: {column: result, values: {Talked to them: reached, "Nobody there": ""}}
        - file: reps.csv
          records: [{kind: owner, id: rep, zone: place}]

      """,
      [
        "leads.csv": "id,owner,hot\na,ann,7\nb,ann,\n",
        "calls.csv": "id,lead,at,result\n1,a,2026-03-02 10:00,talked to them\n"
          + "2,a,2026-03-02 11:00,Nobody there\n3,a,2026-03-02 12:00,Connected\n"
          + "4,a,2026-03-02 13:00,Busy\n",
        "reps.csv": "rep,place\nann,America/New_York\nbob,\n",
      ]
    )
    #expect(read.codes == [])
    var ledger = Ledger()
    ledger.add(
      read.outcome.batch,
      of: ImportRecord(
        source: "test",
        seenAt: 1_800_000_000,
        mappingHash: "",
        files: read.outcome.importedFiles
      )
    )
    let history = CompanyHistory(ledger, under: Agreement())
    #expect(history.leads.scoresAtHandOff == [70, FactColumn.noNumber])
    #expect(history.activities.map(\.isReached) == [true, false, true, false])
    let ann = try #require(history.texts[.owner].code(of: "ann"))
    #expect(history.ownerZones == [ann: "America/New_York"])
  }
}
