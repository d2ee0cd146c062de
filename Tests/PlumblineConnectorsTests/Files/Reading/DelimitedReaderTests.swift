import PlumblineConnectors
import Testing

@Suite struct DelimitedReaderTests {
  /// A record as the tests write it down.
  struct Expected: Equatable, CustomStringConvertible {
    var line: Int
    var fields: [String]
    var problem: RecordBuffer.Problem?
    var lastLine: Int

    init(
      _ line: Int,
      _ fields: [String],
      _ problem: RecordBuffer.Problem? = nil,
      lastLine: Int? = nil
    ) {
      self.line = line
      self.fields = fields
      self.problem = problem
      self.lastLine = lastLine ?? line
    }

    var description: String { "\(line)...\(lastLine) \(fields) \(problem.map { "\($0)" } ?? "")" }
  }

  static func read(_ text: String, _ dialect: Dialect) -> [Expected] {
    withBytes(text) { bytes in
      var reader = DelimitedReader(bytes, dialect: dialect)
      var record = RecordBuffer()
      var found: [Expected] = []
      while reader.next(into: &record) {
        // The text of a field with wrong quotes means nothing.
        let fields = record.problem == nil ? record.strings : []
        found.append(
          Expected(record.line, fields, record.problem, lastLine: record.lastLine)
        )
      }
      return found
    }
  }

  @Test(
    arguments: [
      ("", []),
      ("\n", [Expected(1, [""])]),
      ("a", [Expected(1, ["a"])]),
      (",", [Expected(1, ["", ""])]),
      ("a,", [Expected(1, ["a", ""])]),
      ("a,b\n", [Expected(1, ["a", "b"])]),
      ("a,b\r\n\r\nc", [Expected(1, ["a", "b"]), Expected(2, [""]), Expected(3, ["c"])]),
      ("a\rb\n", [Expected(1, ["a\rb"])]),
      ("a\r", [Expected(1, ["a"])]),
      ("\"\"", [Expected(1, [""])]),
      ("\"a\"", [Expected(1, ["a"])]),
      ("\"a\"\r", [Expected(1, ["a"])]),
      ("\"a,b\",\"\",c\n", [Expected(1, ["a,b", "", "c"])]),
      ("\"a\"\"b\",\"\"\"\"\n", [Expected(1, ["a\"b", "\""])]),
      ("\"a\" ,b\n", [Expected(1, ["a", "b"])]),
      ("5\" pipe,a \"b\"\n", [Expected(1, ["5\" pipe", "a \"b\""])]),
      (
        "\"a\nb\r\nc\",d\ne\n",
        [Expected(1, ["a\nb\r\nc", "d"], lastLine: 3), Expected(4, ["e"])]
      ),
      ("\"a\"b,c\nd\n", [Expected(1, [], .strayQuote), Expected(2, ["d"])]),
      (
        "x\n\"a,1\nb\"c,2\nd\n",
        [Expected(1, ["x"]), Expected(2, [], .strayQuote, lastLine: 3), Expected(4, ["d"])]
      ),
      ("\"", [Expected(1, [], .unterminatedQuote)]),
      ("a,\"", [Expected(1, [], .unterminatedQuote)]),
      ("\"a\"\"", [Expected(1, [], .unterminatedQuote)]),
      ("x\n\"a\nb\nc\n", [Expected(1, ["x"]), Expected(2, [], .unterminatedQuote, lastLine: 4)]),
      ("x\n\"a\nb\nc", [Expected(1, ["x"]), Expected(2, [], .unterminatedQuote, lastLine: 4)]),
    ] as [(String, [Expected])]
  )
  func `takes records apart as RFC 4180 says`(text: String, expected: [Expected]) {
    #expect(Self.read(text, Dialect(delimiter: .comma)) == expected)
  }

  @Test(
    arguments: [
      ("\r", [Expected(1, [""])]),
      ("a,b\rc,d", [Expected(1, ["a", "b"]), Expected(2, ["c", "d"])]),
      ("a\r\nb\nc\r", [Expected(1, ["a"]), Expected(2, ["b"]), Expected(3, ["c"])]),
      (
        "\"a\"\r\"b\rc\"\rd",
        [Expected(1, ["a"]), Expected(2, ["b\rc"], lastLine: 3), Expected(4, ["d"])]
      ),
      ("\"a\r\nb\nc\"\r\nd", [Expected(1, ["a\r\nb\nc"], lastLine: 3), Expected(4, ["d"])]),
    ] as [(String, [Expected])]
  )
  func `ends lines at carriage returns where a file does`(text: String, expected: [Expected]) {
    #expect(
      Self.read(text, Dialect(delimiter: .comma, lineEnds: .carriageReturn)) == expected
    )
  }

  @Test(arguments: Dialect.Delimiter.allCases)
  func `reads a field of 60,000 characters, quoted and plain`(delimiter: Dialect.Delimiter) {
    let long = String(repeating: "lorem ", count: 10_000)
    let sign = String(UnicodeScalar(delimiter.rawValue))
    let quoted = long + "\"\"" + long + "\n" + long
    let text = "a\(sign)\(long)\(sign)b\nc\(sign)\"\(quoted)\"\(sign)d"
    let expected = [
      Expected(1, ["a", long, "b"]),
      Expected(2, ["c", long + "\"" + long + "\n" + long, "d"], lastLine: 3),
    ]
    #expect(Self.read(text, Dialect(delimiter: delimiter)) == expected)
  }

  @Test func `reads more fields than its buffer had room for`() {
    let cells = (0..<1000).map(String.init)
    let found = Self.read(cells.joined(separator: ","), Dialect(delimiter: .comma))
    #expect(found == [Expected(1, cells)])
  }

  /// Reads byte by byte, as plainly as can be, to compare with.
  static func readPlainly(_ text: String, _ dialect: Dialect) -> [Expected] {
    let bytes = Array(text.utf8)
    let delimiter = dialect.delimiter.rawValue
    let atReturn = dialect.lineEnds == .carriageReturn
    let (lineFeed, carriageReturn, quote) = (UInt8(10), UInt8(13), UInt8(34))
    func lineEnd(_ index: Int) -> Int {
      guard index < bytes.count else { return 0 }
      if bytes[index] == lineFeed { return 1 }
      guard bytes[index] == carriageReturn else { return 0 }
      let isPair = index + 1 < bytes.count && bytes[index + 1] == lineFeed
      if isPair { return 2 }
      return atReturn || index + 1 == bytes.count ? 1 : 0
    }
    var found: [Expected] = []
    var index = 0
    var line = 1
    while index < bytes.count {
      var record = Expected(line, [])
      var isOver = false
      while !isOver {
        var field: [UInt8] = []
        if index < bytes.count, bytes[index] == quote {
          index += 1
          var isClosed = false
          while index < bytes.count, !isClosed {
            if bytes[index] == quote {
              if index + 1 < bytes.count, bytes[index + 1] == quote {
                field.append(quote)
                index += 2
              } else {
                isClosed = true
                index += 1
              }
            } else {
              // A pair counts at its line feed; what closes the text begins no further line.
              let isLast = index == bytes.count - 1
              let isSingle = atReturn && bytes[index] == carriageReturn && lineEnd(index) == 1
              if !isLast, bytes[index] == lineFeed || isSingle { line += 1 }
              field.append(bytes[index])
              index += 1
            }
          }
          if !isClosed { record.problem = .unterminatedQuote }
          let blanks: [UInt8] = [32, 9]
          var behind = index
          while behind < bytes.count, blanks.contains(bytes[behind]), bytes[behind] != delimiter {
            behind += 1
          }
          if behind == bytes.count || bytes[behind] == delimiter || lineEnd(behind) > 0 {
            index = behind
          } else if record.problem == nil {
            record.problem = .strayQuote
          }
        }
        while index < bytes.count, bytes[index] != delimiter, lineEnd(index) == 0 {
          field.append(bytes[index])
          index += 1
        }
        record.fields.append(String(decoding: field, as: UTF8.self))
        if index < bytes.count, bytes[index] == delimiter {
          index += 1
        } else {
          isOver = true
        }
      }
      record.lastLine = line
      if index < bytes.count {
        index += lineEnd(index)
        line += 1
      }
      if record.problem != nil { record.fields = [] }
      found.append(record)
    }
    return found
  }

  @Test(arguments: UInt64(0)..<60)
  func `agrees with a plain reader on any text`(seed: UInt64) {
    var dice = Dice(seed)
    let letters = [
      "a", "bc", ",", ",", ";", "\t", "\"", "\"", "\"\"", "\n", "\r\n", "\r", " ", "ü",
    ]
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 0..<40, using: &dice)).map { _ in dice.pick(letters) }.joined()
      for lineEnds in [Dialect.LineEnds.lineFeed, .carriageReturn] {
        let dialect = Dialect(delimiter: dice.pick([.comma, .semicolon, .tab]), lineEnds: lineEnds)
        #expect(
          Self.read(text, dialect) == Self.readPlainly(text, dialect),
          "\(text.debugDescription)"
        )
      }
    }
  }
}
