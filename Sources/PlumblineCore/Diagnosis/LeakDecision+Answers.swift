import PlumblineStatistics

extension LeakDecision {
  func answer(_ party: Party) -> LeakVerdict.PartyAnswer {
    let own = evidence.filter { $0.unit.party == party }
    let named = own.filter(\.isNamed).sorted { $0.lossShare > $1.lossShare }
    let held = withheld.filter { $0.unit.party == party }
    let loss = named.reduce(0) { $0 + $1.lossShare }
    let reasons = reasons(party, own, named, held, loss)
    let answer: LeakAnswer =
      !named.isEmpty && loss >= thresholds.partyLoss
      ? .yes : named.isEmpty && reasons.isEmpty ? .no : .undetermined
    return LeakVerdict.PartyAnswer(
      party: party,
      answer: answer,
      reasons: answer == .undetermined ? reasons : [],
      named: named.map(\.unit),
      withheld: held,
      lossShare: loss,
      remedies: answer == .undetermined ? remedies(reasons) : []
    )
  }

  /// Everything that keeps a party from being cleared.
  private func reasons(
    _ party: Party,
    _ own: [LeakEvidence],
    _ named: [LeakEvidence],
    _ held: [WithheldLeak],
    _ loss: Double
  ) -> [LeakReason] {
    var reasons: [LeakReason] = []
    if !named.isEmpty, loss < thresholds.partyLoss {
      reasons.append(.smallLoss(lossShare: loss, needed: thresholds.partyLoss))
    }
    reasons += crossing(party)
    if !judge.followUpIsRecorded, party != .marketing || !held.isEmpty {
      reasons.append(.followUpNotRecorded)
    }
    if party == .sales {
      if unseenRouting == .ownersChoose { reasons.append(.ownersChoose) }
      if unseenRouting == .byScore { reasons.append(.scoreNotRecorded) }
      let owners = held.compactMap { leak -> String? in
        if case .unevenRouting = leak.cause { leak.unit.owner } else { nil }
      }
      if !owners.isEmpty { reasons.append(.unevenRouting(owners: owners)) }
    }
    reasons += manySmall(own, held)
    reasons += own.compactMap { openReason($0, held) }
    if party == .marketing {
      for leak in held {
        guard case .ownersMayDisagree(let posterior) = leak.cause, let channel = leak.unit.channel
        else { continue }
        reasons.append(
          .ownersMayDisagree(channel: channel, effect: .direct, posterior: posterior)
        )
      }
    }
    return reasons
  }

  /// In a large company each unit is a small share of all wins: many of them together are not.
  ///
  /// Counted are units that are likely worse, and units that may be much worse and would be cleared
  /// for their size alone.
  private func manySmall(_ own: [LeakEvidence], _ held: [WithheldLeak]) -> [LeakReason] {
    [LeakUnit.Kind.channel, .owner].compactMap { kind in
      let suspects = own.filter { evidence in
        guard evidence.unit.kind == kind, !evidence.isNamed,
          !held.contains(where: { $0.unit == evidence.unit })
        else { return false }
        let isSmall = (evidence.badCaseShare ?? 0) < thresholds.partyLoss
        let mayBeMuchWorse = (evidence.largeProbability ?? 0) > thresholds.clearedProbability
        return evidence.probability >= thresholds.namedProbability || isSmall && mayBeMuchWorse
      }
      let loss = suspects.reduce(0) { $0 + $1.lossShare }
      guard suspects.count >= 2, loss >= thresholds.partyLoss else { return nil }
      return .manySmall(kind: kind, units: suspects.count, lossShare: loss)
    }
  }

  /// Why units of a party could not be compared at all.
  private func crossing(_ party: Party) -> [LeakReason] {
    let kind = party == .sales ? LeakUnit.Kind.owner : .channel
    let judged = kind == .owner ? analysis.judgedOwners : analysis.judgedChannels
    guard judged.count >= 2 else {
      return [
        .nothingToCompare(
          kind: kind,
          units: judged.count,
          minimumLeads: thresholds.minimumUnitLeads
        )
      ]
    }
    let parts = kind == .owner ? analysis.parts.columns : analysis.parts.rows
    if Set(judged.map { parts[$0] }).count == 1 { return [] }
    // The units outside the part that holds most of them.
    var sizes: [Int: Int] = [:]
    for unit in judged { sizes[parts[unit], default: 0] += 1 }
    let main = sizes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    return [
      .notCrossed(
        units: judged.filter { parts[$0] != main }.map {
          kind == .owner
            ? LeakUnit(.owner, .direct, owner: judge.cells.owners[$0])
            : LeakUnit(
              .channel,
              party == .marketing ? .direct : .followUp,
              channel: judge.cells.channels[$0]
            )
        }
      )
    ]
  }

  /// The standard deviation, in log-odds, at which odds twice as low can be told from equal ones:
  /// ln 2 / (2 · 1.2816), with 90 % on either side.
  static let tellingDeviation = 0.27

  /// Why a unit that is not named cannot be cleared; nil when it can.
  private func openReason(_ evidence: LeakEvidence, _ held: [WithheldLeak]) -> LeakReason? {
    if evidence.isNamed { return nil }
    switch evidence.unit.kind {
    case .channel, .owner, .pair:
      if held.contains(where: { $0.unit == evidence.unit }) { return nil }
      guard let large = evidence.largeProbability, let badCase = evidence.badCaseShare,
        large > thresholds.clearedProbability, badCase >= thresholds.partyLoss
      else { return nil }
      let ratio = (evidence.contrast?.standardDeviation ?? 0) / Self.tellingDeviation
      return .tooFewLeads(
        unit: evidence.unit,
        leads: evidence.leads,
        needed: Int((Double(evidence.leads) * max(0, ratio * ratio - 1)).rounded(.up))
      )
    case .channelSplit:
      let direct = self.evidence.first {
        $0.unit == LeakUnit(.channel, .direct, channel: evidence.unit.channel)
      }
      guard evidence.probability >= thresholds.disagreementCleared,
        evidence.lossShare >= thresholds.partyLoss
          || (direct?.lossShare ?? 0) >= thresholds.partyLoss
      else { return nil }
      return .ownersMayDisagree(
        channel: evidence.unit.channel ?? "",
        effect: evidence.unit.effect,
        posterior: evidence.probability
      )
    case .team:
      if analysis.counts.total.followedUp == 0, evidence.leads > 0 {
        return .nobodyFollowedUp(leads: evidence.leads)
      }
      guard evidence.probability >= thresholds.teamCleared,
        evidence.lossShare >= thresholds.partyLoss
      else { return nil }
      return .teamMayBeShort(probability: evidence.probability, lossShare: evidence.lossShare)
    }
  }
}
