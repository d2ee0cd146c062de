import Crypto
public import PlumblineCore
import PlumblineYAML

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
    SHA256.hash(data: Array(bytes)).hexadecimal
  }

  private static func agreement(of draft: AgreementDraft, hash: String) -> Agreement {
    let currency = draft.currency?.value ?? "USD"
    let thresholds = VerdictThresholds()
    var agreement = Agreement(
      company: draft.company?.value ?? "",
      version: draft.version?.value ?? "1",
      effective: draft.effective.flatMap { CivilDate($0.value) },
      currency: currency,
      calendar: draft.timeZone.flatMap { LocalCalendar(zoneName: $0.value) } ?? .utc,
      path: draft.pathInForce.map(AgreementDraft.stage),
      detours: draft.detoursInForce.map(AgreementDraft.stage),
      skips: draft.skips?.value ?? .filled,
      returns: draft.returns?.value ?? .newEpisode,
      confirmations: confirmations(of: draft),
      channels: draft.channels.map { entry in
        ChannelName(name: entry.name.value, aliases: entry.aliases.map(\.value))
      },
      economics: draft.economicsInForce,
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
    draft.setLeadParts(of: &agreement)
    draft.setTeamParts(of: &agreement)
    return agreement
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
      compliance: entry.compliance?.value.value ?? SalesSLA.usualCompliance,
      disposition: entry.disposition?.value,
      remindBefore: entry.remindBefore?.value,
      escalateAfter: entry.escalateAfter?.value
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
}
