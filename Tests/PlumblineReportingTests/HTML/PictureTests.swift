import Foundation
import PlumblineTestSupport
import Testing

@testable import PlumblineReporting

/// What holds for every picture.
struct PictureTests {
  @Test(arguments: [
    PictureCase.gridOne, .grid, .incidenceOne, .incidence, .bridgeNoSteps, .bridge, .bridgeShare,
    .chartOneWeek, .chart,
  ])
  func `whole pictures`(picture: PictureCase) {
    expectGolden(picture.source + "\n", suite: "Pictures", picture.rawValue)
  }

  @Test(arguments: PictureCase.allCases)
  func `every element that opens closes`(picture: PictureCase) {
    var open: [Substring] = []
    for match in picture.source.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
      if match.1.isEmpty { open.append(match.2) } else { #expect(open.popLast() == match.2) }
    }
    #expect(open.isEmpty)
  }

  @Test(arguments: PictureCase.allCases)
  func `no number is missing, endless or styled by hand`(picture: PictureCase) {
    let source = picture.source
    #expect(source.firstMatch(of: /(?i)\bnan\b|\binf(inity)?\b/) == nil)
    // Attributes only: names of channels stand in their values.
    let bare = source.replacing(/"[^"<>]*"/, with: "")
    let forbidden = bare.matches(of: /<[a-z][^<>]* (style|on[a-z]+|href|src)=/).map(\.1)
    #expect(forbidden.isEmpty)
    #expect(!source.contains("<script") && !source.contains("url("))
  }

  @Test(arguments: [PictureCase.gridHard, .incidenceHard, .bridgeHard, .chartHard])
  func `hostile names are words`(picture: PictureCase) {
    let source = picture.source
    #expect(source.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(source.contains("&quot;&amp;&#39; onmouseover=x"))
    #expect(source.contains("(no name)"))
    #expect(!source.contains("\u{1B}"))
  }

  @Test(arguments: PictureCase.allCases)
  func `names are given once, and every drawing says what it shows`(picture: PictureCase) {
    let source = picture.source
    let ids = source.matches(of: /[ ]id="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    for match in source.matches(of: /aria-labelledby="([^"]*)"/) {
      for id in match.1.split(separator: " ") { #expect(ids.contains(String(id))) }
    }
    let described = source.matches(
      of: /<svg [^>]*role="img"[^>]*><title id="[^"]+">[^<]+<\/title><desc id="[^"]+">[^<]+<\/desc>/
    )
    #expect(described.count == source.matches(of: /<svg\b/).count)
  }

  @Test(arguments: PictureCase.allCases)
  func `every drawing has its numbers in a table, and every table its heads`(
    picture: PictureCase
  ) {
    let source = picture.source
    let tables = source.matches(of: /<table\b/).count
    if source.contains("<svg") { #expect(tables > 0) }
    #expect(source.matches(of: /<table[^>]*><caption id=/).count == tables)
    #expect(source.matches(of: /<th scope="col"/).count >= tables)
    #expect(source.matches(of: /<th scope="row"/).count >= tables)
  }

  @Test(arguments: PictureCase.allCases)
  func `no words run over one another or out of the picture`(picture: PictureCase) {
    for drawing in Drawing.all(in: picture.source) {
      let cut = drawing.words.filter { words in
        words.left < -1 || words.right > drawing.width + 1 || words.top < 0
          || words.bottom > drawing.height
      }
      #expect(cut.map(\.text) == [])
      for (index, words) in drawing.words.enumerated() {
        let others = drawing.words[..<index].filter { words.overlaps($0) }
        #expect(others.map { [$0.text, words.text] } == [])
      }
    }
  }

  @Test(arguments: PictureCase.allCases)
  func `every part stands inside its picture`(picture: PictureCase) {
    for drawing in Drawing.all(in: picture.source) {
      let outside = drawing.places.filter { place in
        !(place.x >= -1 && place.x <= drawing.width + 1 && place.y >= -1
          && place.y <= drawing.height + 1)
      }
      #expect(outside.isEmpty)
    }
  }

  @Test(arguments: [PictureCase.gridHuge, .incidenceMany, .bridgeMany, .chartHundreds])
  func `hundreds stay readable and say how many more there are`(picture: PictureCase) {
    let source = picture.source
    #expect(source.matches(of: /<svg\b/).count <= 12)
    #expect(source.firstMatch(of: /more|smaller ones/) != nil)
    #expect(source.utf8.count < 400_000)
  }
}

/// A drawing as a page shows it, read back from its source.
private struct Drawing {
  struct Words {
    var text: String
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double

    func overlaps(_ other: Words) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }

  var width: Double
  var height: Double
  var words: [Words] = []
  var places: [(x: Double, y: Double)] = []

  static func all(in source: String) -> [Drawing] {
    source.split(separator: "<svg ").dropFirst().compactMap { piece in
      guard let body = piece.split(separator: "</svg>", maxSplits: 1).first,
        let size = body.firstMatch(of: /viewBox="0 0 ([0-9.]+) ([0-9.]+)"/)
      else { return nil }
      return Drawing(
        width: Double(size.1) ?? 0,
        height: Double(size.2) ?? 0,
        String(body)
      )
    }
  }

  init(width: Double, height: Double, _ body: String) {
    self.width = width
    self.height = height
    for match in body.matches(of: /<text class="([^"]*)" x="([^"]*)" y="([^"]*)">([^<]*)</) {
      let kinds = match.1.split(separator: " ")
      let x = Double(match.2) ?? .nan
      let y = Double(match.3) ?? .nan
      let text = String(match.4).replacing("&lt;", with: "<").replacing("&gt;", with: ">")
        .replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
        .replacing("&amp;", with: "&")
      // A little narrower than what the layout reckons with: usual fonts are.
      let size = Double(DisplayWidth.of(text)) * 12 * 0.58
      let left = kinds.contains("end") ? x - size : kinds.contains("middle") ? x - size / 2 : x
      words.append(
        Words(text: text, left: left, right: left + size, top: y - 9, bottom: y + 3)
      )
    }
    for match in body.matches(of: /(?:points|d)="([^"]*)"/) {
      let numbers = match.1.matches(of: /-?[0-9.]+/).compactMap { Double($0.output) }
      places += stride(from: 0, to: numbers.count - 1, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
    }
    for match in body.matches(of: /<circle class="[^"]*" cx="([^"]*)" cy="([^"]*)"/) {
      places.append((Double(match.1) ?? .nan, Double(match.2) ?? .nan))
    }
    for match in body.matches(
      of: /<line class="[^"]*" x1="([^"]*)" y1="([^"]*)" x2="([^"]*)" y2="([^"]*)"/
    ) {
      places.append((Double(match.1) ?? .nan, Double(match.2) ?? .nan))
      places.append((Double(match.3) ?? .nan, Double(match.4) ?? .nan))
    }
    for match in body.matches(
      of: /<rect class="[^"]*" x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/
    ) {
      let x = Double(match.1) ?? .nan
      let y = Double(match.2) ?? .nan
      places += [(x, y), (x + (Double(match.3) ?? .nan), y + (Double(match.4) ?? .nan))]
    }
  }
}
