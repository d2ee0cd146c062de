/// What sales promised in each version of an agreement, so that the promise in force is found without
/// copying any version.
struct PromiseVersions: Sendable {
  private let timeline: AgreementTimeline
  /// What sales promised in each version, oldest first.
  let salesSLAs: [SalesSLA?]
  /// The position of the version in force as of the instant up to which facts count.
  let present: Int

  init(_ agreement: Agreement, asOf: Instant) {
    timeline = AgreementTimeline(agreement)
    salesSLAs = timeline.versions.map(\.salesSLA)
    present = timeline.index(at: asOf.seconds)
  }

  /// All versions, oldest first; the newest is last.
  var agreements: [Agreement] { timeline.versions }

  /// The position of the version in force.
  func position(at instant: Instant) -> Int { timeline.index(at: instant.seconds) }

  /// The share of leads for which sales promised to keep its word under a version.
  func compliance(of version: Int) -> Double {
    salesSLAs[version]?.compliance ?? SalesSLA.usualCompliance
  }
}
