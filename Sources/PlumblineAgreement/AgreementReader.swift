import Crypto
public import PlumblineCore
public import PlumblineYAML

/// Reads `agreement.yaml`.
public enum AgreementReader {
  /// The agreement in a file's bytes, and everything to say about them.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes; their SHA-256 becomes `Agreement.hash`.
  ///   - file: The file's path as the user gave it, for messages.
  /// - Returns: The agreement, nil exactly when one of the diagnostics is an error; and all
  ///   diagnostics in the order of the file.
  public static func read(
    _ bytes: some Collection<UInt8>,
    file: String
  ) -> (agreement: Agreement?, diagnostics: [Diagnostic]) {
    let findings = YAMLFindings(file: file, codePrefix: "agreement")
    guard let root = YAMLReader.read(bytes, findings: findings),
      let draft = DraftReader.read(root, findings: findings)
    else { return (nil, findings.diagnostics) }
    for check in AgreementCheck.all { check.run(draft, findings) }
    guard !findings.hasErrors else { return (nil, findings.diagnostics) }
    return (agreement(of: draft, hash: hash(of: bytes)), findings.diagnostics)
  }

  /// The agreement in a text, see `read(_:file:)`.
  public static func read(
    text: String,
    file: String
  ) -> (agreement: Agreement?, diagnostics: [Diagnostic]) {
    read(Array(text.utf8), file: file)
  }

  /// SHA-256 of bytes in lower-case hexadecimal.
  ///
  /// - SeeAlso: FIPS 180-4, Secure Hash Standard.
  public static func hash(of bytes: some Collection<UInt8>) -> String {
    SHA256.hash(data: Array(bytes)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  /// Tries the reader on damaged agreements.
  ///
  /// - Parameters:
  ///   - iterations: How many damaged files to try.
  ///   - seed: The same seed tries the same files.
  /// - Returns: What came of it; `FuzzTally.failures` is empty when the reader kept its promises.
  public static func fuzz(iterations: Int, seed: UInt64) -> FuzzTally {
    let words =
      AgreementKeys.all.flatMap { $0.known.map { $0 + ": " } }
      + Stage.Evidence.allCases.map(\.rawValue) + SkipRule.allCases.map(\.rawValue)
      + ["lead", "won", "lead-won: 91 days\n", "24 months", "0.78", "Europe/Berlin", "EUR"]
    let starter = AgreementWriter.starter(
      company: "Example",
      currency: "EUR",
      timeZone: "UTC",
      channels: ["Google Ads", "Meta"]
    )
    return FuzzTally(
      iterations: iterations,
      seed: seed,
      originals: [starter, fuzzExample],
      words: words
    ) { bytes, file in
      let (agreement, diagnostics) = read(bytes, file: file)
      return (agreement != nil, diagnostics, nil)
    }
  }

  /// An agreement with every key, to be damaged.
  private static let fuzzExample = """
    agreement: 1
    effective: 2026-01-01
    stages:
      path:
        - lead
        - {id: mql, is: "worth a call", owner: marketing, also: [MQL, qualified]}
        - {id: won, evidence: [deal_won], gate: {}}
      detours: [recycled, lost]
      skips: strict
    channels: {Google Ads: {also: [google]}, Meta: [fb, "*ig"], Other: }
    economics: {gross_margin: 0.78, horizon: 24 months, sales_cost: {rep_month: 11000.50}}
    horizons: {mql-won: 13 weeks}
    verdict: {relative_difference: 0.2, false_discovery_rate: 0.05, minimum_leads: 20}
    sla: {}

    """

  private static func agreement(of draft: AgreementDraft, hash: String) -> Agreement {
    let currency = draft.currency?.value ?? "USD"
    let thresholds = VerdictThresholds()
    return Agreement(
      company: draft.company?.value ?? "",
      version: draft.version?.value ?? "1",
      effective: draft.effective.flatMap { CivilDate($0.value) },
      currency: currency,
      calendar: draft.timeZone.flatMap { LocalCalendar(zoneName: $0.value) } ?? .utc,
      path: draft.pathInForce.map(stage),
      detours: draft.detoursInForce.map(stage),
      skips: draft.skips?.value ?? .filled,
      channels: draft.channels.map { entry in
        ChannelName(name: entry.name.value, aliases: entry.aliases.map(\.value))
      },
      economics: Economics(
        grossMargin: draft.grossMargin?.value.value,
        horizonInMonths: draft.horizonInMonths?.value,
        repMonthCost: draft.repMonthCost?.value
          .scaled(byPowerOfTen: Currency.decimals(of: currency))
      ),
      horizonsInDays: Dictionary(
        draft.horizonsInDays.map { ($0.transition.value, $0.days) }
      ) { first, _ in first },
      thresholds: VerdictThresholds(
        relativeDifference: draft.relativeDifference?.value.value ?? thresholds.relativeDifference,
        falseDiscoveryRate: draft.falseDiscoveryRate?.value.value ?? thresholds.falseDiscoveryRate,
        minimumLeads: draft.minimumLeads?.value ?? thresholds.minimumLeads
      ),
      hash: hash
    )
  }

  private static func stage(_ entry: AgreementDraft.StageEntry) -> Stage {
    Stage(
      id: entry.id.value,
      meaning: entry.meaning,
      owner: entry.owner,
      evidence: entry.evidence?.map(\.value),
      aliases: entry.aliases.map(\.value)
    )
  }
}
