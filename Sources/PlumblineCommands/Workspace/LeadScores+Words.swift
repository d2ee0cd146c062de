import PlumblineCore

extension LeadScores {
  /// A lead's score by the agreement's rules, with what each rule brought; else the recorded one;
  /// empty where there is neither.
  ///
  /// - Parameters:
  ///   - lead: The lead's dense number.
  ///   - instant: When.
  ///   - most: How many reasons are told, the first ones; how many more there are is said.
  /// - Returns: The words.
  func words(of lead: Int, at instant: Instant, most: Int = .max) -> String {
    guard isComputed(lead) else {
      return recordedAtHandOff(lead).map { "\($0) at the hand-off, as recorded" } ?? ""
    }
    let told = reasons(of: lead, at: instant).compactMap { reason -> String? in
      let name =
        switch reason.subject {
        case .attribute(let name, _): name
        case .touches(let type, let count): count > 1 ? "\(count) x \(type)" : type
        }
      let tenths = Int((abs(reason.points) * 10).rounded())
      // What has faded away says nothing any more.
      guard tenths > 0 else { return nil }
      let points = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
      return "\(name.replacing("_", with: " ")) \(reason.points < 0 ? "−" : "+")\(points)"
    }
    let shown = score(of: lead, at: instant).shown
    guard !told.isEmpty else { return "\(shown)" }
    let rest = told.count > most ? " and \(told.count - most) more" : ""
    return "\(shown): \(told.prefix(most).joined(separator: ", "))\(rest)"
  }
}
