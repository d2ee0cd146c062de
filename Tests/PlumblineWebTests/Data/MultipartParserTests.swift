import PlumblineStatistics
import Testing

@testable import PlumblineWeb

@Suite struct `Multipart parser` {
  private static let boundary = "----form7MA4YWxk"

  /// A part as it came out.
  private struct Part: Equatable {
    var name: String
    var fileName: String?
    var bytes: [UInt8] = []
    var hasEnded = false
  }

  private static func head(_ name: String, file: String? = nil) -> String {
    "Content-Disposition: form-data; name=\"\(name)\""
      + (file.map { "; filename=\"\($0)\"\r\nContent-Type: text/csv" } ?? "") + "\r\n\r\n"
  }

  /// Parts with all that a boundary could be mixed up with.
  private static let hard: [UInt8] = Array(
    ("what stands before means nothing\r\n--\(boundary)\r\n" + head("form_token") + "secret\r\n"
      + "--\(boundary)  \r\n" + head("empty", file: "empty.csv") + "\r\n--\(boundary)\r\n"
      + head("files", file: "a.csv")
      + "id,name\r\n1,\r\n--\r\n\r\r\n--\(boundary.dropLast())\r\n-\r\n--\(boundary)\r\n"
      + head("files", file: "Ü \\ b.csv") + "\r\n\r\n--\(boundary)--\r\nnor what stands behind")
      .utf8
  )

  private func parts(_ pieces: [ArraySlice<UInt8>]) throws -> [Part] {
    var parser = MultipartParser(boundary: Self.boundary)
    var parts: [Part] = []
    for piece in pieces {
      for event in try parser.feed(piece) {
        switch event {
        case .begin(let head): parts.append(Part(name: head.name, fileName: head.fileName))
        case .bytes(let bytes): parts[parts.count - 1].bytes += bytes
        case .end: parts[parts.count - 1].hasEnded = true
        }
      }
    }
    try parser.finish()
    return parts
  }

  @Test func `takes parts as they were sent`() throws {
    let parts = try parts([Self.hard[...]])
    #expect(parts.map(\.name) == ["form_token", "empty", "files", "files"])
    #expect(parts.map(\.fileName) == [nil, "empty.csv", "a.csv", "Ü \\ b.csv"])
    #expect(parts.map(\.hasEnded) == [true, true, true, true])
    let texts = parts.map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(texts[0] == "secret")
    #expect(texts[1].isEmpty)
    #expect(texts[2] == "id,name\r\n1,\r\n--\r\n\r\r\n--\(Self.boundary.dropLast())\r\n-")
    #expect(texts[3] == "\r\n")
  }

  @Test func `gives the same parts wherever the body is cut in two`() throws {
    let whole = try parts([Self.hard[...]])
    for place in 0...Self.hard.count {
      let cut = try parts([Self.hard[..<place], Self.hard[place...]])
      #expect(cut == whole, "cut at \(place)")
    }
  }

  @Test func `gives the same parts byte by byte`() throws {
    let bytes = try parts(Self.hard.indices.map { Self.hard[$0...$0] })
    let whole = try parts([Self.hard[...]])
    #expect(bytes == whole)
  }

  @Test(arguments: UInt64(0)..<100)
  func `gives the same parts however the body is cut`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    while start < Self.hard.count {
      let end = min(Self.hard.count, start + Int.random(in: 0...40, using: &random))
      pieces.append(Self.hard[start..<end])
      start = end
    }
    let (cut, whole) = (try parts(pieces), try parts([Self.hard[...]]))
    #expect(cut == whole)
  }

  @Test(arguments: [
    ("", MultipartParser.Fault.cut), ("--\(boundary)", .cut), ("--\(boundary)\r\n", .cut),
    ("--\(boundary)\r\n\(head("a"))text", .cut), ("--\(boundary)-", .cut),
    ("--\(boundary)x\r\n", .boundary), ("--\(boundary)\r \n", .boundary),
    ("--\(boundary)\r\nno head\r\n\r\n", .head),
    ("--\(boundary)\r\nContent-Type: text/csv\r\n\r\n", .head),
    ("--\(boundary)\r\nContent-Disposition: form-data\r\n\r\n", .head),
    ("--\(boundary)\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n", .head),
    ("--\(boundary)\r\nContent-Disposition: form-data; name=\"a\r\n\r\n", .head),
    ("--\(boundary)\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n", .head),
    ("--\(boundary)\r\nX: \(String(repeating: "x", count: 9000))", .head),
    (
      "--\(boundary)\r\n"
        + String(repeating: "\(head("a"))\r\n--\(boundary)\r\n", count: 70), .tooManyParts
    ),
  ])
  func `refuses what is no form`(body: String, fault: MultipartParser.Fault) {
    #expect(throws: fault) { try parts([Array(body.utf8)[...]]) }
  }

  @Test func `an empty form has no parts`() throws {
    #expect(try parts([Array("--\(Self.boundary)--".utf8)[...]]).isEmpty)
  }

  @Test(arguments: [
    ("multipart/form-data; boundary=abc", "abc"),
    ("Multipart/Form-Data; charset=utf-8; boundary=\"a b:c\"", "a b:c"),
    ("multipart/form-data", nil), ("multipart/mixed; boundary=abc", nil),
    ("multipart/form-data; boundary=", nil), ("multipart/form-data; boundary=\"abc", nil),
    ("multipart/form-data; boundary=\"abc \"", nil), ("multipart/form-data; boundary=a\u{e9}", nil),
    ("multipart/form-data; boundary=\(String(repeating: "a", count: 71))", nil), (nil, nil),
  ])
  func `reads the boundary of a content type`(type: String?, boundary: String?) {
    #expect(MultipartHead.boundary(ofType: type) == boundary)
  }
}
