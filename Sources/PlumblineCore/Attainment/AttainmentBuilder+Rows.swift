extension AttainmentBuilder {
  /// What was won and what is open, by owner's key, empty for nobody, and month.
  struct Tally {
    var won: [String: [AttainmentPeriod: WonDealSum]] = [:]
    var open: [String: OpenDealSum] = [:]
    /// The amounts of open deals expected to close in each month.
    var due: [String: [AttainmentPeriod: Int64]] = [:]
    var undated: [String] = []
  }

  func noteNames(_ names: inout OwnerNames, _ agreed: Agreement) {
    for deal in deals.deals { names.note(deal.owner) }
    for quota in deals.quotas { names.note(quota.owner) }
    for goal in agreed.goals { names.note(goal.owner ?? "") }
  }

  func tally(_ period: AttainmentPeriod, _ names: OwnerNames) -> Tally {
    var tally = Tally()
    for deal in deals.deals where deal.outcome == .won {
      guard deal.closed.isDated else {
        tally.undated.append(deal.id)
        continue
      }
      let day = calendar.day(of: deal.closed.instant)
      guard period.contains(day) else { continue }
      let month = AttainmentPeriod(.month, of: day)
      tally.won[names.key(deal.owner), default: [:]][month, default: WonDealSum()].add(deal)
    }
    tally.undated.sort()
    let open = OpenDeals(
      deals,
      history,
      journeys: source.journeys(under: history.agreement.journeyRule),
      leadCount: history.leads.ids.count
    )
    func change(_ numbers: [Int], _ body: (DealRecords.Deal, inout OpenDealSum) -> Void) {
      for number in numbers {
        let deal = deals.deals[number]
        body(deal, &tally.open[names.key(deal.owner), default: OpenDealSum()])
      }
    }
    change(open.active) { deal, sum in
      sum.count += 1
      sum.ids.append(deal.id)
      sum.amount += deal.amount ?? 0
      if deal.amount == nil { sum.withoutAmount += 1 }
      if deal.closed.isDated, period.contains(calendar.day(of: deal.closed.instant)) {
        sum.dueCount += 1
        sum.dueInPeriod += deal.amount ?? 0
        let month = AttainmentPeriod(.month, of: calendar.day(of: deal.closed.instant))
        tally.due[names.key(deal.owner), default: [:]][month, default: 0] += deal.amount ?? 0
      }
    }
    change(open.overdue + open.offThePath) { _, sum in sum.leftOut += 1 }
    change(open.all) { deal, sum in
      guard deal.probability != nil else { return }
      sum.withProbability += 1
      sum.weighted += deal.weightedAmount ?? 0
    }
    return tally
  }

  func rows(
    _ period: AttainmentPeriod,
    _ book: QuotaBook,
    _ tally: Tally,
    _ names: OwnerNames
  ) -> (team: AttainmentRow, people: [AttainmentRow], nobody: AttainmentRow) {
    let months = period.months
    func row(
      _ subject: AttainmentRow.Subject,
      _ won: [AttainmentPeriod: WonDealSum],
      _ open: OpenDealSum,
      _ due: [AttainmentPeriod: Int64],
      _ quota: (ClosedRange<CivilDate>) -> QuotaFigure?
    ) -> AttainmentRow {
      let byMonth = months.map { month in
        AttainmentMonth(
          month: month,
          quota: quota(month.days),
          won: (won[month] ?? WonDealSum()).sorted,
          openDue: due[month] ?? 0
        )
      }
      return AttainmentRow(
        subject: subject,
        quota: quota(period.days),
        won: byMonth.reduce(WonDealSum()) { $0 + $1.won },
        open: open.sorted,
        months: byMonth
      )
    }
    let keys = Set(tally.won.keys).union(tally.open.keys).union(book.owners).subtracting([""])
    let people = keys.map { ($0, names.name($0)) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map {
      key,
      name in
      row(
        .owner(name),
        tally.won[key] ?? [:],
        tally.open[key] ?? OpenDealSum(),
        tally.due[key] ?? [:]
      ) { book.quota(of: key, in: $0) }
    }
    let nobody = row(
      .nobody,
      tally.won[""] ?? [:],
      tally.open[""] ?? OpenDealSum(),
      tally.due[""] ?? [:]
    ) { _ in nil }
    let won = tally.won.values.reduce(into: [:]) { sum, months in
      sum.merge(months, uniquingKeysWith: +)
    }
    let open = tally.open.values.reduce(OpenDealSum(), +)
    let due = tally.due.values.reduce(into: [:]) { sum, months in
      sum.merge(months, uniquingKeysWith: +)
    }
    return (row(.team, won, open, due) { book.quota(in: $0) }, people, nobody)
  }

  func differences(
    _ book: QuotaBook,
    _ period: AttainmentPeriod,
    _ team: AttainmentRow,
    _ names: OwnerNames
  ) -> [QuotaDifference] {
    var all = book.differences(period.days).map { difference in
      var shown = difference
      shown.owner = difference.owner.map(names.name)
      return shown
    }
    let months = team.months.compactMap(\.quota)
    if let quota = team.quota, months.count == team.months.count {
      let sum = months.reduce(0) { $0 + $1.amount }
      if sum != quota.amount {
        all.append(
          QuotaDifference(kind: .months, owner: nil, counted: quota.amount, other: sum)
        )
      }
    }
    return all
  }
}

extension WonDealSum {
  /// The same with its ids in order.
  fileprivate var sorted: WonDealSum {
    var copy = self
    copy.ids.sort()
    return copy
  }
}

extension OpenDealSum {
  /// The same with its ids in order.
  fileprivate var sorted: OpenDealSum {
    var copy = self
    copy.ids.sort()
    return copy
  }

  /// The sum of two disjoint sums.
  static func + (left: OpenDealSum, right: OpenDealSum) -> OpenDealSum {
    var sum = left
    sum.count += right.count
    sum.amount += right.amount
    sum.withoutAmount += right.withoutAmount
    sum.dueInPeriod += right.dueInPeriod
    sum.dueCount += right.dueCount
    sum.withProbability += right.withProbability
    sum.weighted += right.weighted
    sum.leftOut += right.leftOut
    sum.ids += right.ids
    return sum
  }
}
