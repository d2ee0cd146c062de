public import PlumblineCore
import PlumblineStatistics

/// The verdict as one page that needs nothing else: no network, no script.
///
/// One sentence, one picture, the leaks, the channels; below them how it is known.
public struct HTMLReport: Sendable {
  let agreement: Agreement
  let funnel: FunnelAnswer
  let diagnosis: Diagnosis
  let generatedBy: String
  /// How fast leads handed to sales are won, by channel; nil where it is not to be shown.
  let incidence: IncidenceAnswer?
  /// The gap to the last period, the plan or the best channel; nil where it is not to be shown.
  let gap: GapAnswer?
  /// The weekly series under watch; nil where they are not to be shown.
  let watch: WatchAnswer?
  /// What customers cost, the way to the quota, and the cash; nil where it is not to be shown.
  let plans: ReportPlans?

  /// A page to be made.
  ///
  /// - Parameters:
  ///   - diagnosis: The diagnosis.
  ///   - funnel: The funnel by channel of the same leads.
  ///   - agreement: The agreement under which both were made.
  ///   - generatedBy: What made the page, such as a program and its version.
  ///   - incidence: How fast leads handed to sales are won, by channel.
  ///   - gap: The gap to the last period, the plan or the best channel.
  ///   - watch: The weekly series under watch.
  ///   - plans: What customers cost, the way to the quota, and the cash.
  public init(
    _ diagnosis: Diagnosis,
    funnel: FunnelAnswer,
    under agreement: Agreement,
    generatedBy: String,
    incidence: IncidenceAnswer? = nil,
    gap: GapAnswer? = nil,
    watch: WatchAnswer? = nil,
    plans: ReportPlans? = nil
  ) {
    self.agreement = agreement
    self.funnel = funnel
    self.diagnosis = diagnosis
    self.generatedBy = generatedBy
    self.incidence = incidence
    self.gap = gap
    self.watch = watch
    self.plans = plans
  }

  /// The page.
  public var text: String {
    let sections = VerdictSections(diagnosis, funnel: funnel, under: agreement)
    let first = [
      sections.path, sections.leaks, sections.grid, sections.curves(incidence),
      sections.bridge(gap), sections.channels,
    ]
    return HTMLPage(
      title: agreement.company.isEmpty ? "Verdict" : "Verdict for \(agreement.company)",
      header: sections.header,
      sections: first + money + [sections.watched(watch), sections.evidence],
      footer: sections.footer(generatedBy: generatedBy)
    ).text
  }
}
