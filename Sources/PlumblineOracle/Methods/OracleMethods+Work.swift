import PlumblineCore

extension OracleMethods {
  static let work: [String: Method] = ["work_cube": workCube]

  /// A company's history as cube B, and the verdict on it.
  ///
  /// Which leads were followed up stands in the company's own file.
  private static func workCube(_ input: OracleInput) throws -> JSONTree {
    let directory = try input.text("directory")
    let company = try CompanyDirectory(at: directory, of: input)
    let history = CompanyHistory(
      company.facts.ledger,
      under: try agreement(of: input),
      asOf: OracleFacts.instant(ofDay: try input.number("as_of_day"))
    )
    let everything = FunnelQuestion(skips: history.agreement.skips, pairs: [])
    let records = try EmbeddedCells(history).workRecords(for: everything)
    let followedUp = Set(
      company.leads.filter { $0["sla_met"].flatMap(Double.init) == 1 }.compactMap { $0["lead_id"] }
    )
    let cells = records.cells { followedUp.contains(history.id(ofLead: $0.lead)) }
    let verdict = LeakJudge(
      cells,
      complianceTarget: try input.number("sla_target", default: SalesSLA.usualCompliance),
      routing: input["routing"].text.flatMap { RoutingRule(rawValue: $0) }
    ).verdict()
    let (answers, named) = partyAnswers(verdict)
    return [
      // The expected cube stands beside the company; the rows themselves are in work_rows_csv.
      "work_csv": .text("\(directory)/work.csv"),
      "work_rows_csv": .text(csv(cells)),
      "leads": .number(Double(cells.leads)),
      "won": .number(Double(cells.wins)),
      "verdict": answers,
      "named": named,
    ]
  }

  /// The default agreement with the case's stages: later ones show that the last was reached, too.
  private static func agreement(of input: OracleInput) throws -> Agreement {
    var agreement = Agreement()
    let (from, to) = (input["from_stage"].text ?? "sql", input["to_stage"].text ?? "won")
    let days = try input.number("within_days", default: 91)
    guard let first = agreement.pathIndex(of: from), let last = agreement.pathIndex(of: to),
      first < last, days >= 1, days <= 3650
    else {
      throw InputError(
        code: "oracle.input",
        "the case needs two stages of the default path in order, and 1 to 3650 days.",
        remedy: "Compare with a reference case of the same method."
      )
    }
    agreement.path[last].aliases += agreement.path[(last + 1)...].map(\.id)
    agreement.path.removeSubrange((last + 1)...)
    agreement.agreedHandOff = from
    agreement.horizonsInDays = ["\(from)-\(to)": Int(days)]
    return agreement
  }

  private static func csv(_ cells: WorkCells) -> String {
    cells.cells.reduce(into: "channel,rep,segment,sla_met,n,won\n") { text, cell in
      let names = [
        cells.channels[cell.channel], cells.owners[cell.owner], cells.segments[cell.segment],
      ]
      let numbers = [cell.isFollowedUp ? 1 : 0, cell.leads, cell.wins]
      text += "\((names + numbers.map(String.init)).joined(separator: ","))\n"
    }
  }
}
