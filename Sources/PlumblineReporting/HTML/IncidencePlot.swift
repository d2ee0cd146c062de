/// The drawing of curves of cumulative incidence: axes that all share, steps, bands, the horizon.
struct IncidencePlot {
  private typealias Place = (x: Double, y: Double)

  private static let width = 320.0
  private static let height = 188.0
  private static let left = 42.0
  private static let right = 312.0
  private static let top = 22.0
  private static let bottom = 164.0

  private let horizonDays: Double
  private let days: PlotScale
  private let rates: PlotScale

  init(
    horizonDays: Double,
    everyone: IncidencePicture.Curve,
    channels: [IncidencePicture.Curve]
  ) {
    let horizon = horizonDays.isFinite ? max(1, horizonDays) : 1
    let points = ([everyone] + channels).map { Self.finite($0.points) }
    let last = points.compactMap { $0.last?.day }.max() ?? 0
    let end = max(horizon * 1.04, min(last, horizon * 1.5))
    self.horizonDays = horizon
    days = PlotScale(0, end, from: Self.left, to: Self.right)
    let drawn = points.joined().filter { $0.day <= end }
    let most = drawn.map(\.rate).max() ?? 0
    let edge = drawn.compactMap(\.upper).filter(\.isFinite).max() ?? most
    // A channel with few leads has a band up to 100 %; it must not flatten all the curves.
    let height = most > 0 ? min(max(most, edge), 1.8 * most) : edge
    rates = PlotScale(
      0,
      min(1, PlotScale.roundedUp(height > 0 ? height : 0.1)),
      from: Self.bottom,
      to: Self.top
    )
  }

  private static func finite(_ points: [IncidencePicture.Point]) -> [IncidencePicture.Point] {
    points.filter { $0.day.isFinite && $0.rate.isFinite && $0.day >= 0 }
      .sorted { $0.day < $1.day }
  }

  /// One channel's picture.
  func markup(
    of curve: IncidencePicture.Curve,
    behind: IncidencePicture.Curve?,
    id: String,
    title: String,
    description: String
  ) -> Markup {
    let points = Self.finite(curve.points)
    let supported = Self.supported(curve)
    var parts = axes
    if let behind {
      parts.append(Picture.track("behind", [steps(behind)]))
    }
    parts += band(points, 0...supported, "band")
    parts += band(points, supported...max(supported, days.domain.upperBound), "band young")
    let (old, young) = split(steps(curve), at: days(supported))
    parts += [Picture.track("curve", [old]), Picture.track("curve young", [young])]
    parts += marker(curve)
    return Picture.frame(
      id,
      width: Self.width,
      height: Self.height,
      kind: "plot",
      title: title,
      description: description,
      parts
    )
  }

  private var axes: [Markup] {
    let lines = rates.ticks(atMost: 5).flatMap { rate in
      let y = rates(rate)
      return [
        Picture.line("axis", x1: Self.left, y1: y, x2: Self.right, y2: y),
        Picture.words("end", x: Self.left - 5, y: y + 4, Format.percent(rate)),
      ]
    }
    let ticks = days.dayTicks(atMost: 5)
    let marks = ticks.enumerated().map { index, day in
      let text = Format.fixed(day, decimals: 0)
      return Picture.words(
        days(day) > Self.right - 12 ? "end" : "middle",
        x: days(day) > Self.right - 12 ? Self.right : days(day),
        y: Self.bottom + 17,
        index == ticks.count - 1 && days(day) < Self.right - 40 ? "\(text) days" : text
      )
    }
    return lines + marks
  }

  private func marker(_ curve: IncidencePicture.Curve) -> [Markup] {
    let x = days(horizonDays)
    var parts = [
      Picture.line("horizon", x1: x, y1: Self.top - 4, x2: x, y2: Self.bottom),
      Picture.words("end", x: min(x + 18, Self.right), y: Self.top - 9, Format.days(horizonDays)),
    ]
    if let share = curve.atHorizon, share.rate.isFinite {
      let y = rates(share.rate)
      parts.append(
        curve.isLeak
          ? Picture.shape("spot", [(x - 6, y - 5), (x + 6, y - 5), (x, y + 6)])
          : Picture.dot("spot", x: x, y: y, radius: 4.5)
      )
    }
    return parts
  }

  // MARK: Steps

  /// How far the data supports the curve, in days.
  private static func supported(_ curve: IncidencePicture.Curve) -> Double {
    max(0, curve.supportedDays.flatMap { $0.isFinite ? $0 : nil } ?? 0)
  }

  /// The corners of the curve, from day 0 to its last day or the end of the axis.
  private func steps(_ curve: IncidencePicture.Curve) -> [Place] {
    let points = Self.finite(curve.points)
    guard let last = points.last else { return [] }
    let end = days.domain.upperBound
    var corners: [Place] = [(days(0), rates(0))]
    for point in points where point.day <= end {
      corners.append((days(point.day), corners[corners.count - 1].y))
      corners.append((days(point.day), rates(point.rate)))
    }
    // Past its last step a curve goes on level for as long as it is supported.
    let reach = max(last.day, Self.supported(curve))
    corners.append((days(min(reach, end)), corners[corners.count - 1].y))
    return corners
  }

  /// The corners before an x and those after it; both have the corner where they meet.
  private func split(_ corners: [Place], at x: Double) -> (before: [Place], after: [Place]) {
    guard let index = corners.firstIndex(where: { $0.x > x }) else { return (corners, []) }
    guard index > 0 else { return ([], corners) }
    let meeting: Place = (x, corners[index - 1].y)
    return (corners[..<index] + [meeting], [meeting] + corners[index...])
  }

  /// The band over a span of days; one shape for each unbroken run of it.
  private func band(
    _ points: [IncidencePicture.Point],
    _ span: ClosedRange<Double>,
    _ kind: String
  ) -> [Markup] {
    var shapes: [Markup] = []
    var upper: [Place] = []
    var lower: [Place] = []
    func finish() {
      if upper.count > 1 { shapes.append(Picture.shape(kind, upper + lower.reversed())) }
      upper = []
      lower = []
    }
    for (index, point) in points.enumerated() {
      let next = index + 1 < points.count ? points[index + 1].day : point.day
      let from = max(point.day, span.lowerBound)
      let to = min(next, span.upperBound, days.domain.upperBound)
      guard to > from else { continue }
      guard let low = point.lower, let high = point.upper, low.isFinite, high.isFinite else {
        finish()
        continue
      }
      upper += [(days(from), rates(high)), (days(to), rates(high))]
      lower += [(days(from), rates(low)), (days(to), rates(low))]
    }
    finish()
    return shapes
  }
}
