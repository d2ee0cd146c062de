import PlumblineConnectors
import Testing

@Suite struct FuzzTargetTests {
  static let seeds: [[UInt8]] = [
    Array(
      "Campaign,Day,Cost\nA,2026-01-31,\"1,234.50\"\nB,1/2/26 9:00 PM,$3.5K\nTotal: x,,9\n".utf8
    ),
    Array("Tag;Kosten\r\n31.01.2026;\"1.234,50 €\"\r\n\"a;\"\"b\"\"\";x\r\n".utf8),
    [0xFF, 0xFE] + utf16("Jour\tCoût\r\n15 Apr, 2021 00:03:00\t1\u{202F}234,5\r\n"),
    Array(
      "a,b,c,d\n\"1,\"\"x,y\"\",3,4\"\n\"1,2,3,4\",,,\n\nGrand Totals (2 records)\nCopyright (c) x\n"
        .utf8
    ),
    [0x4D, 0xFC, 0x3B, 0x80, 0x0D, 0x31, 0x3B, 0x32, 0x0D],
    Gzipped.first,
    Array(
      "sep=|\n\u{FEFF}a|b|a|\n1|2|3\n-9223372036854775808|+99:99|\n2026-12-31T23:59:59.9-14:59|(1)|4|\n"
        .utf8
    ),
  ]

  @Test func `finds rows in the seeds, so that mutations reach every part`() {
    #expect(Self.seeds.map(FuzzTarget.readTable(bytes:)) == [2, 2, 1, 2, 1, 1, 3])
  }

  @Test(arguments: UInt64(0)..<50)
  func `survives any change of the seeds`(seed: UInt64) {
    var dice = Dice(seed)
    let signs = Array("\",;\t|\n\r.-:/() 0129AaTZ€%".utf8) + [0, 0x80, 0xC2, 0xE2, 0xEF, 0xFF]
    for _ in 0..<120 {
      var bytes = dice.pick(Self.seeds)
      for _ in 0...Int.random(in: 0...8, using: &dice) {
        let place = Int.random(in: 0...bytes.count, using: &dice)
        switch Int.random(in: 0..<5, using: &dice) {
        case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &dice)
        case 1: bytes.insert(dice.pick(signs), at: place)
        case 2:
          bytes.removeSubrange(
            place..<min(bytes.count, place + Int.random(in: 0...6, using: &dice))
          )
        case 3: bytes.insert(contentsOf: dice.pick(Self.seeds).prefix(place), at: place)
        default:
          let count = Int.random(in: 1...30, using: &dice)
          bytes.insert(contentsOf: Array(repeating: dice.pick(signs), count: count), at: place)
        }
      }
      // What must hold is checked inside; a crash or a hang is the failure.
      #expect(FuzzTarget.readTable(bytes: bytes) >= 0)
    }
  }
}
