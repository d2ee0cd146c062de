extension BenchmarkCompany {
  /// The stages of the path behind the first, then the two ways off it.
  public static let stageNames = BenchmarkMarket.stages

  /// The agreement under which the benchmark's question is asked.
  public static let agreementYAML = """
    # The agreement of the benchmark's company.
    agreement: 1
    company: Benchmark
    currency: USD
    time_zone: UTC
    stages:
      path:
        - {id: lead, evidence: []}
        - {id: mql, owner: marketing, evidence: []}
        - {id: sql, owner: sales, evidence: []}
        - {id: meeting_booked, owner: sales, evidence: []}
        - {id: showed, owner: sales, evidence: []}
        - {id: opportunity, owner: sales, evidence: []}
        - {id: won, owner: sales, evidence: []}
      detours:
        - {id: lost, evidence: []}
        - {id: recycled, evidence: []}
      skips: ordered
      returns: same_episode
    working_time: {days: mon-fri, hours: ["09:00-17:00"], holidays: []}

    """

  /// How the files are read.
  ///
  /// Deals have no ids: two of one lead are two. Whoever is not named `automation` is a person, and
  /// each is said to be one, since a flag is read from words for yes and no alone.
  public static let mappingYAML = """
    # How the files of the benchmark's company are read.
    mapping: 1
    source: benchmark
    time_zone: UTC
    currency: USD
    files:
      - file: leads.csv
        records:
          - {kind: lead, id: id, created: created_at, channel: channel, campaign: campaign,
            segment: segment, owner: owner}
      - file: events.csv
        records:
          - {kind: stage_event, lead: lead_id, stage: stage, at: at}
      - file: touches.csv
        records:
          - kind: activity
            lead: lead_id
            type: kind
            at: at
            owner: by
            automated:
              column: by
              values:
                \(BenchmarkMarket.machine): "1"
    \(BenchmarkMarket.owners.map { "            \($0): \"0\"" }.joined(separator: "\n"))
      - file: deals.csv
        records:
          - kind: deal
            lead: lead_id
            amount: amount
            currency: currency
            closed: closed_at
            outcome: {column: won, values: {"true": won, "false": lost}, missing: open}
      - file: spend.csv
        records:
          - {kind: spend, channel: channel, from: day, amount: amount}
      - file: rates.csv
        optional: true
        records:
          - {kind: currency_rate, from: from, to: to, day: day, rate: rate}

    """
}
