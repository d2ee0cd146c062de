public import PlumblineCore

/// What a report shows of money and of what is to come.
public struct ReportPlans: Sendable {
  /// What customers cost, by channel.
  public var economics: EconomicsAnswer?
  /// The way to the quota.
  public var quota: (plan: QuotaPlan, target: QuotaTarget, rule: JourneyRule)?
  /// Reps and cash over the coming months.
  public var headcount: HeadcountAnswer?

  /// What is to be shown; nothing for what is nil.
  public init(
    economics: EconomicsAnswer? = nil,
    quota: (plan: QuotaPlan, target: QuotaTarget, rule: JourneyRule)? = nil,
    headcount: HeadcountAnswer? = nil
  ) {
    self.economics = economics
    self.quota = quota
    self.headcount = headcount
  }
}

extension HTMLReport {
  /// Cheap meetings and dear customers, the fan of what may come, cash, and what it hangs on.
  var money: [Markup] {
    var parts: [Markup] = []
    if let economics = plans?.economics, economics.hasLeads {
      parts.append(EconomicsSections(economics, agreement).ranks)
    }
    if let (plan, target, rule) = plans?.quota {
      parts.append(
        QuotaPlanPage(plan, for: target, rule: rule, under: agreement, generatedBy: generatedBy)
          .forecast
      )
    }
    if let headcount = plans?.headcount {
      parts +=
        HeadcountPage(
          headcount,
          under: agreement,
          provenance: [],
          generatedBy: generatedBy
        ).pictures
    }
    return parts
  }
}
