import Foundation
import PlumblineConnectors
import PlumblineCore
import Testing

@Suite struct FileBytesTests {
  @Test(
    arguments: [
      ("UTF-8", Array("a,ä\n".utf8), TextEncoding.utf8, "a,ä\n"),
      ("UTF-8 with mark", [0xEF, 0xBB, 0xBF] + Array("a,ä\n".utf8), .utf8, "a,ä\n"),
      ("mark and one letter", [0xEF, 0xBB, 0xBF, 0x61], .utf8, "a"),
      ("UTF-16LE with mark", [0xFF, 0xFE] + utf16("é\t1\r\n"), .utf16LittleEndian, "é\t1\r\n"),
      (
        "UTF-16BE with mark", [0xFE, 0xFF] + utf16("é\t1\r\n", bigEndian: true), .utf16BigEndian,
        "é\t1\r\n"
      ),
      (
        "UTF-16LE without mark", utf16("Дата\t1\r\nмай\t2\r\n"), .utf16LittleEndian,
        "Дата\t1\r\nмай\t2\r\n"
      ),
      ("UTF-16BE without mark", utf16("a\tb\n", bigEndian: true), .utf16BigEndian, "a\tb\n"),
      ("UTF-16 pair", [0xFF, 0xFE] + utf16("a😀"), .utf16LittleEndian, "a😀"),
      ("Windows-1252", [0x4D, 0xFC, 0x3B, 0x80, 0x9F], .windows1252, "Mü;€Ÿ"),
      ("overlong UTF-8", [0x61, 0xC0, 0xAF], .windows1252, "aÀ¯"),
      ("surrogate in UTF-8", [0xED, 0xA0, 0x80], .windows1252, "í\u{A0}€"),
      ("cut UTF-8", [0x61, 0xE2, 0x82], .windows1252, "aâ‚"),
      ("beyond Unicode", [0xF4, 0x90, 0x80, 0x80], .windows1252, "ô\u{90}€€"),
    ] as [(String, [UInt8], TextEncoding, String)]
  )
  func `finds the encoding and gives UTF-8`(
    name: String,
    bytes: [UInt8],
    encoding: TextEncoding,
    text: String
  ) throws {
    let file = try FileBytes(bytes: bytes, path: "x.csv")
    #expect(file.encoding == encoding)
    #expect(file.withText(TextBytes.string) == text)
  }

  @Test(arguments: 0..<70)
  func `finds a foreign byte wherever it stands`(offset: Int) throws {
    var bytes = Array(repeating: UInt8(ascii: "a"), count: 70)
    #expect(try FileBytes(bytes: bytes, path: "x").encoding == .utf8)
    bytes[offset] = 0xFC
    #expect(try FileBytes(bytes: bytes, path: "x").encoding == .windows1252)
  }

  @Test(
    arguments: [
      ("nothing", [], ["file.empty"]),
      ("only a UTF-8 mark", [0xEF, 0xBB, 0xBF], ["file.empty"]),
      ("only a UTF-16 mark", [0xFF, 0xFE], ["file.empty"]),
      ("a zero byte", Array("a,b\n1,\0\n".utf8), ["file.zero-byte"]),
      ("a workbook", [0x50, 0x4B, 0x03, 0x04, 0x14], ["file.is-workbook"]),
      ("an old workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1], ["file.is-workbook"]),
      ("Zstandard", [0x28, 0xB5, 0x2F, 0xFD, 0x04], ["file.unknown-compression"]),
      ("a PDF", Array("%PDF-1.7".utf8), ["file.is-pdf"]),
      ("a web page", Array("\n <!DOCTYPE HTML><html>".utf8), ["file.is-web-page"]),
      ("half a gzip header", [0x1F, 0x8B], ["file.gzip-truncated"]),
      ("gzip of nothing", Gzipped.nothing, ["file.empty"]),
    ] as [(String, [UInt8], [String])]
  )
  func `refuses what is no text table`(name: String, bytes: [UInt8], expected: [String]) {
    #expect(codes { _ = try FileBytes(bytes: bytes, path: "x") } == expected)
  }

  @Test func `names the line of a zero byte`() {
    let error = #expect(throws: InputError.self) {
      _ = try FileBytes(bytes: Array("a\nb\nc\0".utf8), path: "x.csv")
    }
    #expect(error?.diagnostics.first?.location?.line == 3)
  }

  @Test func `tells that a file was read as Windows-1252, and from which line on`() throws {
    let file = try FileBytes(bytes: Array("a\nb\n".utf8) + [0xFC], path: "x.csv")
    #expect(file.notes.map(\.code) == ["file.read-as-windows-1252"])
    #expect(file.notes.first?.location?.line == 3)
  }

  @Test func `repairs UTF-8 that a mark promises and says so`() throws {
    let file = try FileBytes(bytes: [0xEF, 0xBB, 0xBF, 0x61, 0xFC, 0x62], path: "x.csv")
    #expect(file.withText(TextBytes.string) == "a\u{FFFD}b")
    #expect(file.notes.map(\.code) == ["file.ill-formed-utf8"])
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x61, 0x00, 0x62], "a\u{FFFD}"),
      ([0xFF, 0xFE, 0x00, 0xD8, 0x61, 0x00], "\u{FFFD}a"),
      ([0xFF, 0xFE, 0x61, 0x00, 0x00, 0xDC], "a\u{FFFD}"),
    ] as [([UInt8], String)]
  )
  func `replaces damaged UTF-16 and says so`(bytes: [UInt8], text: String) throws {
    let file = try FileBytes(bytes: bytes, path: "x.csv")
    #expect(file.withText(TextBytes.string) == text)
    #expect(file.notes.map(\.code) == ["file.damaged-utf16"])
  }

  @Test func `believes the encoding that the user names`() throws {
    let bytes: [UInt8] = [0xC3, 0xA4]
    let named = FileBytes.Options(encoding: .windows1252)
    #expect(try FileBytes(bytes: bytes, path: "x").withText(TextBytes.string) == "ä")
    #expect(
      try FileBytes(bytes: bytes, path: "x", options: named).withText(TextBytes.string) == "Ã¤"
    )
  }

  @Test func `inflates one member and several, and ignores padding`() throws {
    let one = "name,cost\nAnna,1\n"
    #expect(try FileBytes(bytes: Gzipped.first, path: "x").withText(TextBytes.string) == one)
    let both = Gzipped.first + Gzipped.nothing + Gzipped.second + [0, 0, 0]
    let file = try FileBytes(bytes: both, path: "x")
    #expect(file.withText(TextBytes.string) == one + "Ben,2\n")
    #expect(file.isCompressed)
  }

  @Test func `notices every cut of a compressed file`() {
    for length in 2..<Gzipped.first.count {
      let bytes = Array(Gzipped.first.prefix(length))
      #expect(codes { _ = try FileBytes(bytes: bytes, path: "x") } == ["file.gzip-truncated"])
    }
  }

  @Test func `notices damage and rubbish behind a compressed file`() {
    var damaged = Gzipped.first
    damaged[damaged.count - 5] ^= 1
    #expect(codes { _ = try FileBytes(bytes: damaged, path: "x") } == ["file.gzip-damaged"])
    let trailing = Gzipped.first + Array("rubbish".utf8)
    #expect(codes { _ = try FileBytes(bytes: trailing, path: "x") } == ["file.gzip-damaged"])
  }

  @Test(arguments: [(99_999, ["file.gzip-too-large"]), (100_000, [])] as [(Int, [String])])
  func `bounds what comes out of a compressed file`(limit: Int, expected: [String]) {
    let options = FileBytes.Options(maximumInflatedByteCount: limit)
    #expect(
      codes { _ = try FileBytes(bytes: Gzipped.hundredThousand, path: "x", options: options) }
        == expected
    )
  }

  @Test func `names a file by the SHA-256 of its stored bytes`() throws {
    // The test vector "abc" of FIPS 180-4.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(try FileBytes(bytes: "abc".utf8, path: "x").sha256() == abc)
    let marked = try FileBytes(bytes: [0xEF, 0xBB, 0xBF] + Array("abc".utf8), path: "x")
    #expect(marked.sha256() != abc)
  }

  @Test func `tells a missing file, a folder and a real file apart`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "Spend März.csv").path
    try Data("Tag,Kosten\n1,2\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(
      codes { _ = try FileBytes(path: folder.appending(path: "no").path) } == ["file.not-found"]
    )
    #expect(codes { _ = try FileBytes(path: folder.path) } == ["file.is-directory"])
    #expect(try FileBytes(path: path).withText(TextBytes.string) == "Tag,Kosten\n1,2\n")
    try Data().write(to: URL(fileURLWithPath: path))
    #expect(codes { _ = try FileBytes(path: path) } == ["file.empty"])
  }
}

func utf16(_ text: String, bigEndian: Bool = false) -> [UInt8] {
  text.utf16.flatMap { unit in
    let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    return bigEndian ? bytes.reversed() : bytes
  }
}

/// Made by Python's gzip module with mtime 0.
enum Gzipped {
  static let first = decoded("H4sIAAAAAAAC/8tLzE3VSc4vLuFyzMtL1DHkAgCfElksEQAAAA==")
  static let second = decoded("H4sIAAAAAAAC/3NKzdMx4gIAInCLRQYAAAA=")
  static let nothing = decoded("H4sIAAAAAAAC/wMAAAAAAAAAAAA=")
  static let hundredThousand = decoded(
    "H4sIAAAAAAAC/+3BMQEAAADCoKzrX8IaHkABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAArwaH"
      + "+uIboIYBAA=="
  )

  private static func decoded(_ text: String) -> [UInt8] {
    Array(Data(base64Encoded: text) ?? Data())
  }
}
