import Foundation
import Testing

@testable import PlumblineReporting

struct GridPictureTests {
  private typealias Samples = PictureSamples

  private func cells(_ source: String) -> [(kind: String, words: [String])] {
    source.matches(of: /<td class="(heat [^"]*)">(.*?)<\/td>/).map { match in
      (String(match.1), match.2.matches(of: />([^<]+)</).map { String($0.1) })
    }
  }

  @Test(arguments: [
    (0.0, "even"), (-0.09, "even"), (0.0953, "even"), (0.0954, "high-1"), (-0.0954, "low-1"),
    (-0.223, "low-1"), (-0.2232, "low-2"), (0.41, "high-3"), (-0.69, "low-3"), (-0.6932, "low-4"),
    (0.7, "high-4"), (-40, "low-4"),
  ])
  func `colours begin at odds of 1.1, 1.25, 1.5 and 2`(value: Double, kind: String) {
    #expect(GridHeat(.logOdds).kind(of: value) == kind)
  }

  @Test func `colours in points follow the share they stand around`() {
    let steps = GridHeat(.points(around: 0.3)).steps
    #expect(zip(steps, [0.0200, 0.0469, 0.0851, 0.1456]).allSatisfy { abs($0 - $1) < 0.0001 })
    let usual = GridHeat(.points(around: 0.2)).steps
    for share in [0, 1, -1, .nan, .infinity] {
      #expect(GridHeat(.points(around: share)).steps == usual)
    }
    #expect(GridHeat(.logOdds).key.map(\.value) == GridHeat(.logOdds).key.map(\.value).sorted())
  }

  @Test func `every cell says its sign, its leads and its mark`() throws {
    let grid = Samples.grid(
      channels: [
        .init(name: "Meta", effect: Samples.effect(-0.62, leads: 510, spread: 0.2, .named)),
        .init(name: "Google", effect: Samples.effect(0.31, leads: 900, spread: 0.1)),
      ],
      owners: [
        .init(name: "Ana", effect: Samples.effect(-0.38, leads: 400, spread: 0.3, .withheld))
      ],
      cells: [
        .init(channel: 0, owner: 0, effect: Samples.effect(0, leads: 1)),
        .init(channel: 1, owner: 0, effect: Samples.effect(-2, leads: 8, .tooFew)),
      ]
    )
    let cells = cells(grid.markup.source)
    #expect(
      cells.map(\.words) == [
        ["−0.62", "▼ named", "−0.82 to −0.42", "510 leads"],
        ["+0.31", "+0.21 to +0.41", "900 leads"],
        ["−0.38", "◆ withheld", "−0.68 to −0.08", "400 leads"], ["0", "1 lead"],
        ["too few", "8 leads"],
      ]
    )
    #expect(
      cells.map(\.kind) == [
        "heat low-3 margin named", "heat high-2 margin judged", "heat low-2 margin withheld",
        "heat even pair judged", "heat none pair tooFew",
      ]
    )
    #expect(grid.markup.source.contains("Named: Meta (−0.62). Withheld: Ana (−0.38)."))
  }

  @Test func `points are said as points`() {
    let source = PictureCase.gridPoints.source
    #expect(source.contains(">+3.4<") && source.contains(">+1.4 to +5.4<"))
    #expect(source.contains("in percentage points"))
    #expect(!source.contains("log-odds"))
  }

  @Test(arguments: [(0, 3), (3, 0), (0, 0)])
  func `no channels or no reps are said, not drawn`(channels: Int, owners: Int) {
    let unit = GridPicture.Unit(name: "x", effect: Samples.effect(0.1, leads: 50))
    let source = Samples.grid(
      channels: Array(repeating: unit, count: channels),
      owners: Array(repeating: unit, count: owners),
      cells: [.init(channel: 0, owner: 0, effect: unit.effect)]
    ).markup.source
    #expect(source == "<p>No channel was worked by a rep: there is no grid.</p>")
  }

  @Test func `cells that belong to nobody are left out`() {
    let unit = GridPicture.Unit(name: "x", effect: Samples.effect(0.1, leads: 50))
    let effect = Samples.effect(-3, leads: 77, .named)
    let grid = Samples.grid(
      channels: [unit],
      owners: [unit],
      cells: [(-1, 0), (0, -1), (1, 0), (0, 1)].map {
        .init(channel: $0.0, owner: $0.1, effect: effect)
      }
    )
    #expect(!grid.markup.source.contains("77"))
    #expect(grid.markup.source.contains("no leads"))
    #expect(grid.markup.source.contains("No channel, no rep and no pair of them is named."))
  }

  @Test func `what is named is shown however many there are, and the rest is counted`() {
    let grid = Samples.hugeGrid
    let source = grid.markup.source
    let parts = source.split(separator: "<details>")
    #expect(parts.count == 2)
    #expect(parts[0].matches(of: /<th scope="col"/).count == 13)
    #expect(parts[0].matches(of: /<th scope="row"/).count == 25)
    #expect(parts[0].contains(">Channel 49<") && parts[0].contains(">Rep 288<"))
    #expect(parts[0].contains("−1.20</span><span class=\"mark\">▼ named"))
    #expect(parts[0].contains("276 reps and 38 channels more (nothing named among them)"))
    #expect(parts[1].matches(of: /<th scope="row"/).count == 276 + 38)
    #expect(source.contains("Named: Channel 49 (−0.70), Rep 288 with Channel 30 (−1.20)."))
  }

  @Test func `named ones that do not fit are not passed over in silence`() {
    let grid = Samples.grid(
      channels: [.init(name: "Meta", effect: Samples.effect(0.1, leads: 500))],
      owners: (1...40).map {
        .init(name: "Rep \($0)", effect: Samples.effect(-0.5, leads: 100 + $0, .named))
      },
      cells: []
    )
    let source = grid.markup.source
    #expect(source.contains("16 reps more (16 named among them)"))
    #expect(source.contains("36 more."))
    #expect(source.matches(of: />▼ named</).count == 40)
  }

  @Test func `where all fit they keep their order`() {
    let names = PictureCase.grid.source.matches(of: /<span class="unit clip" title="([^"]*)"/)
      .map { String($0.1) }
    #expect(names.count == 17)
    #expect(
      names.prefix(7).map { $0.replacing("&amp;", with: "&") } == Samples.channels
    )
  }
}
