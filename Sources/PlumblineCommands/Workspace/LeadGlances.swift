import PlumblineCore
import PlumblineReporting

/// What to know of a few leads before somebody calls them, a line each.
struct LeadGlances {
  /// How many of the last touches, and of the reasons of a score, are told.
  private static let mostTold = 3

  /// The lines by the id under which each lead was asked for.
  let lines: [String: String]

  /// The lines of leads.
  ///
  /// - Parameters:
  ///   - ids: Their ids.
  ///   - company: The history of all leads; says under which agreement and as of when.
  ///   - store: The store that it was read from.
  /// - Throws: What the store throws.
  init(of ids: [String], _ company: CompanyHistory, _ store: any FactStore) throws {
    var selection = FactSelection()
    for code in ids.compactMap({ company.texts[.lead].code(of: $0) }) {
      selection.leads.insert(Int64(code))
    }
    let ledger = try Ledger(reading: store, selecting: try selection.closed(in: store))
    let history = CompanyHistory(ledger, under: company.agreement, asOf: company.asOf)
    let register = LeadRegister(ledger)
    let touches = LeadTouches(ledger, for: history)
    let scores = LeadScores(
      history.agreementInForce.scoring ?? LeadScoring(),
      LeadAttributes(ledger, asOf: history.asOf),
      touches,
      of: history
    )
    var lines: [String: String] = [:]
    for id in ids {
      guard let code = ledger.texts[.lead].code(of: id),
        let lead = register.number(of: Int64(code)), lead < history.leads.ids.count
      else { continue }
      let score = scores.words(of: lead, at: history.asOf, most: Self.mostTold)
      let last = touches[lead].suffix(Self.mostTold).reversed().map { touch in
        "\(touches.types[Int(touch.type)].replacing("_", with: " ")) "
          + Format.time(touch.time, history.agreement.calendar)
      }
      let parts = [
        score.isEmpty ? "" : "score \(score)", last.isEmpty ? "" : last.joined(separator: ", "),
      ].filter { !$0.isEmpty }
      if !parts.isEmpty { lines[id] = parts.joined(separator: "; ") }
    }
    self.lines = lines
  }
}
