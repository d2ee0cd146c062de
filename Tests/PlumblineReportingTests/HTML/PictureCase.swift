@testable import PlumblineReporting

/// The pictures that every test of all pictures looks at, edges first.
enum PictureCase: String, CaseIterable, Sendable {
  case gridEmpty
  case gridOne
  case gridNotFinite
  case gridHard
  case gridPoints
  case grid
  case gridHuge
  case incidenceEmpty
  case incidenceOne
  case incidenceZero
  case incidenceNotFinite
  case incidenceHard
  case incidence
  case incidenceMany
  case bridgeNotFinite
  case bridgeNoSteps
  case bridgeZero
  case bridgeBelowZero
  case bridgeHard
  case bridgeMany
  case bridgeLargeCount
  case bridgeShare
  case bridge
  case chartEmpty
  case chartOneWeek
  case chartNoItems
  case chartNotFinite
  case chartHard
  case chartMany
  case chartHundreds
  case chart

  private typealias Samples = PictureSamples

  /// The picture's source, made once.
  var source: String { Self.sources[self, default: ""] }

  private static let sources = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, $0.markup.source) }
  )

  private var markup: Markup {
    switch self {
    case .gridEmpty: Samples.grid(channels: [], owners: [], cells: []).markup
    case .gridOne: Self.oneCell(Samples.effect(-0.4, leads: 31, spread: 0.3), .logOdds).markup
    case .gridNotFinite:
      Self.oneCell(
        .init(value: .nan, lower: -.infinity, upper: .nan, leads: 0, mark: .named),
        .points(around: .nan)
      ).markup
    case .gridHard: Self.hardGrid.markup
    case .gridPoints:
      Self.oneCell(Samples.effect(0.034, leads: 900, spread: 0.02), .points(around: 0.2)).markup
    case .grid: Samples.ordinaryGrid.markup
    case .gridHuge: Samples.hugeGrid.markup
    case .incidenceEmpty:
      Samples.incidence([], everyone: Samples.curve("All channels", leads: 0, rate: 0)).markup
    case .incidenceOne: Self.oneCurve.markup
    case .incidenceZero:
      Samples.incidence(
        [Samples.curve("Meta Ads", leads: 40, rate: 0)],
        everyone: Samples.curve("All channels", leads: 40, rate: 0)
      ).markup
    case .incidenceNotFinite: Self.notFiniteCurve.markup
    case .incidenceHard:
      Samples.incidence(
        Samples.hardNames.map { Samples.curve($0, leads: 90, rate: 0.3, supported: 60) },
        everyone: Samples.curve("All channels", leads: 630, rate: 1)
      ).markup
    case .incidence: Samples.ordinaryIncidence.markup
    case .incidenceMany:
      Samples.incidence(
        (1...300).map { Samples.curve("Channel \($0)", leads: $0, rate: 0.2) },
        everyone: Samples.curve("All channels", leads: 45_150, rate: 0.2)
      ).markup
    case .bridgeNotFinite: Samples.bridge(.share, from: .nan, [], to: 0.2).markup
    case .bridgeNoSteps: Samples.bridge(.count("customers"), from: 0, [], to: 0).markup
    case .bridgeZero:
      Samples.bridge(.share, from: 0, [Samples.step("Meta Ads", 0, 0.01)], to: 0).markup
    case .bridgeBelowZero:
      Samples.bridge(
        .money("EUR"),
        from: -2_000_000,
        [Samples.step("Refunds", -1_500_000, 400_000), Samples.step("New", 6_000_000, 9_000_000)],
        to: 2_500_000
      ).markup
    case .bridgeHard:
      Samples.bridge(
        .count("customers"),
        from: 120,
        Samples.hardNames.enumerated().map {
          Samples.step($1, Double($0 * 7 - 19), $0 == 2 ? .infinity : 12)
        } + [Samples.step("nothing", .nan)],
        to: 96
      ).markup
    case .bridgeMany:
      Samples.bridge(
        .money("JPY"),
        from: 3e9,
        (0..<300).map { Samples.step("Channel \($0)", 4e6 * Samples.wave($0), 2e6) },
        to: 2.9e9
      ).markup
    case .bridgeLargeCount:
      Samples.bridge(
        .count("visits"),
        from: 900_000_000,
        [Samples.step("Organic search", -890_000_000, 15_000_000)],
        to: 10_000_000
      ).markup
    case .bridgeShare: Samples.shareBridge.markup
    case .bridge: Samples.revenueBridge.markup
    case .chartEmpty: Samples.charts([.init(name: "Nobody", baselineRate: nil, weeks: [])]).markup
    case .chartOneWeek: Samples.charts([Samples.series("Ana", 1, weeks: 1)]).markup
    case .chartNoItems:
      Samples.charts([Samples.series("Ana", 1, weeks: 20, emptyAt: Array(0..<20))]).markup
    case .chartNotFinite: Self.notFiniteChart.markup
    case .chartHard:
      Samples.charts(
        Samples.hardNames.enumerated().map { index, name in
          Samples.series(
            name,
            index,
            weeks: 12 + index * 17,
            fallFrom: index > 2 ? 13 : nil,
            shockAt: [13, 14, 16, 17, 40, 43, 49]
          )
        }
      ).markup
    case .chartMany: Samples.manyCharts.markup
    case .chartHundreds:
      Samples.charts(
        (1...300).map {
          Samples.series("Rep \($0)", $0, weeks: 20, fallFrom: $0 == 288 ? 13 : nil)
        }
      ).markup
    case .chart: Samples.oneChart.markup
    }
  }

  private static func oneCell(
    _ effect: GridPicture.Effect,
    _ measure: GridPicture.Measure
  ) -> GridPicture {
    Samples.grid(
      channels: [.init(name: "Meta Ads", effect: effect)],
      owners: [.init(name: "Ana Lopez", effect: effect)],
      cells: [
        .init(channel: 0, owner: 0, effect: effect), .init(channel: 1, owner: -1, effect: effect),
      ],
      measure: measure
    )
  }

  private static var hardGrid: GridPicture {
    let units = Samples.hardNames.map {
      GridPicture.Unit(name: $0, effect: Samples.effect(-1.5, leads: 1_234_567, spread: 9, .named))
    }
    return Samples.grid(
      channels: units,
      owners: units,
      cells: units.indices.map {
        .init(channel: $0, owner: $0, effect: Samples.effect(2.25, leads: 40, .withheld))
      }
    )
  }

  private static var oneCurve: IncidencePicture {
    let curve = IncidencePicture.Curve(
      name: "Referral",
      leads: 1,
      points: [.init(day: 3, rate: 1)],
      supportedDays: nil,
      atHorizon: nil,
      maturity: nil
    )
    return Samples.incidence([curve], everyone: curve)
  }

  private static var notFiniteCurve: IncidencePicture {
    var curve = Samples.curve("Meta Ads", leads: 20, rate: 0.4)
    curve.points = [
      .init(day: .nan, rate: 0.1), .init(day: 7, rate: .nan), .init(day: -4, rate: 0.1),
      .init(day: 14, rate: 0.2, lower: .nan, upper: .infinity), .init(day: .infinity, rate: 0.3),
      .init(day: 21, rate: 0.25, lower: 0.1, upper: 0.4), .init(day: 28, rate: 0.3),
    ]
    curve.supportedDays = .nan
    curve.maturity = .nan
    curve.atHorizon = .init(rate: .nan, lower: .nan, upper: .nan)
    return Samples.incidence([curve], everyone: curve)
  }

  private static var notFiniteChart: ControlChartPicture {
    var series = Samples.series("Ana", 1, weeks: 16)
    series.baselineRate = .nan
    series.weeks[3].rate = .nan
    series.weeks[13].smoothed = .infinity
    series.weeks[14].lowerLimit = .nan
    return Samples.charts([series])
  }
}
