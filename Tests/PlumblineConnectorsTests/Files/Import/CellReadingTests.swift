import PlumblineConnectors
import PlumblineCore
import Testing

/// Which cell of a row is read, and as what.
struct CellReadingTests {
  @Test func `each of a field's columns is read as it writes its dates and numbers`() throws {
    let read = try ImportedText(
      """
      currency: EUR
      files:
        - file: deals.csv
          records:
            - kind: deal
              id: id
              created: {columns: [day, month]}
              amount: {columns: [point, comma]}

      """,
      [
        "deals.csv": """
        id,day,month,point,comma
        a,13/02/2026,02/14/2026,"1,000.50","1.000,25"
        b,,03/04/2026,,"2.500,75"
        c,03/04/2026,,7.5,

        """
      ]
    )
    #expect(read.codes.isEmpty)
    let deals = read.outcome.batch[.deal]
    #expect(deals["amount"] == [100_050, 250_075, 750])
    let days = deals["created"].map { LocalCalendar.utc.day(of: TimePoint(rawValue: $0).instant) }
    #expect(days.map(\.description) == ["2026-02-13", "2026-03-04", "2026-04-03"])
  }

  @Test func `a blank date, count or amount has the value that the mapping gives, scaled`() throws {
    let read = try ImportedText(
      """
      currency: EUR
      files:
        - file: spend.csv
          records:
            - kind: spend
              from: {column: day, missing: 2026-01-31}
              amount: {column: cost, missing: 0.5, scale: 1000}
              clicks: {column: clicks, scale: 10}
              impressions: {column: views, missing: 3}
              campaign: name

      """,
      ["spend.csv": "day,cost,clicks,views,name\n2026-01-30,2.25,7,8,a\n,,,,b\n"]
    )
    let spend = read.outcome.batch[.spend]
    let days = spend["from"].map { LocalCalendar.utc.day(of: TimePoint(rawValue: $0).instant) }
    #expect(days.map(\.description) == ["2026-01-30", "2026-01-31"])
    #expect(spend["amount"] == [225_000, 50_000])
    #expect(spend["clicks"] == [70, FactColumn.noNumber])
    #expect(spend["impressions"] == [8, 3])
  }

  @Test(arguments: [("EUR", 250), ("JPY", 2), ("KWD", 2500)])
  func `an amount that the mapping names is in the row's currency`(
    currency: String,
    expected: Int64
  ) throws {
    let read = try ImportedText(
      """
      files:
        - file: deals.csv
          records:
            - {kind: deal, id: id, amount: {constant: "2.5"}, currency: currency}

      """,
      ["deals.csv": "id,currency\na,\(currency)\n"]
    )
    #expect(read.outcome.batch[.deal]["amount"] == [expected])
  }

  @Test func `a blank date is told once, not again for rows that a condition leaves out`() throws {
    let read = try ImportedText(
      """
      files:
        - file: leads.csv
          records:
            - kind: stage_event
              lead: id
              stage: {constant: mql}
              at: mql
              when: {type: lead}

      """,
      ["leads.csv": "id,type,mql\na,lead,\nb,other,2026-01-01\nc,other,\nd,lead,2026-01-02\n"]
    )
    let blanks = read.outcome.blankStageDates
    #expect(blanks["lead"].map { read.outcome.batch.texts[.lead][UInt32($0)] } == ["a"])
    #expect(read.outcome.batch[.stageEvent].rowCount == 1)
  }

  @Test(arguments: [("0", false), ("-1.1", false), ("0.00004", false), ("0.0001", true)])
  func `a rate that would turn an amount into nothing or into another is refused`(
    rate: String,
    isKept: Bool
  ) throws {
    let read = try ImportedText(
      """
      files:
        - file: rates.csv
          records:
            - {kind: currency_rate, from: from, to: to, day: day, rate: rate}

      """,
      ["rates.csv": "from,to,day,rate\nVND,EUR,2026-01-01,\(rate)\n"]
    )
    #expect(read.outcome.batch[.currencyRate].rowCount == (isKept ? 1 : 0))
    #expect(read.outcome.refused.map(\.code) == (isKept ? [] : ["row.rate-too-small"]))
  }
}
