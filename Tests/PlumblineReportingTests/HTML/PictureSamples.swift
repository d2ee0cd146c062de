import Foundation

@testable import PlumblineReporting

/// Inputs for pictures as a company's data would give them, the same on every run.
enum PictureSamples {
  static let channels = [
    "Google Ads", "Meta Ads", "LinkedIn", "Organic search", "Referral", "Webinars & events",
    "Outbound",
  ]
  static let reps = [
    "Ana Lopez", "Bo Chen", "Cy Adeyemi", "Dana Fischer", "Eli Novak", "Fay O'Brien", "Gus Meyer",
    "Hana Sato", "Ivo Rossi", "Jo Kim",
  ]
  /// Names that would do harm, or break a layout, where they are not taken as text.
  static let hardNames = [
    "<script>alert(1)</script>", "\"&' onmouseover=x", "\u{1B}[31mred\u{1B}[0m", "",
    "广告渠道与很长很长的名字一直写下去没有尽头", String(repeating: "Donaudampfschiff", count: 14),
    String(repeating: "two words ", count: 20),
  ]

  /// A number between −1 and 1 that looks like chance.
  static func wave(_ seed: Int) -> Double {
    let value = sin(Double(seed) * 12.9898) * 43_758.5453
    return 2 * (value - value.rounded(.down)) - 1
  }

  // MARK: Grid

  static func effect(
    _ value: Double?,
    leads: Int,
    spread: Double? = nil,
    _ mark: GridPicture.Mark = .judged
  ) -> GridPicture.Effect {
    GridPicture.Effect(
      value: value,
      lower: value.flatMap { value in spread.map { value - $0 } },
      upper: value.flatMap { value in spread.map { value + $0 } },
      leads: leads,
      mark: mark
    )
  }

  static func grid(
    channels: [GridPicture.Unit],
    owners: [GridPicture.Unit],
    cells: [GridPicture.Cell],
    measure: GridPicture.Measure = .logOdds
  ) -> GridPicture {
    GridPicture(
      id: "grid",
      title: "Won within 91 days of the hand-off",
      measure: measure,
      confidence: 0.9,
      channels: channels,
      owners: owners,
      cells: cells
    )
  }

  /// A company in which Meta Ads is a leak, one rep neglects webinars, and another is withheld.
  static var ordinaryGrid: GridPicture {
    var cells: [GridPicture.Cell] = []
    for channel in channels.indices {
      for owner in reps.indices where (channel * 7 + owner * 3) % 11 != 1 {
        let leads = 4 + Int(60 * abs(wave(channel * 31 + owner))) + (channel < 2 ? 45 : 0)
        let isFailing = channel == 5 && owner == 3
        let value = isFailing ? -0.94 : 0.3 * wave(channel * 17 + owner * 5 + 3)
        let mark: GridPicture.Mark = isFailing ? .named : leads < 30 ? .tooFew : .judged
        cells.append(
          .init(
            channel: channel,
            owner: owner,
            effect: effect(value, leads: isFailing ? 112 : leads, mark)
          )
        )
      }
    }
    return grid(
      channels: channels.enumerated().map { index, name in
        .init(
          name: name,
          effect: effect(
            index == 1 ? -0.62 : 0.35 * wave(index + 2),
            leads: 420 + 90 * index,
            spread: 0.21,
            index == 1 ? .named : .judged
          )
        )
      },
      owners: reps.enumerated().map { index, name in
        .init(
          name: name,
          effect: effect(
            index == 6 ? -0.38 : 0.25 * wave(index + 40),
            leads: 260 + 31 * index,
            spread: 0.24,
            index == 6 ? .withheld : .judged
          )
        )
      },
      cells: cells
    )
  }

  /// Fifty channels and three hundred reps; what is named stands far down both lists.
  static var hugeGrid: GridPicture {
    var cells: [GridPicture.Cell] = []
    for owner in 0..<300 {
      for step in 0..<9 {
        let channel = (owner * 7 + step * 5) % 50
        let isNamed = owner == 287 && step == 4
        cells.append(
          .init(
            channel: channel,
            owner: owner,
            effect: isNamed
              ? effect(-1.2, leads: 44, .named)
              : effect(0.3 * wave(owner * 50 + step), leads: 12 + owner % 40, .judged)
          )
        )
      }
    }
    return grid(
      channels: (0..<50).map { index in
        .init(
          name: "Channel \(index + 1)",
          effect: effect(
            index == 48 ? -0.7 : 0.2 * wave(index),
            leads: 900 - index * 10,
            spread: 0.2,
            index == 48 ? .named : .judged
          )
        )
      },
      owners: (0..<300).map { index in
        .init(
          name: "Rep \(index + 1)",
          effect: effect(0.2 * wave(index + 900), leads: 120 + index % 90, spread: 0.3)
        )
      },
      cells: cells
    )
  }

  // MARK: Curves

  /// Bucket edges: days, then weeks, then four weeks.
  static let edges: [Double] = {
    let days = (1...14).map { Double($0) }
    let weeks = (3...26).map { 7 * Double($0) }
    return days + weeks + [210, 238, 266]
  }()

  static func curve(
    _ name: String,
    leads: Int,
    rate: Double,
    delay: Double = 35,
    supported: Double = 182,
    last: Double = 266
  ) -> IncidencePicture.Curve {
    func share(_ day: Double) -> Double { rate * (1 - exp(-pow(day / delay, 1.3))) }
    let points = edges.filter { $0 <= last }.map { day in
      let value = share(day)
      let atRisk = Double(leads) * max(0.04, 1 - day / 320)
      let error = 2.6 * (max(value, 0.002) * (1 - value) / max(1, atRisk)).squareRoot()
      return IncidencePicture.Point(
        day: day,
        rate: value,
        lower: max(0, value - error),
        upper: min(1, value + error)
      )
    }
    let value = share(91)
    let error = 1.96 * (value * (1 - value) / Double(max(1, leads))).squareRoot()
    return IncidencePicture.Curve(
      name: name,
      leads: leads,
      points: points,
      supportedDays: supported,
      atHorizon: supported >= 91
        ? .init(rate: value, lower: max(0, value - error), upper: min(1, value + error)) : nil,
      maturity: supported >= 91 ? 0.72 : 0.08
    )
  }

  static func incidence(
    _ channels: [IncidencePicture.Curve],
    everyone: IncidencePicture.Curve
  ) -> IncidencePicture {
    IncidencePicture(
      id: "incidence",
      title: "lead → won",
      horizonDays: 91,
      confidence: 0.95,
      everyone: everyone,
      channels: channels
    )
  }

  static var ordinaryIncidence: IncidencePicture {
    var meta = curve("Meta Ads", leads: 1240, rate: 0.13, delay: 44)
    meta.isLeak = true
    meta.remark = "lower than the others, q 0.003"
    var young = curve("TikTok", leads: 160, rate: 0.2, supported: 42, last: 63)
    young.remark = "began in May"
    return incidence(
      [
        curve("Google Ads", leads: 1830, rate: 0.24), meta,
        curve("LinkedIn", leads: 410, rate: 0.26, delay: 50, supported: 119),
        curve("Organic search", leads: 2210, rate: 0.27), curve("Referral", leads: 190, rate: 0.33),
        curve("Webinars & events", leads: 58, rate: 0.2, supported: 98), young,
      ],
      everyone: curve("All channels", leads: 6098, rate: 0.23)
    )
  }

  // MARK: Bridges

  static func step(
    _ name: String,
    _ value: Double,
    _ spread: Double? = nil
  ) -> BridgePicture.Step {
    BridgePicture.Step(
      name: name,
      value: value,
      lower: spread.map { value - $0 },
      upper: spread.map { value + $0 },
      mark: spread.map { abs(value) > $0 ? .clear : .notClear } ?? .unjudged
    )
  }

  static func bridge(
    _ unit: PictureUnit,
    from start: Double,
    _ steps: [BridgePicture.Step],
    to end: Double,
    _ title: String = "Plan to actual"
  ) -> BridgePicture {
    BridgePicture(
      id: "bridge",
      title: title,
      unit: unit,
      confidence: 0.9,
      start: .init(name: "Plan 2026-Q2", value: start),
      steps: steps,
      end: .init(name: "Actual 2026-Q2", value: end)
    )
  }

  static var revenueBridge: BridgePicture {
    bridge(
      .money("EUR"),
      from: 240_000_000,
      [
        step("Leads: volume", -8_400_000), step("Mix of channels", -5_200_000, 2_100_000),
        step("lead → MQL", 2_900_000, 4_100_000), step("MQL → SQL", -21_300_000, 6_900_000),
        step("SQL → meeting held", -3_400_000, 5_200_000),
        step("meeting held → won", -17_800_000, 9_900_000),
        step("Mean deal", 11_500_000, 7_200_000),
      ],
      to: 198_300_000,
      "Revenue, plan to actual"
    )
  }

  static var shareBridge: BridgePicture {
    bridge(
      .share,
      from: 0.241,
      [
        step("Google Ads", 0.004, 0.006), step("Meta Ads", -0.031, 0.012),
        step("LinkedIn", -0.002, 0.009), step("Webinars & events", 0.011, 0.008),
        step("Mix of channels", -0.013, 0.005),
      ],
      to: 0.21,
      "Close rate, last quarter to this"
    )
  }

  // MARK: Control charts

  /// A series of weeks: twelve of baseline, then those that are judged.
  static func series(
    _ name: String,
    _ number: Int,
    weeks count: Int = 38,
    items: Int = 34,
    rate: Double = 0.86,
    fallFrom: Int? = nil,
    emptyAt: [Int] = [],
    shockAt: [Int] = []
  ) -> ControlChartPicture.Series {
    var smoothed = 0.0
    let weeks = (0..<count).map { week in
      var due = max(1, items + Int(Double(items) * 0.4 * wave(number * 100 + week)))
      if emptyAt.contains(week) { due = 0 }
      var share = rate + 0.07 * wave(number * 300 + week + 11)
      if let fallFrom, week >= fallFrom { share -= 0.2 }
      if shockAt.contains(week) { share -= 0.34 }
      share = max(0, min(1, share))
      let isBaseline = week < 12
      let score = (share - rate) / 0.07
      if due > 0, !isBaseline { smoothed = 0.2 * max(-4, min(4, score)) + 0.8 * smoothed }
      let limit = -1.25 * (1 - pow(0.64, Double(week - 11))).squareRoot()
      let isJudged = due > 0 && !isBaseline
      let day = 20 + week * 7
      return ControlChartPicture.Week(
        label: String(format: "2026-%02d-%02d", 1 + day / 30, 1 + day % 30),
        items: due,
        rate: due > 0 ? share : nil,
        smoothed: isJudged ? smoothed : nil,
        lowerLimit: isJudged ? limit : nil,
        isAlarm: isJudged && smoothed < limit,
        isShock: isJudged && shockAt.contains(week),
        isBaseline: isBaseline
      )
    }
    return ControlChartPicture.Series(name: name, baselineRate: rate, weeks: weeks)
  }

  static func charts(_ series: [ControlChartPicture.Series]) -> ControlChartPicture {
    ControlChartPicture(
      id: "chart",
      title: "First touch within 4 working hours",
      series: series
    )
  }

  static var oneChart: ControlChartPicture {
    charts([series("Whole team", 1, weeks: 40, fallFrom: 28, emptyAt: [22, 23], shockAt: [18])])
  }

  static var manyCharts: ControlChartPicture {
    charts(
      reps.prefix(8).enumerated().map { index, name in
        series(
          name,
          index + 2,
          items: 8 + index * 5,
          fallFrom: index == 2 ? 26 : nil,
          emptyAt: index == 4 ? [3, 15, 16, 30] : [],
          shockAt: index == 5 ? [20] : []
        )
      }
    )
  }
}
