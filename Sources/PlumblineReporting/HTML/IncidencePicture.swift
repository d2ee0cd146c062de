import PlumblineStatistics

/// How fast each channel's leads convert: one small picture a channel, the share that has
/// converted by each day with its band, and all channels together in grey behind.
///
/// One picture a channel, because curves with bands drawn over one another cannot be told apart.
/// All share both axes.
struct IncidencePicture {
  /// The state at the end of one bucket of waiting time.
  struct Point: Hashable {
    /// Days since entry at which the bucket ends.
    var day: Double
    /// The share that has converted by then, a fraction.
    var rate: Double
    /// The lower edge of the simultaneous band, a fraction; nil where there is no band.
    var lower: Double?
    /// The upper edge of the simultaneous band, a fraction; nil where there is no band.
    var upper: Double?
  }

  /// The rate within the horizon, with its own interval (not the band's).
  struct Share: Hashable {
    var rate: Double
    var lower: Double
    var upper: Double
  }

  /// One channel's curve.
  struct Curve: Hashable {
    var name: String
    /// Leads that entered.
    var leads: Int
    /// The curve, one point a bucket, in the order of days; it begins at 0 on day 0 by itself.
    var points: [Point]
    /// The longest horizon the data supports, in days; nil where none is.
    var supportedDays: Double?
    /// The rate within the horizon; nil where it is not supported.
    var atHorizon: Share?
    /// The share of entries old enough to be known by the horizon, a fraction; nil where unknown.
    var maturity: Double?
    /// A few words on how it stands to the others, such as a verdict; nil for none.
    var remark: String?
    /// Whether the channel is named as a leak: drawn in the colour of leaks, with its shape.
    var isLeak = false
  }

  /// The name under which the page finds the pictures; theirs begin with it.
  let id: String
  /// The step: `lead → won`.
  let title: String
  /// The horizon, in days.
  let horizonDays: Double
  /// The confidence of intervals and bands, as a fraction.
  let confidence: Double
  /// All channels together.
  let everyone: Curve
  let channels: [Curve]
  /// A count of a channel's leads, opened where it opens; of all together without a name.
  var opened: (String?, Int) -> Markup = { .text(Format.count($1)) }
  /// How many channels are drawn; the table has all of them.
  var mostPanels = 11

  /// The pictures, what their parts mean, and the same numbers as a table.
  var markup: Markup {
    guard everyone.leads > 0 || channels.contains(where: { $0.leads > 0 }) else {
      return .element("p", [:], "Nobody entered: there are no curves.")
    }
    let shown = shown
    let plot = IncidencePlot(horizonDays: horizonDays, everyone: everyone, channels: shown)
    let panels =
      [panel(everyone, plot, "\(id)-all", behind: nil)]
      + shown.enumerated().map { index, curve in
        panel(curve, plot, "\(id)-\(index)", behind: everyone)
      }
    return .lines([
      .element(
        "figure",
        [:],
        [
          .lines([
            .element("p", ["class": "answer-line"], headline),
            .element(
              "ul",
              ["class": "panels", "role": "list", "aria-label": title],
              [.lines(panels)]
            ), caption,
          ])
        ]
      ),
      .element(
        "details",
        [:],
        [.lines([.element("summary", [:], "The same numbers as a table"), table])]
      ),
    ])
  }

  /// The channels that are drawn: all, or the leaks and then those with the most leads.
  private var shown: [Curve] {
    guard channels.count > mostPanels else { return channels }
    let order = channels.indices.sorted { left, right in
      let (one, other) = (channels[left], channels[right])
      if one.isLeak != other.isLeak { return one.isLeak }
      return one.leads == other.leads ? left < right : one.leads > other.leads
    }
    return order.prefix(mostPanels).sorted().map { channels[$0] }
  }

  private func panel(
    _ curve: Curve,
    _ plot: IncidencePlot,
    _ id: String,
    behind: Curve?
  ) -> Markup {
    var head = [
      Picture.name("panel-name", curve.name),
      .element("span", ["class": "panel-answer"], answer(curve)),
    ]
    if let remark = curve.remark {
      let sign = curve.isLeak ? "▼ " : ""
      head.append(.element("span", ["class": "panel-remark"], sign + remark))
    }
    let kind = behind == nil ? "panel total" : curve.isLeak ? "panel leaking" : "panel"
    let drawing = plot.markup(
      of: curve,
      behind: behind,
      id: id,
      title: "\(Picture.shown(curve.name)): \(title)",
      description: description(curve)
    )
    return .element("li", ["class": kind], [.element("p", [:], head), drawing])
  }

  // MARK: Words

  private var headline: String {
    let leaks = channels.filter(\.isLeak)
    let named = leaks.prefix(4).map {
      "\(DisplayWidth.shortened(Picture.shown($0.name), to: 32)) \(answer($0))"
    }
    let more = leaks.count > 4 ? ", and \(Format.count(leaks.count - 4)) more" : ""
    let head = "\(title.capitalizedFirst) within \(Format.days(horizonDays)): \(answer(everyone))"
    return leaks.isEmpty ? "\(head)." : "\(head). Leaks: \(named.joined(separator: ", "))\(more)."
  }

  private func answer(_ curve: Curve) -> String {
    guard curve.leads > 0 else { return "nobody entered" }
    guard curve.atHorizon != nil else {
      return "not old enough for \(Format.days(horizonDays)), \(Format.count(curve.leads, "lead"))"
    }
    return "\(rate(curve)) of \(Format.count(curve.leads))"
  }

  private func rate(_ curve: Curve) -> String {
    guard let share = curve.atHorizon, share.rate.isFinite else { return Format.absent }
    return Format.percent(share.rate, ConfidenceInterval(lower: share.lower, upper: share.upper))
  }

  private func description(_ curve: Curve) -> String {
    var parts = ["Within \(Format.days(horizonDays)): \(answer(curve))"]
    if let days = curve.supportedDays { parts.append("supported up to \(Format.days(days))") }
    if let maturity = curve.maturity { parts.append("\(Format.percent(maturity)) mature") }
    if let share = everyone.atHorizon, curve.name != everyone.name {
      parts.append("all together \(Format.percent(share.rate))")
    }
    return parts.joined(separator: "; ") + "."
  }

  private var caption: Markup {
    let hidden = channels.count - shown.count
    let more =
      hidden > 0 ? " \(Format.count(hidden, "channel")) more in the table, none of them drawn." : ""
    return .element(
      "figcaption",
      [:],
      "The share that has converted by each day since entry; the upright line is the horizon of "
        + "\(Format.days(horizonDays)). Shaded: where the whole curve lies with "
        + "\(Format.percent(confidence)) confidence, cut at the top of the frame. Grey: "
        + "\(everyone.name). Dashed and pale: older than most leads are, too few to rely on.\(more)"
    )
  }

  private var table: Markup {
    var table = MarkupTable(
      "\(id)-table",
      caption: "\(title), within \(Format.days(horizonDays))",
      [
        .text("Channel"), .number("Leads"), .number("Rate (\(Format.percent(confidence)))"),
        .number("Mature"), .number("Supported up to"), .text("Remark"),
      ]
    )
    for curve in channels + [everyone] {
      table.add(
        [
          .text(Picture.shown(curve.name)),
          opened(curve == everyone ? nil : curve.name, curve.leads),
        ]
          + [
            curve.leads > 0 && curve.atHorizon == nil ? "not old enough" : rate(curve),
            curve.maturity.map { Format.percent($0) } ?? Format.absent,
            curve.supportedDays.map { Format.days($0) } ?? Format.absent,
            curve.remark ?? "",
          ].map { .text($0) },
        kind: curve == everyone ? "total" : ""
      )
    }
    return table.markup
  }
}
