import PlumblineCore

/// A company of the reference data: a folder with `leads.csv` and `events.csv`.
struct CompanyDirectory {
  /// The rows of `leads.csv`: text by column.
  let leads: [[String: String]]
  /// The leads and their events as facts.
  let facts: OracleFacts

  /// Reads a company.
  ///
  /// - Parameters:
  ///   - path: The folder, relative to the case's folder.
  ///   - input: The case that names it.
  /// - Throws: `InputError` when a file cannot be read.
  init(at path: String, of input: OracleInput) throws {
    leads = try input.table(at: "\(path)/leads.csv")
    var events: [String: [OracleFacts.Event]] = [:]
    for row in try input.table(at: "\(path)/events.csv") {
      guard let id = row["lead_id"], let day = row["day"].flatMap(Double.init),
        let kind = row["kind"].flatMap(OracleFacts.Event.Kind.init)
      else { continue }
      let stage = row["stage"].flatMap { $0.isEmpty ? nil : $0 }
      events[id, default: []].append(.init(day: day, kind: kind, stage: stage))
    }
    var facts = OracleFacts()
    for row in leads {
      guard let id = row["lead_id"] else { continue }
      facts.add(
        id,
        .init(
          channel: row["channel"] ?? "",
          segment: row["segment"] ?? "",
          owner: row["rep"] ?? "",
          score: row["score"].flatMap { Int($0) }
        ),
        events: events[id] ?? []
      )
    }
    self.facts = facts
  }

  /// What happened by a day, under the default agreement.
  func history(asOfDay day: Double) -> CompanyHistory { facts.history(asOfDay: day) }

  /// The names of all channels that a lead came from, sorted.
  var channels: [String] { Set(leads.compactMap { $0["channel"] }).sorted() }
}
