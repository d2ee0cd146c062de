/// The drawing of a bridge: one row a step, each bar where the last one ended.
struct BridgeDrawing {
  /// Where the words stand.
  enum Layout { case wide, narrow }

  /// A bar: an end of the bridge, or a step from one level to the next.
  struct Row {
    var name: String
    /// Where the bar begins; nil for an end of the bridge, which begins at the axis.
    var from: Double?
    var to: Double
    /// The step; nil for an end of the bridge.
    var step: BridgePicture.Step?

    init(level: BridgePicture.Level) {
      name = level.name
      to = level.value
    }

    init(step: BridgePicture.Step, from level: Double) {
      name = step.name
      from = level
      to = level + step.value
      self.step = step
    }

    /// The ends of the interval, as levels.
    var whisker: (lower: Double, upper: Double)? {
      guard let from, let lower = step?.lower, let upper = step?.upper, lower.isFinite,
        upper.isFinite, lower <= upper
      else { return nil }
      return (from + lower, from + upper)
    }
  }

  let id: String
  let title: String
  let description: String
  let unit: PictureUnit
  let rows: [Row]
  let layout: Layout
  private let scale: PlotScale
  /// Whether the axis begins somewhere else than at 0.
  private let isCut: Bool

  init(
    id: String,
    title: String,
    description: String,
    unit: PictureUnit,
    rows: [Row],
    layout: Layout
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.unit = unit
    self.rows = rows
    self.layout = layout
    isCut = Self.isCut(rows)
    let places = Self.places(rows)
    let low = places.min() ?? 0
    let high = places.max() ?? 1
    let (left, right) = layout == .wide ? (214.0, 500.0) : (4.0, 336.0)
    // A cut axis leaves room for the part of the bars that shows they were cut.
    scale =
      isCut
      ? PlotScale(max(0, low - 0.25 * (high - low)), high, from: left, to: right)
      : PlotScale(min(0, low), max(0, high), from: left, to: right)
  }

  /// Whether the steps would be too small to see beside bars that begin at 0.
  static func isCut(_ rows: [Row]) -> Bool {
    let places = places(rows)
    guard let low = places.min(), let high = places.max() else { return false }
    return low > 0 && high > low && high - low < 0.6 * high
  }

  /// Every level that must be on the axis.
  private static func places(_ rows: [Row]) -> [Double] {
    let whiskers = rows.compactMap(\.whisker)
    return rows.map(\.to) + whiskers.map(\.lower) + whiskers.map(\.upper)
  }

  private var rowHeight: Double { layout == .wide ? 38 : 56 }
  private var width: Double { layout == .wide ? 720 : 340 }
  private var barTop: Double { layout == .wide ? 9 : 32 }
  private static let barHeight = 18.0
  private static let top = 4.0
  private static let floor = 26.0

  /// The picture.
  var markup: Markup {
    let bottom = Self.top + Double(rows.count) * rowHeight
    var parts = axis(bottom)
    for (index, row) in rows.enumerated() {
      let y = Self.top + Double(index) * rowHeight
      parts += bar(row, y + barTop)
      guard index + 1 < rows.count else { continue }
      let x = scale(row.to)
      let next = y + rowHeight + barTop
      parts.append(
        Picture.line("link", x1: x, y1: y + barTop + Self.barHeight, x2: x, y2: next)
      )
    }
    // Words last: lines that pass behind them give way.
    for (index, row) in rows.enumerated() {
      parts += words(row, Self.top + Double(index) * rowHeight)
    }
    return Picture.frame(
      id,
      width: width,
      height: bottom + Self.floor,
      kind: "bridge \(layout)-only",
      title: title,
      description: description,
      parts
    )
  }

  private func axis(_ bottom: Double) -> [Markup] {
    let lines = ticks.flatMap { tick in
      [
        Picture.line("axis", x1: scale(tick), y1: Self.top, x2: scale(tick), y2: bottom),
        Picture.words("tick middle", x: middle(of: tick), y: bottom + 16, unit.tick(tick)),
      ]
    }
    guard scale.domain.lowerBound < 0 else { return lines }
    return lines + [Picture.line("zero", x1: scale(0), y1: Self.top, x2: scale(0), y2: bottom)]
  }

  /// As many round values as have room for their words.
  private var ticks: [Double] {
    for most in [5, 4, 3, 2, 1] {
      let ticks = scale.ticks(atMost: most)
      let fits = zip(ticks, ticks.dropFirst()).allSatisfy {
        middle(of: $1) - middle(of: $0) > half(of: $0) + half(of: $1) + 12
      }
      if fits { return ticks }
    }
    return []
  }

  private func half(of tick: Double) -> Double {
    Picture.width(of: unit.tick(tick), size: 12) / 2
  }

  /// Where the words of a tick stand: under it, but not over the edge.
  private func middle(of tick: Double) -> Double {
    min(max(scale(tick), half(of: tick)), width - half(of: tick))
  }

  // MARK: A row

  private func words(_ row: Row, _ y: Double) -> [Markup] {
    let amount = row.step.map { unit.step($0.value) } ?? unit.level(row.to)
    let mark = row.step.flatMap { BridgePicture.word($0.mark) } ?? ""
    let range = row.step.flatMap { BridgePicture.interval($0, unit) } ?? ""
    let isWide = layout == .wide
    let left = isWide ? 0.0 : 4
    let edge = isWide ? width : width - 4
    let nameEnd = isWide ? 200 : edge - Picture.width(of: amount, size: 12, isBold: true) - 10
    let name = Self.fitted(Picture.shown(row.name), into: nameEnd - left)
    let isEnd = row.step == nil
    let first = isWide ? (range.isEmpty ? y + 22 : y + 16) : y + 12
    var parts = [
      Picture.words(isEnd ? "name strong" : "name", x: left, y: isWide ? y + 22 : first, name),
      isWide
        ? Picture.words("strong", x: 516, y: first, Self.fitted(amount, into: edge - 516))
        : Picture.words("strong end", x: edge, y: first, amount),
    ]
    if !range.isEmpty {
      let room = isWide ? edge - 516 : edge - 75
      parts.append(
        Picture.words(
          isWide ? "quiet" : "quiet end",
          x: isWide ? 516 : edge,
          y: first + 15,
          Self.fitted(range, into: room)
        )
      )
    }
    if !mark.isEmpty {
      let x = isWide ? 516 + Picture.width(of: amount, size: 12, isBold: true) + 8 : left
      parts.append(Picture.words("quiet", x: x, y: isWide ? first : first + 15, mark))
    }
    return parts
  }

  /// Words cut where they would run out of their room; the table has them whole.
  private static func fitted(_ text: String, into room: Double) -> String {
    DisplayWidth.shortened(text, to: max(1, Int(room / Picture.width(of: "0", size: 12))))
  }

  private func bar(_ row: Row, _ y: Double) -> [Markup] {
    let height = Self.barHeight
    guard let from = row.from, let step = row.step else {
      let origin = scale(isCut ? scale.domain.lowerBound : 0)
      let x = min(origin, scale(row.to))
      let length = abs(scale(row.to) - origin)
      let bar = Picture.box("bar", x: x, y: y, width: length, height: height, radius: 1)
      // Two slanted gaps say that the bar is longer than it is drawn.
      let gaps = isCut && length > 14 ? [origin + 6, origin + 11] : []
      return [bar]
        + gaps.map {
          Picture.line("gap", x1: $0 - 3, y1: y + height + 2, x2: $0 + 3, y2: y - 2)
        }
    }
    let (start, end) = (scale(from), scale(row.to))
    let way = step.value < 0 ? "down" : "up"
    let sure = step.mark == .notClear && abs(end - start) >= 1 ? "unsure" : "sure"
    // The bar is an arrow: its way can be told without its colour.
    let sign = end < start ? -1.0 : 1.0
    let tip = min(7, abs(end - start)) * sign
    var parts =
      abs(end - start) < 1
      ? [Picture.box("step \(way) \(sure)", x: start - 1, y: y, width: 2, height: height)]
      : [
        Picture.shape(
          "step \(way) \(sure)",
          [
            (start, y), (end - tip, y), (end, y + height / 2), (end - tip, y + height),
            (start, y + height),
          ]
        )
      ]
    if let whisker = row.whisker {
      let middle = y + height / 2
      let (low, high) = (scale(whisker.lower), scale(whisker.upper))
      let whisker: [[(x: Double, y: Double)]] = [
        [(low, middle), (high, middle)], [(low, middle - 5), (low, middle + 5)],
        [(high, middle - 5), (high, middle + 5)],
      ]
      // Twice, so that it stands out from the bar whatever their colours.
      parts += [Picture.track("whisker edge", whisker), Picture.track("whisker", whisker)]
    }
    return parts
  }
}
