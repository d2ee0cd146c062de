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
      + RoutingRule.allCases.map(\.rawValue) + ReturnRule.allCases.map(\.rawValue)
      + ["mon-fri", "09:00-17:00", "2026-12-25", "4 working hours", "5 in 14 days"]
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
        - {id: mql, is: "worth a call", owner: marketing, also: [MQL, qualified],
           confirmed_by: {stage: won, within_days: 30}}
        - {id: won, evidence: [deal_won], gate: {}}
      detours: [recycled, lost]
      skips: strict
      returns: same_episode
    channels: {Google Ads: {also: [google]}, Meta: [fb, "*ig"], Other: }
    economics: {gross_margin: 0.78, horizon: 24 months, sales_cost: {rep_month: 11000.50}}
    horizons: {mql-won: 13 weeks}
    hand_off: mql
    routing: by_score
    working_time: {days: [mon-thu, "fri, sat"], hours: ["09:00-12:00", "13:00-17:00"],
      holidays: [2026-12-25]}
    sla:
      marketing: {}
      sales: {first_touch: {hot: 30 working minutes, hot_from: 80, default: 1 day},
        attempts: 5 in 14 days, disposition: 48 working hours, compliance: 0.9}
    plan: {leads: 400.5, rates: {lead-mql: 0.45}, mean_deal: 12000,
      channels: {Meta: {leads: 0, rates: {mql-won: 0.1}, mean_deal: 9000.5}}}
    verdict: {relative_difference: 0.2, false_discovery_rate: 0.05, minimum_leads: 20,
      cleared_odds: 1.5, cleared_probability: 0.15, disagreement_cleared: 0.1,
      disagreement_named: 0.6, disagreement_prior: 0.05, disagreement_spread: 1,
      minimum_joining_leads: 5, minimum_pair_leads: 10, minimum_pairs: 3,
      minimum_unit_leads: 30, minimum_wins: 10, named_loss: 0.01, named_odds: 1.25,
      named_probability: 0.9, party_loss: 0.02, routing_chance: 0.001, stability: 8,
      team_cleared: 0.5, team_margin: 0.05}
    score: {}

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
      returns: draft.returns?.value ?? .newEpisode,
      confirmations: confirmations(of: draft),
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
      workingTime: draft.workingTime.map(workingTime) ?? .usual,
      salesSLA: draft.salesSLA.map(salesSLA),
      agreedHandOff: draft.handOff?.value,
      routing: draft.routing?.value,
      leakThresholds: leakThresholds(of: draft),
      plan: draft.plan.map { plan(of: $0, draft, currency) },
      hash: hash
    )
  }

  private static func confirmations(of draft: AgreementDraft) -> [Confirmation] {
    let path = draft.pathInForce
    return path.enumerated().compactMap { index, stage in
      guard let entry = stage.confirmation, let days = entry.withinDays?.value,
        let by = path.firstIndex(where: { $0.id.value == entry.stage?.value })
      else { return nil }
      return Confirmation(stage: index, by: by, withinDays: days)
    }
  }

  private static func workingTime(_ entry: AgreementDraft.WorkingTimeEntry) -> WorkingTime {
    WorkingTime(
      weekdays: entry.days?.value ?? WorkingTime.usual.weekdays,
      shifts: entry.hours?.map {
        WorkingTime.Shift(startMinute: $0.value.start, endMinute: $0.value.end)
      } ?? WorkingTime.usual.shifts,
      holidays: Set(entry.holidays.map(\.value))
    )
  }

  private static func salesSLA(_ entry: AgreementDraft.SalesSLAEntry) -> SalesSLA {
    SalesSLA(
      firstTouch: entry.firstTouch.map {
        SalesSLA.FirstTouch(
          usual: $0.value,
          hot: entry.hot?.value,
          hotFromScore: entry.hotFrom?.value
        )
      },
      attempts: entry.attempts?.value,
      compliance: entry.compliance?.value.value ?? SalesSLA.usualCompliance
    )
  }

  private static func leakThresholds(of draft: AgreementDraft) -> LeakThresholds {
    var thresholds = LeakThresholds()
    for (key, value) in draft.leakDecimals {
      switch key.content {
      case .share(let path, _), .number(let path, _):
        thresholds[keyPath: path] = value.value.value
      case .count: break
      }
    }
    for (key, value) in draft.leakCounts {
      if case .count(let path, _) = key.content { thresholds[keyPath: path] = value.value }
    }
    return thresholds
  }

  private static func plan(
    of entries: [AgreementDraft.PlanEntry],
    _ draft: AgreementDraft,
    _ currency: String
  ) -> GapPlan {
    // A planned channel goes by its agreed spelling, whatever case the plan writes.
    let names = Dictionary(draft.channels.map { (WordKey.of($0.name.value), $0.name.value) }) {
      first,
      _ in first
    }
    var plan = GapPlan()
    for entry in entries {
      let line = GapPlan.Line(
        leadsPerMonth: entry.leads?.value.value,
        rates: Dictionary(entry.rates.map { ($0.transition.value, $0.rate.value.value) }) {
          first,
          _ in first
        },
        meanDeal: entry.meanDeal?.value
          .scaled(byPowerOfTen: Currency.decimals(of: currency))
      )
      if let channel = entry.channel?.value {
        plan.channels[names[WordKey.of(channel)] ?? channel] = line
      } else {
        plan.total = line
      }
    }
    return plan
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
