import Foundation
import Testing

@testable import PlumblineReporting

struct ControlChartPictureTests {
  private typealias Samples = PictureSamples

  private func first(_ source: String) -> Substring { source.split(separator: "</svg>")[0] }

  private func moves(_ kind: String, in source: some StringProtocol) -> Int {
    String(source).matches(of: /<path class="([a-z]+)" d="([^"]*)"/).filter { $0.1 == kind }
      .reduce(0) { $0 + $1.2.count { $0 == "M" } }
  }

  @Test func `weeks without items are gaps`() {
    let source = first(PictureCase.chart.source)
    // 40 weeks, two of them empty, together.
    #expect(source.matches(of: /<circle class="point/).count == 38)
    #expect(moves("thread", in: source) == 2)
    #expect(moves("smoothed", in: source) == 2)
    #expect(moves("limit", in: source) == 2)
    let table = PictureCase.chart.source
    #expect(table.matches(of: />0<\/td><td class="number">-<\/td>/).count == 2)
  }

  @Test func `dots grow with the items`() throws {
    let weeks = [1, 25, 100].map {
      ControlChartPicture.Week(label: "w\($0)", items: $0, rate: 0.8)
    }
    let source = Samples.charts([.init(name: "Ana", baselineRate: 0.8, weeks: weeks)]).markup.source
    let radii = first(source).matches(of: /<circle [^>]* r="([0-9.]+)"/).compactMap {
      Double($0.1)
    }
    #expect(radii == [1.6, 2.5, 5])
  }

  @Test func `alarms and shocks have shapes and words where they are`() {
    let source = first(PictureCase.chart.source)
    #expect(source.matches(of: /<polygon class="alarm"/).count == 1)
    #expect(source.matches(of: /<polygon class="shock"/).count == 1)
    #expect(source.contains(">alarm</text>") && source.contains(">shock</text>"))
    #expect(source.contains(">baseline</text>"))
    #expect(source.matches(of: /<rect class="baseline"/).count == 1)
    // Nine weeks of alarm and one shock.
    #expect(source.matches(of: /class="point marked"/).count == 10)
  }

  @Test func `says since when the alarm lasts, empty weeks aside`() {
    let series = PictureSamples.series("Ana", 1)
    var weeks = Array(series.weeks.prefix(7))
    for index in weeks.indices {
      weeks[index] = .init(
        label: "w\(index)",
        items: [4, 6].contains(index) ? 0 : 9,
        rate: 0.5,
        isAlarm: [1, 3, 5].contains(index)
      )
    }
    let source = Samples.charts([.init(name: "Ana", baselineRate: 0.8, weeks: weeks)]).markup.source
    #expect(source.contains("First touch within 4 working hours: in alarm since w3."))
    #expect(source.contains("▼ In alarm since w3."))
  }

  @Test func `an alarm that is over is past`() {
    var weeks = (0..<4).map { ControlChartPicture.Week(label: "w\($0)", items: 9, rate: 0.5) }
    weeks[1].isAlarm = true
    weeks[2].isShock = true
    let source = Samples.charts([.init(name: "Ana", baselineRate: nil, weeks: weeks)]).markup.source
    #expect(source.contains("no alarm now, 1 week before; 1 shock."))
    #expect(source.contains("no baseline yet"))
    #expect(!source.contains("panel leaking"))
  }

  @Test func `an only series is drawn wide and narrow, many small`() {
    #expect(PictureCase.chart.source.matches(of: /<svg class="plot wide-only"/).count == 1)
    #expect(PictureCase.chart.source.matches(of: /<svg class="plot narrow-only"/).count == 1)
    #expect(PictureCase.chartMany.source.matches(of: /<svg class="plot"/).count == 8)
    #expect(PictureCase.chartMany.source.contains("1 of 8 in alarm: Cy Adeyemi."))
  }

  @Test func `nothing under watch is said, not drawn`() {
    #expect(
      PictureCase.chartEmpty.source
        == "<p>First touch within 4 working hours: no week is under watch yet.</p>"
    )
    #expect(PictureCase.chartNoItems.source.contains("No items; baseline 86 %."))
    #expect(!PictureCase.chartNoItems.source.contains("<circle"))
  }

  @Test func `of hundreds those in alarm are drawn, all are in the table`() {
    let source = PictureCase.chartHundreds.source
    #expect(source.contains("panel-name clip\" title=\"Rep 288\""))
    #expect(source.matches(of: /<svg\b/).count == 12)
    #expect(source.contains("288 more in the table, none of them in alarm."))
    let summary = source.split(separator: "screen-only")[0]
    #expect(summary.matches(of: /<th scope="row"/).count == 300)
  }
}
