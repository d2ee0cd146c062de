/// What is said of leads besides their journeys: company sizes, countries, qualifying factors.
public struct LeadAttributes: Sendable {
  private struct Key: Hashable {
    var lead: Int32
    /// The attribute's name, as a code of this table.
    var name: Int32
    /// Whose word it is: a team's number, or 0 where both go by it.
    var by: Int8
  }

  private var values: [Key: UInt32] = [:]
  /// When it was said, where somebody wrote that down.
  private var said: [Key: TimePoint] = [:]
  private var numberOfName: [String: Int32] = [:]
  private let texts: TextDictionary

  /// The attributes in a ledger that holds all leads and merges.
  public init(_ ledger: Ledger, asOf: Instant = Instant(seconds: .max / 8)) {
    let table = ledger[.attribute]
    texts = ledger.texts[.other]
    guard table.rowCount > 0 else { return }
    let register = LeadRegister(ledger)
    let (leads, names, by) = (table["lead"], table["name"], table["by"])
    let (words, times) = (table["value"], table["at"])
    var numbers: [Int64: Int32] = [:]
    var teams: [Int64: Int8] = [:]
    for row in 0..<table.rowCount {
      guard let lead = register.number(of: leads[row]) else { continue }
      let time = TimePoint(rawValue: times[row])
      if time.isDated, time.instant > asOf { continue }
      let name: Int32
      if let known = numbers[names[row]] {
        name = known
      } else {
        let word = WordKey.of(texts[UInt32(names[row])])
        name = numberOfName[word] ?? Int32(numberOfName.count)
        numberOfName[word] = name
        numbers[names[row]] = name
      }
      let team: Int8
      if let known = teams[by[row]] {
        team = known
      } else {
        team = Self.number(of: Stage.Team(rawValue: WordKey.of(texts[UInt32(by[row])])))
        teams[by[row]] = team
      }
      // Rows are in order of import: of two ids of one lead the later word counts.
      let key = Key(lead: Int32(lead), name: name, by: team)
      values[key] = UInt32(words[row])
      said[key] = time.isDated ? time : nil
    }
  }

  /// Whether nothing is said of anybody.
  public var isEmpty: Bool { values.isEmpty }

  /// The attributes that any lead has, as words, sorted.
  public var names: [String] { numberOfName.keys.sorted() }

  /// What is said of a lead.
  ///
  /// - Parameters:
  ///   - name: The attribute's name.
  ///   - lead: The lead's dense number.
  /// - Returns: The word that both go by, else the one of sales, else marketing's; nil when nobody
  ///   said.
  public func value(_ name: String, of lead: Int) -> String? {
    value(name, of: lead, team: 0) ?? value(name, of: lead, by: .sales)
      ?? value(name, of: lead, by: .marketing)
  }

  /// What one team says of a lead; nil when it did not say.
  public func value(_ name: String, of lead: Int, by team: Stage.Team) -> String? {
    value(name, of: lead, team: Self.number(of: team))
  }

  /// What one team goes by: its own word, else the one that both go by.
  ///
  /// - Parameters:
  ///   - name: The attribute's name.
  ///   - lead: The lead's dense number.
  ///   - team: The team.
  /// - Returns: nil when neither is there.
  public func value(_ name: String, of lead: Int, believedBy team: Stage.Team) -> String? {
    value(name, of: lead, by: team) ?? value(name, of: lead, team: 0)
  }

  private func value(_ name: String, of lead: Int, team: Int8) -> String? {
    guard let number = numberOfName[WordKey.of(name)] else { return nil }
    return values[Key(lead: Int32(lead), name: number, by: team)].map { texts[$0] }
  }

  /// The number of an attribute's name, or nil when no lead has it.
  func number(ofName name: String) -> Int32? { numberOfName[WordKey.of(name)] }

  /// What one team, or nobody in particular where it is nil, says of a lead: a code for
  /// `word(_:)`, and when that was said, `undated` where nobody wrote it down.
  func entry(
    _ name: Int32,
    of lead: Int,
    by team: Stage.Team?
  ) -> (code: UInt32, time: TimePoint)? {
    let key = Key(lead: Int32(lead), name: name, by: Self.number(of: team))
    return values[key].map { ($0, said[key] ?? .undated) }
  }

  /// The word of a code.
  func word(_ code: UInt32) -> String { texts[code] }

  private static func number(of team: Stage.Team?) -> Int8 {
    switch team {
    case nil: 0
    case .marketing: 1
    case .sales: 2
    }
  }

  /// Whether a lead fits the ideal customer: every criterion; false as soon as one does not; nil
  /// when that is not known, or when no criterion is agreed.
  ///
  /// - Complexity: O(criteria).
  public func isIdeal(_ lead: Int, _ criteria: [AttributeCriterion]) -> Bool? {
    Self.isIdeal(criteria.map { $0.match.fits(value($0.name, of: lead)) })
  }

  /// Whether one team takes a lead for the ideal customer, by what that team goes by.
  ///
  /// - Parameters:
  ///   - lead: The lead's dense number.
  ///   - criteria: What makes the ideal customer.
  ///   - team: The team.
  /// - Returns: As `isIdeal(_:_:)`.
  /// - Complexity: O(criteria).
  public func isIdeal(
    _ lead: Int,
    _ criteria: [AttributeCriterion],
    believedBy team: Stage.Team
  ) -> Bool? {
    Self.isIdeal(criteria.map { $0.match.fits(value($0.name, of: lead, believedBy: team)) })
  }

  private static func isIdeal(_ answers: [Bool?]) -> Bool? {
    if answers.contains(false) { return false }
    return answers.isEmpty || answers.contains(nil) ? nil : true
  }

  /// What a team, or anybody where it is nil, found out about a qualifying factor of a lead.
  public func answer(
    _ factor: QualifyingFactor,
    of lead: Int,
    by team: Stage.Team? = nil
  ) -> QualifyingFactor.Answer {
    factor.answer(team.map { value(factor.id, of: lead, by: $0) } ?? value(factor.id, of: lead))
  }

  /// What one team goes by about a qualifying factor of a lead: its own word, else the one that both
  /// go by.
  public func answer(
    _ factor: QualifyingFactor,
    of lead: Int,
    believedBy team: Stage.Team
  ) -> QualifyingFactor.Answer {
    factor.answer(value(factor.id, of: lead, believedBy: team))
  }
}
