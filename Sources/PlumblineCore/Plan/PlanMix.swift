import PlumblineStatistics

/// The channels that new leads come from, each with its own curve and win sizes.
struct PlanMix {
  /// A channel.
  struct Member {
    let name: String
    let share: Double
    let leads: Int
    let wins: Int
    let basis: PlanChannel.Basis
    /// Its own curve, or everybody's.
    let curve: CumulativeIncidence
    /// What everybody's curve is multiplied with; 1 for an own curve.
    let factor: Double
    /// The standard error of the factor over the factor.
    let errorOfFactor: Double
    let deal: DealSize
    let hasOwnDeal: Bool
  }

  let members: [Member]

  /// Puts the channels' leads in the place of leads of all kinds.
  ///
  /// Channels with a curve of their own err each for themselves, the others together with the
  /// pipeline.
  func apply(
    to answer: inout PlanModel.Outlook,
    _ model: PlanModel,
    byDay day: Double,
    _ pooled: ReversePlan
  ) {
    let pool = (wins: pooled.winsPerWeeklyEntry, curve: pooled.curveVariance.arrivals)
    var (gain, process, own, wins) = (0.0, 0.0, 0.0, 0.0)
    var (onPool, onPooledDeal, ownWins, factors) = (0.0, 0.0, 0.0, 0.0)
    for member in members {
      let deal = member.deal
      let square = deal.mean * deal.mean
      let spread = deal.standardDeviation * deal.standardDeviation
      let isOwn = member.basis == .own
      let alone = isOwn ? model.arrivals(on: member.curve, deal, byDay: day) : nil
      let each = (alone?.winsPerWeeklyEntry ?? pool.wins) * member.factor
      let shared = member.share * each
      gain += shared * deal.mean
      wins += shared
      process += shared * (square + spread)
      if let alone {
        own += member.share * member.share * square * alone.curveVariance.arrivals
        ownWins += member.share * member.share * alone.curveVariance.arrivals
      } else {
        factors += member.share * member.factor
        ownWins += shared * shared * member.errorOfFactor * member.errorOfFactor
        onPool += member.share * member.factor * deal.mean
        own += shared * shared * square * member.errorOfFactor * member.errorOfFactor
      }
      if member.hasOwnDeal {
        own += deal.count > 0 ? shared * shared * spread / deal.count : 0
      } else {
        onPooledDeal += shared
      }
    }
    let deal = model.deal
    let varianceOfMean =
      deal.count > 0 ? deal.standardDeviation * deal.standardDeviation / deal.count : 0
    let before = answer.outlook
    let sharedErrors = before.linear - answer.process.linear
    answer.outlook.gain = gain
    answer.outlook.linear = process + sharedErrors * (before.gain > 0 ? gain / before.gain : 0)
    answer.outlook.quadratic =
      own + onPool * onPool * pool.curve + onPooledDeal * onPooledDeal * varianceOfMean
    answer.process.linear = process
    answer.winsPerEntry = wins
    answer.entryCurveVariance = ownWins + factors * factors * pool.curve
  }

  /// The channels as they are told.
  func channels(
    _ weeks: [PlanModel.Week],
    _ day: Double,
    _ model: PlanModel
  ) -> [PlanChannel] {
    let total = weeks.reduce(0) { $0 + $1.share }
    return members.map { member in
      let plan = model.arrivals(on: member.curve, member.deal, byDay: day)
      let wins = (plan?.winsPerWeeklyEntry ?? 0) * member.factor
      return PlanChannel(
        name: member.name,
        share: member.share,
        leads: member.leads,
        wins: member.wins,
        basis: member.basis,
        meanWin: member.deal.mean,
        hasOwnWinSize: member.hasOwnDeal,
        winsPerWeeklyLead: wins,
        winsPerHundred: total > 0 ? 100 * wins / total : 0
      )
    }
  }
}

extension QuotaPlanBuilder {
  /// The channels of a question's mix; nil when all leads are taken alike.
  func mix(
    _ question: QuotaQuestion,
    _ record: PlanRecord,
    _ deal: DealSize,
    _ plan: inout QuotaPlan
  ) throws(InputError) -> PlanMix? {
    let shares: [QuotaQuestion.ChannelShare]
    switch question.mix {
    case .pooled: return nil
    case .current: shares = currentShares(question)
    case .shares(let given): shares = try known(given, record)
    }
    guard !shares.isEmpty else { return nil }
    let horizon = record.curve.horizon
    let completer = RateCompleter(
      horizons: [horizon],
      record: Dictionary(uniqueKeysWithValues: record.channels.map { ($0.name, $0.cell) })
    )
    let rates = record.channels.map { completer.rate($0.cell, of: $0.name, from: 0) }
    let shrunk = ShrunkRate.estimates(
      rates.map { rate -> RateSample in
        let trials = rate.effectiveSampleSize ?? 0
        let share = min(max(rate.rate ?? 0, 0), 1)
        return (try? RateSample(successes: share * trials, trials: trials)) ?? .noTrials
      }
    )
    let pooled = record.curve.incidence.estimate(withinDays: horizon.days).rate ?? 0
    let ahead = Int(max(1, min(deadlineDay(question), Double(Self.longestNeededDays))))
    return PlanMix(
      members: shares.map { share in
        // A channel may have leads of late and none among those that rates are measured on.
        let place = record.channels.firstIndex { $0.name == share.channel }
        let lags = place.map { record.channels[$0].cell.pairs[0].lags } ?? LagCounts()
        let curve = CumulativeIncidence(lags)
        let wins = lags.total(.converted)
        let isOwn = wins >= Self.fewestOwnWins && Self.isSupported(curve, days: ahead)
        let rate = place.map { shrunk[$0] }
        let sizes = winSizes(rows: rows(ofChannel: share.channel, question))
        let own =
          sizes.amounts.count >= Self.fewestOwnWins ? try? DealSize(sizes.amounts) : nil
        return PlanMix.Member(
          name: share.channel,
          share: share.share,
          leads: lags.total,
          wins: wins,
          basis: isOwn ? .own : .shrunk,
          curve: isOwn ? curve : record.curve.incidence,
          factor: isOwn || pooled <= 0 ? 1 : (rate?.mean ?? pooled) / pooled,
          errorOfFactor: rate.map {
            $0.mean > 0 ? $0.interval.width / (2 * StandardNormal.z95) / $0.mean : 0
          } ?? 0,
          deal: own ?? deal,
          hasOwnDeal: own != nil
        )
      }
    )
  }

  private func rows(ofChannel name: String, _ question: QuotaQuestion) -> [Int] {
    var narrowed = question
    narrowed.filters.append(DimensionFilter(.channel, values: [name]))
    return wantedRows(narrowed)
  }

  /// Each channel's share of the leads of the last weeks.
  private func currentShares(_ question: QuotaQuestion) -> [QuotaQuestion.ChannelShare] {
    let tomorrow = calendar.day(of: history.asOf.advanced(bySeconds: 1)).dayNumber
    let cells = source.cells(
      for: FunnelQuestion(
        by: [.channel],
        filters: question.filters,
        firstDay: CivilDate(dayNumber: tomorrow - 7 * LeadVolume.mostWeeks),
        lastDay: CivilDate(dayNumber: tomorrow - 1),
        rule: journeys.rule,
        pairs: []
      )
    ).grouped(by: .channel).filter { $0.cell.episodes > 0 }
    let total = cells.reduce(0) { $0 + $1.cell.episodes }
    return cells.map {
      QuotaQuestion.ChannelShare(
        channel: $0.key,
        share: Double($0.cell.episodes) / Double(total)
      )
    }
  }

  /// The shares with the channels' names as answers write them.
  private func known(
    _ shares: [QuotaQuestion.ChannelShare],
    _ record: PlanRecord
  ) throws(InputError) -> [QuotaQuestion.ChannelShare] {
    let names = record.channels.map(\.name)
    var faults: [Diagnostic] = []
    var known: [QuotaQuestion.ChannelShare] = []
    for share in shares where share.share > 0 {
      if let name = names.first(where: { $0.lowercased() == share.channel.lowercased() }) {
        known.append(QuotaQuestion.ChannelShare(channel: name, share: share.share))
        continue
      }
      let nearest = Suggestion.nearest(to: share.channel, among: names)
      let hint = nearest.map { "Did you mean \($0)? " } ?? ""
      let list = names.prefix(12).joined(separator: ", ")
      faults.append(
        Diagnostic(
          .error,
          code: "plan.unknown-channel",
          "the mix names \(share.channel), but no lead came from there.",
          remedy: "\(hint)Known are: \(list)."
        )
      )
    }
    guard faults.isEmpty else { throw InputError(faults) }
    return known
  }
}
