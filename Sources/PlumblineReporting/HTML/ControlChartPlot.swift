/// The drawing of a control chart: marks on top, rates, and the smoothed score with its limit.
struct ControlChartPlot {
  /// One of many, or the only one on a wide or a narrow page.
  enum Layout { case panel, wide, narrow }

  private typealias Place = (x: Double, y: Double)

  private static let left = 42.0
  private static let lane = 12.0
  private static let rateTop = 26.0

  let layout: Layout
  private let rates: PlotScale
  private let scores: PlotScale
  private let mostItems: Double

  private var width: Double { layout == .wide ? 720 : 320 }
  private var right: Double { width - 8 }
  private static func rateBottom(_ layout: Layout) -> Double { layout == .wide ? 146 : 122 }
  private static func scoreTop(_ layout: Layout) -> Double { rateBottom(layout) + 14 }
  private static func scoreBottom(_ layout: Layout) -> Double {
    scoreTop(layout) + (layout == .wide ? 56 : 46)
  }
  private var rateBottom: Double { Self.rateBottom(layout) }
  private var scoreTop: Double { Self.scoreTop(layout) }
  private var scoreBottom: Double { Self.scoreBottom(layout) }

  init(_ series: [ControlChartPicture.Series], layout: Layout) {
    self.layout = layout
    let weeks = series.flatMap(\.weeks)
    mostItems = Double(max(1, weeks.map(\.items).max() ?? 1))
    let shares = (weeks.filter { $0.items > 0 }.map(\.rate) + series.map(\.baselineRate))
      .compactMap { $0 }.filter(\.isFinite)
    // Room for the dots, and never so close that a point or two look like a fall.
    let low = shares.min() ?? 0
    let high = shares.max() ?? 1
    let room = max(0.05, 0.15 - (high - low) / 2)
    rates = PlotScale(
      max(0, low - room),
      min(1, high + room),
      from: Self.rateBottom(layout) - 5,
      to: Self.rateTop + 5
    )
    let values = weeks.flatMap { [$0.smoothed, $0.lowerLimit, $0.upperLimit] }
      .compactMap { $0 }.filter(\.isFinite)
    scores = PlotScale(
      min(-0.5, values.min() ?? 0),
      max(0.5, values.max() ?? 0),
      from: Self.scoreBottom(layout) - 3,
      to: Self.scoreTop(layout) + 3
    )
  }

  /// One series' picture.
  func markup(
    of series: ControlChartPicture.Series,
    id: String,
    title: String,
    description: String
  ) -> Markup {
    let weeks = series.weeks
    let kind = layout == .panel ? "plot" : "plot \(layout)-only"
    return Picture.frame(
      id,
      width: width,
      height: scoreBottom + 22,
      kind: kind,
      title: title,
      description: description,
      shading(weeks) + axes(weeks) + rateParts(series) + scoreParts(weeks) + marks(weeks)
    )
  }

  private func x(_ week: Int, of count: Int) -> Double {
    let slot = (right - Self.left) / Double(max(1, count))
    return Self.left + (Double(week) + 0.5) * slot
  }

  // MARK: Ground

  private func shading(_ weeks: [ControlChartPicture.Week]) -> [Markup] {
    let half = (right - Self.left) / Double(max(1, weeks.count)) / 2
    return Self.runs(weeks.map(\.isBaseline)).map { run in
      let from = x(run.lowerBound, of: weeks.count) - half
      let to = x(run.upperBound - 1, of: weeks.count) + half
      return Picture.box(
        "baseline",
        x: from,
        y: Self.rateTop,
        width: to - from,
        height: scoreBottom - Self.rateTop
      )
    }
  }

  private func axes(_ weeks: [ControlChartPicture.Week]) -> [Markup] {
    let lines = rates.ticks(atMost: 4).flatMap { rate in
      let y = rates(rate)
      return [
        Picture.line("axis", x1: Self.left, y1: y, x2: right, y2: y),
        Picture.words("end", x: Self.left - 5, y: y + 4, Format.percent(rate)),
      ]
    }
    let zero = [
      Picture.line("axis", x1: Self.left, y1: scores(0), x2: right, y2: scores(0)),
      Picture.words("end", x: Self.left - 5, y: scores(0) + 4, "score"),
    ]
    let limit = weeks.compactMap { $0.lowerLimit ?? $0.upperLimit }.last { $0.isFinite }
    let place = limit.map { scores($0) + 4 } ?? 0
    let name =
      limit == nil || abs(place - 4 - scores(0)) < 13
      ? [] : [Picture.words("end", x: Self.left - 5, y: place, "limit")]
    return lines + zero + name + dates(weeks)
  }

  /// The first week, the last one, and as many between as fit.
  private func dates(_ weeks: [ControlChartPicture.Week]) -> [Markup] {
    guard !weeks.isEmpty else { return [] }
    let labels = weeks.map { DisplayWidth.shortened($0.label, to: 10) }
    let widest = labels.map { Picture.width(of: $0, size: 12) }.max() ?? 0
    let last = weeks.count - 1
    // The first and the last label stand inside the frame, so nearer to their neighbours.
    let room = (x(last, of: weeks.count) - x(0, of: weeks.count)) / (1.5 * widest + 12)
    let gaps = min(Int(room), last)
    let places = gaps < 1 ? [last] : (0...gaps).map { $0 * last / gaps }
    return places.map { week in
      let middle = x(week, of: weeks.count)
      let half = Picture.width(of: labels[week], size: 12) / 2
      let kind = middle - half < Self.left ? "start" : middle + half > right ? "end" : "middle"
      let place = kind == "start" ? Self.left : kind == "end" ? right : middle
      return Picture.words(kind, x: place, y: scoreBottom + 17, labels[week])
    }
  }

  // MARK: Rates and scores

  private func rateParts(_ series: ControlChartPicture.Series) -> [Markup] {
    let weeks = series.weeks
    var parts: [Markup] = []
    if let base = series.baselineRate, base.isFinite {
      parts.append(
        Picture.line("usual", x1: Self.left, y1: rates(base), x2: right, y2: rates(base))
      )
    }
    let shares = weeks.map { week in
      week.items > 0 ? week.rate.flatMap { $0.isFinite ? $0 : nil } : nil
    }
    parts.append(Picture.track("thread", tracks(shares, rates)))
    let room = min(5, max(1.6, (right - Self.left) / Double(max(1, weeks.count)) * 0.45))
    for (index, share) in shares.enumerated() {
      guard let share else { continue }
      let size = (Double(weeks[index].items) / mostItems).squareRoot()
      let kind = weeks[index].isAlarm || weeks[index].isShock ? "point marked" : "point"
      parts.append(
        Picture.dot(
          kind,
          x: x(index, of: weeks.count),
          y: rates(share),
          radius: max(1.6, room * size)
        )
      )
    }
    return parts
  }

  private func scoreParts(_ weeks: [ControlChartPicture.Week]) -> [Markup] {
    func values(_ value: (ControlChartPicture.Week) -> Double?) -> [Double?] {
      weeks.map { week in
        week.items > 0 ? value(week).flatMap { $0.isFinite ? $0 : nil } : nil
      }
    }
    return [
      Picture.track("limit", tracks(values(\.lowerLimit), scores)),
      Picture.track("limit", tracks(values(\.upperLimit), scores)),
      Picture.track("smoothed", tracks(values(\.smoothed), scores)),
    ]
  }

  /// The runs of weeks that have a value; a run of one is drawn as a dash.
  private func tracks(_ values: [Double?], _ scale: PlotScale) -> [[Place]] {
    let half = min(5, (right - Self.left) / Double(max(1, values.count)) / 2)
    return Self.runs(values.map { $0 != nil }).map { run in
      let places: [Place] = run.compactMap { index in
        values[index].map { (x(index, of: values.count), scale($0)) }
      }
      guard places.count == 1 else { return places }
      return [(places[0].x - half, places[0].y), (places[0].x + half, places[0].y)]
    }
  }

  private static func runs(_ flags: [Bool]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (index, isIn) in flags.enumerated() where isIn {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<(index + 1)
      } else {
        runs.append(index..<(index + 1))
      }
    }
    return runs
  }

  // MARK: Marks

  /// What stands in the lane on top: a shape, the weeks it lasts, its word.
  private struct Sign {
    var weeks: Range<Int>
    var isAlarm: Bool
  }

  /// The shapes of alarms and shocks, with a word where there is room for it.
  private func marks(_ weeks: [ControlChartPicture.Week]) -> [Markup] {
    let alarms = Self.runs(weeks.map(\.isAlarm)).map { Sign(weeks: $0, isAlarm: true) }
    let shocks = weeks.indices.filter { weeks[$0].isShock }
      .map { Sign(weeks: $0..<($0 + 1), isAlarm: false) }
    let signs = (alarms + shocks).sorted { $0.weeks.lowerBound < $1.weeks.lowerBound }
    let y = Self.lane
    var parts: [Markup] = []
    var words: [Markup] = []
    var taken = Self.left - 8
    for (place, sign) in signs.enumerated() {
      let from = x(sign.weeks.lowerBound, of: weeks.count)
      let to = x(sign.weeks.upperBound - 1, of: weeks.count)
      parts.append(Picture.line("drop", x1: from, y1: y + 5, x2: from, y2: scoreBottom))
      if sign.isAlarm {
        parts.append(Picture.line("lasting", x1: from, y1: y, x2: to, y2: y))
        parts.append(
          Picture.shape("alarm", [(from - 6, y - 6), (from + 6, y - 6), (from, y + 6)])
        )
      } else {
        parts.append(
          Picture.shape("shock", [(from, y - 6), (from + 5, y), (from, y + 6), (from - 5, y)])
        )
      }
      let word = sign.isAlarm ? "alarm" : "shock"
      let size = Picture.width(of: word, size: 12)
      let next =
        place + 1 < signs.count
        ? x(signs[place + 1].weeks.lowerBound, of: weeks.count) - 8 : right
      if from - 9 - size > taken {
        words.append(Picture.words("end", x: from - 9, y: y + 4, word))
        taken = to + 7
      } else if to + 9 + size < next {
        words.append(Picture.words("start", x: to + 9, y: y + 4, word))
        taken = to + 9 + size
      } else {
        taken = max(taken, to + 7)
      }
    }
    return parts + words + baselineWord(weeks, before: signs.first?.weeks.lowerBound)
  }

  /// The word over the shaded weeks, unless a mark stands there.
  private func baselineWord(
    _ weeks: [ControlChartPicture.Week],
    before mark: Int?
  ) -> [Markup] {
    guard let run = Self.runs(weeks.map(\.isBaseline)).first else { return [] }
    let from = x(run.lowerBound, of: weeks.count)
    let to = x(run.upperBound - 1, of: weeks.count)
    let end = Self.left + Picture.width(of: "baseline", size: 12)
    // The word of the first mark stands left of it.
    let limit = mark.map { x($0, of: weeks.count) - 52 } ?? right
    guard run.lowerBound == 0, end < min(to, limit), from < to else { return [] }
    return [Picture.words("quiet", x: Self.left, y: Self.lane + 4, "baseline")]
  }
}
