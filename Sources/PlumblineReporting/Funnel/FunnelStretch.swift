import PlumblineCore

/// A stretch of the path as an answer shows it: a step, the whole path, or the close.
struct FunnelStretch {
  /// What a stretch is.
  enum Kind: String, Codable {
    case step
    case whole
    case close
  }

  let kind: Kind
  let from: String
  let to: String
  private let index: Int

  /// The stretch's name for a heading.
  func title(_ words: StageWords) -> String {
    let step = words.step(from, to)
    return kind == .close ? "\(step) (close rate)" : step
  }

  /// The stretch's rate in one line of a funnel.
  func rate(_ row: FunnelRow) -> RateEstimate? {
    switch kind {
    case .step: row.transitions.indices.contains(index) ? row.transitions[index].rate : nil
    case .whole: row.firstToLast
    case .close: row.close
    }
  }

  /// All stretches of an answer, in order; on a path of two stages the step is the whole.
  static func all(of answer: FunnelAnswer, _ agreement: Agreement) -> [FunnelStretch] {
    let last = answer.stages.count - 1
    var stretches = answer.total.transitions.enumerated().map { index, transition in
      FunnelStretch(kind: .step, from: transition.from, to: transition.to, index: index)
    }
    guard last >= 2 else { return stretches }
    stretches.append(
      FunnelStretch(kind: .whole, from: answer.stages[0], to: answer.stages[last], index: 0)
    )
    if let closing = Stretches(agreement).closingStage, closing < last {
      stretches.append(
        FunnelStretch(
          kind: .close,
          from: answer.stages[closing],
          to: answer.stages[last],
          index: 0
        )
      )
    }
    return stretches
  }
}
