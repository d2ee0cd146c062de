import PlumblineCore

extension SLAWords {
  /// What the leads behind a number have in common.
  func title(_ number: SLANumber) -> String {
    switch number.subject {
    case .stale: return word(.stale)
    case .promise(let promise, let standing):
      let states: String? =
        switch standing {
        case .all: nil
        case .settled: "settled"
        case .overdue: "overdue"
        case .only(let status): word(status)
        }
      let group = number.group.map { "\($0.dimension.rawValue) \($0.name)" }
      return [word(promise), group, states].compactMap(\.self).joined(separator: ", ")
    case .delivered(let quality, let day):
      let period = answer.marketing?.periods.first { $0.days.lowerBound == day }
      let name = period.map(periodName) ?? "the period that begins on \(day)"
      let question: String? =
        switch quality {
        case .ideal: ", and whether they fit the ideal customer"
        case .factors: ", and whether all qualifying factors are filled in"
        case nil: nil
        }
      return "delivered in \(name)\(question ?? "")"
    }
  }
}
