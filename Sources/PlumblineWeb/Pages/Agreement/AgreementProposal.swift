import PlumblineAgreement
import PlumblineCore

/// The changes that "propose as a new version" of another page asks for.
struct AgreementProposal {
  /// What is to be changed in the text.
  let changes: [AgreementRewrite.Change]
  /// What of the address could not be read, a sentence each.
  let misread: [String]

  /// The changes of an address; nil where it proposes nothing.
  ///
  /// - Parameters:
  ///   - query: The fields of the address: `propose`, `skips`, `returns`, `confirmed`, `mql-at`,
  ///     `horizon`.
  ///   - present: The agreement as it stands, without other versions.
  ///   - versions: The names of versions that are taken.
  ///   - today: The present day.
  init?(
    _ query: FormFields,
    present: Agreement,
    versions: [String],
    today: CivilDate
  ) {
    guard query["propose"] != nil else { return nil }
    var changes: [AgreementRewrite.Change] = []
    var misread: [String] = []
    func take(_ name: String, _ read: (String) -> AgreementRewrite.Change?) {
      for value in query.all(name) where !value.isEmpty {
        if let change = read(value) {
          changes.append(change)
        } else {
          misread.append("The proposal's \(name) could not be taken over; write it by hand.")
        }
      }
    }
    take("skips") { SkipRule(rawValue: $0).map { .skips($0) } }
    take("returns") { ReturnRule(rawValue: $0).map { .returns($0) } }
    take("confirmed") { text in
      let parts = text.split(separator: ":").map(String.init)
      guard parts.count == 3, let stage = present.pathIndex(of: parts[0]), stage > 0,
        let by = parts[1].isEmpty ? stage + 1 : present.pathIndex(of: parts[1]), by > stage,
        by < present.path.count, let days = Int(parts[2]), (1...3650).contains(days)
      else { return nil }
      return .confirmed(stage: parts[0], by: present.path[by].id, withinDays: days)
    }
    take("mql-at") { Int($0).map { .mqlAt($0) } }
    if let score = changes.lazy.compactMap(\.score).first, let stage = present.scoredStage,
      present.path[stage].gate?.score == nil
    {
      // Without a gate the mark moves no lead.
      changes.append(.gate(stage: present.path[stage].id, score: score))
    }
    take("horizon") { text in
      let parts = text.split(separator: ":").map(String.init)
      guard parts.count == 2, let days = Int(parts[1]), (1...3650).contains(days) else {
        return nil
      }
      return .horizon(step: parts[0], days: days)
    }
    let first = max(
      today.dayNumber + 1,
      (present.effective?.dayNumber ?? today.dayNumber) + 1
    )
    changes.append(.version(Self.name(after: present.version, versions)))
    changes.append(.effective(CivilDate(dayNumber: first)))
    self.changes = changes
    self.misread = misread
  }

  /// A name for the version after another: `2026-Q1`, `2026-Q1-2`, `2026-Q1-3`.
  static func name(after version: String, _ taken: [String]) -> String {
    var number = 2
    while taken.contains("\(version)-\(number)") { number += 1 }
    return "\(version)-\(number)"
  }
}
