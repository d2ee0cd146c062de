public import PlumblineCore
import PlumblineStatistics

extension VerdictSections {
  /// How fast each channel's leads are won, with bands and maturity.
  ///
  /// - Parameter incidence: The curves of all channels.
  /// - Returns: The section; nothing without curves.
  public func curves(_ incidence: IncidenceAnswer?) -> Markup {
    guard let incidence else { return .none }
    let from = words.stages.label(incidence.pair.from)
    let to = words.stages.label(incidence.pair.to)
    let leaking = Set(
      diagnosis.leaks.filter { $0.unit.kind == .channel }.compactMap(\.unit.channel)
    )
    return section(
      "curves",
      "How fast leads are won",
      [
        IncidencePicture(
          id: "incidence",
          title: "\(from) → \(to)",
          horizonDays: Double(incidence.horizon.days),
          confidence: 0.95,
          everyone: curve(incidence.total, name: "All channels", isLeak: false),
          channels: incidence.channels.map {
            curve($0, name: $0.channel, isLeak: leaking.contains($0.channel))
          },
          opened: { [links, funnel] name, count in
            links.count(
              count,
              .funnel("reached:\(funnel.stages[incidence.pair.from])", group: name)
            )
          }
        ).markup,
        .element(
          "p",
          ["class": "note"],
          "Counted here: every pass of a lead, also those too young for the verdict, each for as "
            + "long as it could be watched. The verdict counts first passes old enough, so its "
            + "plain rates differ a little."
        ),
      ]
    )
  }

  private func curve(
    _ curve: IncidenceAnswer.Curve,
    name: String,
    isLeak: Bool
  ) -> IncidencePicture.Curve {
    let incidence = curve.incidence
    // Beyond the last bucket in which somebody was at risk there is nothing to draw.
    let last = incidence.points.lastIndex { $0.atRisk > 0 } ?? -1
    let points = (0..<(last + 1)).compactMap { index -> IncidencePicture.Point? in
      guard let day = incidence.buckets.end(of: index) else { return nil }
      let bound = curve.band.flatMap { band in
        band.buckets.contains(index) ? band.bounds[index - band.buckets.lowerBound] : nil
      }
      return IncidencePicture.Point(
        day: Double(day),
        rate: incidence.points[index].converted,
        lower: bound?.lower,
        upper: bound?.upper
      )
    }
    let estimate = curve.atHorizon
    return IncidencePicture.Curve(
      name: name,
      leads: incidence.total,
      points: points,
      supportedDays: incidence.longestSupportedHorizonInDays.map(Double.init),
      atHorizon: curve.stands
        ? estimate.rate.map {
          IncidencePicture.Share(
            rate: $0,
            lower: estimate.interval.lower,
            upper: estimate.interval.upper
          )
        } : nil,
      maturity: estimate.maturity,
      remark: isLeak ? "named as a leak" : nil,
      isLeak: isLeak
    )
  }
}
