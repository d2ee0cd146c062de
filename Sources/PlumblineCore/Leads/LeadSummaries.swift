/// A lead as a line of a list: whence it came, where it stands, and whose it is.
public struct LeadSummary: Hashable, Sendable {
  /// Where a lead stands.
  public enum Standing: Hashable, Sendable {
    /// At a stage of the path, by its place in the agreement.
    case onPath(stage: Int)
    /// Off the path, by the detour's place in the agreement.
    case left(detour: Int)
  }

  /// Its id as the source writes it.
  public var id: String
  /// The channel's agreed name; empty where nobody said.
  public var channel = ""
  /// The segment; empty where nobody said.
  public var segment = ""
  /// Whose it is, under the name that the reader may see; empty for nobody's.
  public var owner = ""
  /// When it came into being.
  public var created = TimePoint.missing
  /// Where its last episode stands; nil for a lead of which nothing is known.
  public var standing: Standing?

  /// A lead of which nothing else is known.
  public init(id: String) { self.id = id }
}

/// Tells of leads what a list of them says.
public struct LeadSummaries: Sendable {
  private let history: CompanyHistory
  private let journeys: Journeys

  /// Summaries of the leads of a history.
  ///
  /// - Parameters:
  ///   - history: The history, with the names of owners that the reader may see.
  ///   - journeys: Its journeys, under the rule by which a lead stands at a stage.
  public init(_ history: CompanyHistory, _ journeys: Journeys) {
    self.history = history
    self.journeys = journeys
  }

  /// What is known of some leads.
  ///
  /// - Parameter ids: Their ids.
  /// - Returns: A summary each, in the same order; a bare one for an id that is not on record.
  /// - Complexity: O(leads of the history + ids).
  public func of(_ ids: some Collection<String>) -> [LeadSummary] {
    let codes = ids.map { history.texts[.lead].code(of: $0) }
    let wanted = Set(codes.compactMap { $0 })
    var places: [UInt32: Int] = [:]
    for (place, code) in history.leads.ids.enumerated() where wanted.contains(code) {
      places[code] = place
    }
    return zip(ids, codes).map { id, code in
      code.flatMap { places[$0] }.map { summary(of: $0, id) } ?? LeadSummary(id: id)
    }
  }

  private func summary(of lead: Int, _ id: String) -> LeadSummary {
    let leads = history.leads
    var summary = LeadSummary(id: id)
    summary.channel = history.texts[.channel][leads.channels[lead]]
    summary.segment = history.texts[.segment][leads.segments[lead]]
    summary.owner = history.texts[.owner][leads.owners[lead]]
    summary.created = leads.created[lead]
    if let row = journeys.rows(ofLead: lead).last {
      summary.standing =
        journeys.exits[row].isPresent
        ? .left(detour: Int(journeys.detours[row]))
        : .onPath(stage: journeys.furthestStage(of: row))
    }
    return summary
  }
}
