public import PlumblineCore

extension HistoryKeeper {
  /// Compares the file with the facts, column by column.
  ///
  /// - Parameter agreement: The agreement.
  /// - Returns: A finding for whatever the file says otherwise than the facts, or why there is no
  ///   file to compare; none when both say the same.
  /// - Throws: What the store throws.
  public func compare(under agreement: Agreement) throws -> [Diagnostic] {
    let records = try store.imports()
    guard !records.isEmpty, var question = try question(agreement, records, nil) else { return [] }
    var kept: KeptHistory
    do {
      let file = try file(for: question)
      kept = try open(file, question)
      if kept.key.sequence < question.key.sequence, let patch = try readPatch(of: file, question) {
        kept.put(patch)
      }
      _ = (try kept.events.value(), try kept.humanActivities.value())
      _ = try kept.repeatedDetours.value()
    } catch let problem as KeptProblem {
      return [finding(problem)]
    }
    question.key.sequence = kept.key.sequence
    question.key.course = kept.key.course
    question.records = records.filter { $0.sequence <= kept.key.sequence }
    question.asOf = Instant(seconds: kept.key.asOf)
    let built = try built(question)
    let differences = try kept.differences(from: built)
    guard let first = differences.first else { return [] }
    let others = differences.count == 1 ? "" : ", and \(differences.count - 1) more"
    return [
      Diagnostic(
        .warning,
        code: "kept.differs",
        "the kept journeys say otherwise than the facts: \(first)\(others).",
        remedy: Self.remedy
      )
    ]
  }

  private func finding(_ problem: KeptProblem) -> Diagnostic {
    let isDamage =
      switch problem {
      case .damagedHeader, .damagedSection, .wrongLength, .notKept, .unreadable: true
      default: false
      }
    return Diagnostic(
      isDamage ? .warning : .note,
      code: isDamage ? "kept.damaged" : "kept.stale",
      "the kept journeys are not used: \(problem).",
      remedy: Self.remedy
    )
  }

  private static var remedy: String {
    "Nothing needs to be done: answers come from the facts, and the file is made anew."
  }
}
