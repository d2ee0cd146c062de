import PlumblineCore

/// What new facts change of a kept history: the leads that they touch, read anew, and what is said of
/// the whole company.
struct HistoryPatch: Sendable {
  /// The number of each touched lead among all, ascending; new leads follow the known ones.
  var targets: [Int32]
  /// The touched leads' history, numbered from 0; its key, its notes and its spend are those of the
  /// whole company with the new facts.
  var history: KeptHistory

  /// A patch.
  init(_ targets: [Int32], _ history: KeptHistory) {
    self.targets = targets
    self.history = history
  }
}

extension HistoryPatch {
  private static let section = "targets"

  /// All bytes of a file that holds the patch.
  ///
  /// - Parameter base: What the patch belongs to, see `KeptHeader.fingerprint`.
  /// - Returns: The header, then the sections.
  /// - Throws: What reading events or activities throws.
  func encoded(for base: UInt64) throws -> [[UInt8]] {
    let targets = targets
    let draft = KeptHistory.Draft(Self.section, targets.count) { writer in
      writer.put(base)
      writer.putNumbers(targets)
    }
    return try history.encoded(with: [draft])
  }

  /// Reads a file that holds a patch; nil where it belongs to another file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - base: The file that it has to belong to.
  ///   - agreement: The agreement of both.
  /// - Throws: `KeptProblem`.
  init?(reading file: KeptFile, of base: KeptFile, under agreement: Agreement) throws {
    let (fingerprint, targets) = try file.read(Self.section) { reader, count in
      (try reader.word(), try reader.numbers(count, as: Int32.self))
    }
    guard fingerprint == base.header.fingerprint else { return nil }
    history = try KeptHistory(reading: file, under: agreement)
    guard targets.count == history.leads.ids.count, targets.first ?? 0 >= 0,
      zip(targets, targets.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw KeptProblem.damagedSection(Self.section) }
    self.targets = targets
    // What is damaged is to turn out now and not when somebody asks for it.
    _ = (try history.events.value(), try history.humanActivities.value())
    _ = try history.repeatedDetours.value()
  }
}
