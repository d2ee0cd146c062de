extension AttainmentBuilder {
  /// What the launches of an agreement whose days meet a period brought.
  func launches(_ period: AttainmentPeriod, _ agreed: Agreement) -> [LaunchResult] {
    guard !agreed.launches.isEmpty else { return [] }
    let journeys = source.journeys(under: history.agreement.journeyRule)
    let handOffs = journeys.reached[history.agreement.handOffStage]
    let today = history.agreement.calendar.day(of: history.asOf)
    // Each name once, not once a lead.
    let campaigns = history.leads.campaigns
    let names = Dictionary(
      uniqueKeysWithValues: Set(campaigns).map {
        ($0, history.texts[.campaign][$0].lowercased())
      }
    )
    let known = Set(names.values)
    return agreed.launches.compactMap { launch -> LaunchResult? in
      let end = max(launch.starts, launch.ends ?? max(today, period.days.upperBound))
      guard (launch.starts...end).overlaps(period.days) else { return nil }
      let wanted = Set(launch.campaigns.map { $0.lowercased() })
      func isOf(_ lead: Int) -> Bool {
        wanted.isEmpty || wanted.contains(names[campaigns[lead]] ?? "")
      }
      func isIn(_ time: TimePoint) -> Bool {
        time.isDated
          && (launch.starts...end).contains(history.agreement.calendar.day(of: time.instant))
      }
      let leads = handOffs.indices.filter {
        isIn(handOffs[$0]) && isOf(Int(journeys.leads[$0]))
      }.map { Int(journeys.leads[$0]) }
      let wins = deals.deals.filter { deal in
        deal.outcome == .won && isIn(deal.closed) && (deal.amount ?? 0) >= 0
          && (wanted.isEmpty || deal.lead.map(isOf) ?? false)
      }
      return LaunchResult(
        launch: launch,
        qualifiedLeads: Set(leads).map { history.id(ofLead: $0) }.sorted(),
        wins: wins.map(\.id).sorted(),
        unknownCampaigns: launch.campaigns.filter { !known.contains($0.lowercased()) },
        hasBegun: launch.starts <= today,
        isOver: launch.ends.map { $0 < today } ?? false
      )
    }
  }
}
