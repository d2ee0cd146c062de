import Foundation
import Testing

@testable import PlumblineReporting

struct IncidencePictureTests {
  private typealias Samples = PictureSamples

  /// The corners of the paths of a kind, in the order they are drawn.
  private func corners(_ kind: String, in source: String) -> [[(x: Double, y: Double)]] {
    source.matches(of: /<path class="([^"]*)" d="([^"]*)"/).filter { $0.1 == kind }.map { match in
      let numbers = match.2.matches(of: /[0-9.]+/).compactMap { Double($0.output) }
      return stride(from: 0, to: numbers.count, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
    }
  }

  private var small: IncidencePicture {
    let curve = IncidencePicture.Curve(
      name: "Meta",
      leads: 200,
      points: [.init(day: 10, rate: 0.2), .init(day: 50, rate: 0.5), .init(day: 100, rate: 0.5)],
      supportedDays: 50,
      atHorizon: .init(rate: 0.5, lower: 0.4, upper: 0.6),
      maturity: 0.8
    )
    var picture = Samples.incidence([], everyone: curve)
    picture = IncidencePicture(
      id: picture.id,
      title: picture.title,
      horizonDays: 50,
      confidence: 0.95,
      everyone: curve,
      channels: []
    )
    return picture
  }

  @Test func `a curve is a flight of steps, dashed past what is supported`() throws {
    // 0 to 75 days over x 42 to 312; 0 to 50 % over y 164 to 22.
    let source = small.markup.source
    let solid = try #require(corners("curve", in: source).first)
    let wanted: [(Double, Double)] = [
      (42, 164), (78, 164), (78, 107.2), (222, 107.2), (222, 22), (222, 22),
    ]
    #expect(solid.count == wanted.count)
    for (corner, place) in zip(solid, wanted) {
      #expect(abs(corner.x - place.0) < 0.06 && abs(corner.y - place.1) < 0.06)
    }
    let young = try #require(corners("curve young", in: source).first)
    #expect(young.map(\.x) == [222, 312])
    #expect(young.map(\.y) == [22, 22])
    #expect(source.contains("<line class=\"horizon\" x1=\"222\" y1=\"18\" x2=\"222\" y2=\"164\">"))
    #expect(source.contains("<circle class=\"spot\" cx=\"222\" cy=\"22\""))
  }

  @Test func `bands are drawn apart on both sides of what is supported`() {
    let source = PictureCase.incidence.source
    #expect(source.matches(of: /class="band"/).count == 8)
    // Everyone, Google, Meta, Organic and Referral are supported to the end of the axis.
    #expect(source.matches(of: /class="band young"/).count == 3)
    #expect(source.matches(of: /class="curve young"/).count == 3)
  }

  @Test func `all together stand behind every channel but not behind themselves`() {
    let source = PictureCase.incidence.source
    #expect(source.matches(of: /<svg\b/).count == 8)
    #expect(source.matches(of: /class="behind"/).count == 7)
    let first = source.split(separator: "</li>", maxSplits: 1)[0]
    #expect(!first.contains("behind") && first.contains("panel total"))
  }

  @Test func `a leak has its colour, its shape and its words`() throws {
    let source = PictureCase.incidence.source
    let panels = source.split(separator: "<li class=\"panel").dropFirst()
    let meta = try #require(panels.first { $0.contains(">Meta Ads<") })
    #expect(meta.hasPrefix(" leaking\""))
    #expect(meta.contains("▼ lower than the others, q 0.003"))
    #expect(meta.contains("<polygon class=\"spot\""))
    #expect(panels.count { $0.contains("<polygon class=\"spot\"") } == 1)
    #expect(source.contains("Leaks: Meta Ads 12 % (10–14 %) of 1,240."))
  }

  @Test func `what is not old enough has no rate and no spot`() throws {
    let source = PictureCase.incidence.source
    let panels = source.split(separator: "<li class=\"panel").dropFirst()
    let young = try #require(panels.first { $0.contains(">TikTok<") })
    #expect(young.contains("not old enough for 91 days, 160 leads"))
    #expect(!young.split(separator: "</li>")[0].contains("spot"))
    let row = try #require(source.firstMatch(of: /<tr class=""><th[^>]*>TikTok<.*/)).output
    #expect(row.contains(">not old enough<") && row.contains(">42 days<"))
  }

  @Test func `the table has every channel with its rate, leads and maturity`() {
    let source = PictureCase.incidence.source
    let rows = source.matches(of: /<tr class="[^"]*"><th scope="row"/).count
    #expect(rows == 8)
    #expect(source.contains(">12 % (10–14 %)<") && source.contains(">1,240<"))
    #expect(source.contains(">72 %<"))
  }

  @Test func `nobody is said, not drawn`() {
    #expect(PictureCase.incidenceEmpty.source == "<p>Nobody entered: there are no curves.</p>")
  }

  @Test func `of hundreds the leaks and the largest are drawn, all are in the table`() {
    var channels = (1...300).map { Samples.curve("Channel \($0)", leads: $0, rate: 0.2) }
    channels[4].isLeak = true
    let source = Samples.incidence(
      channels,
      everyone: Samples.curve("All channels", leads: 45_150, rate: 0.2)
    ).markup.source
    let drawn = source.matches(of: /panel-name clip" title="([^"]*)"/).map { String($0.1) }
    #expect(
      drawn == ["All channels", "Channel 5"] + (291...300).map { "Channel \($0)" }
    )
    #expect(source.contains("289 channels more in the table"))
    #expect(source.matches(of: /<th scope="row"/).count == 301)
  }

  @Test func `one channel with a band to 100 % does not flatten the others`() {
    var wide = Samples.curve("Tiny", leads: 3, rate: 0.2)
    wide.points = wide.points.map { .init(day: $0.day, rate: $0.rate, lower: 0, upper: 1) }
    let source = Samples.incidence(
      [wide],
      everyone: Samples.curve("All channels", leads: 4000, rate: 0.2)
    ).markup.source
    #expect(source.contains(">40 %<") && !source.contains(">60 %<"))
  }
}
