import PlumblineCore
import PlumblineStatistics

extension OracleMethods {
  static let journeys: [String: Method] = ["cube": cube, "stage_pairs": stagePairs]

  /// The waits of each lead's journeys, pair by pair.
  private static func stagePairs(_ input: OracleInput) throws -> JSONTree {
    let ids = Agreement().path.map(\.id)
    let pairs = try pairs(of: input, stageCount: ids.count)
    var facts = OracleFacts()
    for lead in try input.parts("leads") {
      let events = try lead.parts("events").map { event in
        let kind = try OracleFacts.Event.Kind(rawValue: event.text("kind"))
        let stage = event["stage"].integer
        guard let kind, stage.map(ids.indices.contains) ?? true else {
          throw wrong("an event needs a kind of stage, exit or reopen, and a stage of 0 to 6.")
        }
        return OracleFacts.Event(
          day: try event.number("day"),
          kind: kind,
          stage: stage.map { ids[$0] }
        )
      }
      facts.add(try lead.text("id"), events: events)
    }
    let history = facts.history(asOfDay: try input.number("as_of"))
    let journeys = Journeys(history, skips: .filled)
    var answer: [String: [JSONTree]] = [:]
    for lead in history.leads.ids.indices { answer[history.id(ofLead: lead)] = [] }
    // A lead of which nothing but an exit is known has no journey to tell of.
    for row in 0..<journeys.count where journeys.reached[0][row].isDated {
      var waits: [String: JSONTree] = [:]
      for pair in pairs {
        let wait = journeys.wait(for: pair, row: row, in: history)
        waits["\(pair.from)-\(pair.to)"] =
          wait.map { ["lag": .optional($0.lagInDays), "status": status($0.outcome)] } ?? .null
      }
      answer[history.id(ofLead: Int(journeys.leads[row])), default: []].append(.object(waits))
    }
    return ["leads": .object(answer.mapValues(JSONTree.list))]
  }

  private static func status(_ outcome: LagOutcome) -> JSONTree {
    switch outcome {
    case .converted: 1
    case .exited: 2
    case .open: 0
    }
  }

  /// A company's history as cube A, and its rates by channel.
  private static func cube(_ input: OracleInput) throws -> JSONTree {
    let directory = try input.text("directory")
    let company = try CompanyDirectory(at: directory, of: input)
    let history = company.history(asOfDay: try input.number("as_of_day"))
    let stages = history.agreement.path.map(\.id)
    let pairs = try pairs(of: input, stageCount: stages.count)
    let buckets =
      input["edges"] == .null ? .standard : try LagBuckets(edges: input.integers("edges"))
    let journeys = Journeys(history, skips: .filled)
    let cube = LagCube(history, journeys, pairs: pairs, buckets: buckets)
    let horizons = input["horizons"] == .null ? [28, 91, 182] : try input.integers("horizons")
    var conversion: [String: JSONTree] = [:]
    for pair in pairs {
      var rates: [String: JSONTree] = [:]
      for channel in company.channels {
        let counts = cube.waits(for: pair) { $0.channel == channel && $0.attempt == 1 }
        let curve = CumulativeIncidence(counts)
        rates[channel] = [
          "leads": .number(Double(counts.total)),
          "converted": .number(Double(counts.total(.converted))),
          "horizons": .list(horizons.map { estimate(curve, withinDays: $0) }),
        ]
      }
      conversion["\(stages[pair.from])-\(stages[pair.to])"] = .object(rates)
    }
    return [
      // The expected cube stands beside the company; the rows themselves are in cube_rows_csv.
      "cube_csv": .text("\(directory)/cube.csv"),
      "cube_rows_csv": .text(csv(cube)),
      "cube_rows": .number(Double(cube.rows.count)),
      "observations": .number(Double(cube.entries)),
      "conversion": .object(conversion),
    ]
  }

  private static func csv(_ cube: LagCube) -> String {
    let header =
      "channel,segment,attempt,from_stage,to_stage,cohort_week,bucket,converted,exited,open\n"
    return cube.rows.reduce(into: header) { text, row in
      let key = row.key
      let numbers = [
        key.attempt, key.pair.from, key.pair.to, key.cohortWeek, key.bucket, row.converted,
        row.exited, row.open,
      ]
      text += "\(key.channel),\(key.segment),\(numbers.map(String.init).joined(separator: ","))\n"
    }
  }

  private static func pairs(of input: OracleInput, stageCount: Int) throws -> [StagePair] {
    try input["pairs"].elements.map { pair in
      let stages = pair.integers
      guard stages.count == 2, stages.allSatisfy((0..<stageCount).contains) else {
        throw wrong("a pair is two stages of 0 to \(stageCount - 1).")
      }
      return StagePair(from: stages[0], to: stages[1])
    }
  }

  private static func wrong(_ what: String) -> InputError {
    InputError(
      code: "oracle.input",
      what,
      remedy: "Compare with a reference case of the same method."
    )
  }
}
