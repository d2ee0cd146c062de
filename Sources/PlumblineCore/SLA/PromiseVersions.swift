/// The versions of an agreement by the instant from which each holds, so that the one in force is
/// found without copying any of them.
struct PromiseVersions: Sendable {
  /// All versions, oldest first; the newest is last.
  let agreements: [Agreement]
  /// What sales promised in each.
  let salesSLAs: [SalesSLA?]
  /// From which second on each holds.
  private let starts: [Int64]
  /// The position of the version in force as of the instant up to which facts count.
  let present: Int

  init(_ agreement: Agreement, asOf: Instant) {
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
    present = starts.lastIndex { $0 <= asOf.seconds } ?? 0
  }

  /// The position of the version in force, as `Agreement.inForce(at:)` finds it.
  func position(at instant: Instant) -> Int {
    starts.lastIndex { $0 <= instant.seconds } ?? 0
  }

  /// The share of leads for which sales promised to keep its word under a version.
  func compliance(of version: Int) -> Double {
    salesSLAs[version]?.compliance ?? SalesSLA.usualCompliance
  }
}
