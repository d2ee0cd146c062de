/// The versions of an agreement by the instant from which each holds, so that the one in force is
/// found without copying any of them.
struct PromiseVersions: Sendable {
  /// All versions, oldest first; the newest is last.
  let agreements: [Agreement]
  /// What sales promised in each.
  let salesSLAs: [SalesSLA?]
  /// From which second on each holds.
  private let starts: [Int64]

  init(_ agreement: Agreement) {
    agreements = agreement.earlier + [agreement]
    salesSLAs = agreements.map(\.salesSLA)
    let isOnly = agreement.earlier.isEmpty
    let calendar = agreement.calendar
    var starts = agreement.earlier.map {
      $0.effective.map { calendar.instant(of: $0).seconds } ?? .min
    }
    starts.append(
      isOnly ? .min : agreement.effective.map { calendar.instant(of: $0).seconds } ?? .max
    )
    self.starts = starts
  }

  /// The position of the version in force, as `Agreement.inForce(at:)` finds it.
  func position(at instant: Instant) -> Int {
    starts.lastIndex { $0 <= instant.seconds } ?? 0
  }
}
