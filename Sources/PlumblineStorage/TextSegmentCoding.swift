import PlumblineCore

/// The bytes of texts whose codes follow one another.
///
/// The first byte says how: texts as their lengths in bytes (a column) and bytes; or, when all are
/// a common beginning and a number, that beginning (length, bytes), how many digits the numbers are
/// padded to (0 for not at all) and the numbers (a column), since ids often count upwards.
enum TextSegmentCoding {
  /// The most texts that one segment holds.
  static let mostTexts = 65_536

  private static let plain: UInt8 = 0
  private static let numbered: UInt8 = 1
  private static let mostDigits = 18

  /// The texts of some codes of a dictionary.
  static func encode(_ dictionary: TextDictionary, _ codes: Range<Int>) -> [UInt8] {
    if let bytes = encodeNumbered(dictionary, codes) { return bytes }
    var writer = ColumnWriter()
    writer.put(plain)
    writer.putNumbers(codes.map { dictionary.ends[$0] - dictionary.ends[$0 - 1] })
    let range =
      Int(
        dictionary.ends[codes.lowerBound - 1]
      )..<Int(
        dictionary.ends[codes.upperBound - 1]
      )
    writer.putBytes(Array(dictionary.bytes[range]))
    return writer.bytes
  }

  private static func encodeNumbered(
    _ dictionary: TextDictionary,
    _ codes: Range<Int>
  ) -> [UInt8]? {
    let ends = dictionary.ends
    return dictionary.bytes.withUnsafeBytes { bytes in
      func text(_ code: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[Int(ends[code - 1])..<Int(ends[code])])
      }
      let first = text(codes.lowerBound)
      let digits = first.reversed().prefix { (0x30...0x39).contains($0) }.count
      guard digits > 0 else { return nil }
      // A beginning as long as all of the first text but its digits, or more of it where those
      // are too many or the same everywhere.
      var common = first.count
      for code in codes {
        let other = text(code)
        common = min(common, other.count)
        for index in 0..<common where other[index] != first[index] {
          common = index
          break
        }
        if common < first.count - digits { return nil }
      }
      common = max(min(common, first.count - 1), first.count - min(digits, mostDigits))
      var start = first.count - digits
      while first.count - start > mostDigits { start += 1 }
      guard start <= common else { return nil }
      // Padded to one length, or without any leading zeros.
      let isPadded = codes.allSatisfy { text($0).count == first.count }
      var numbers: [Int64] = []
      numbers.reserveCapacity(codes.count)
      for code in codes {
        let other = text(code)
        let length = other.count - start
        guard (1...mostDigits).contains(length) else { return nil }
        if !isPadded, length > 1, other[start] == 0x30 { return nil }
        guard let number = number(other.dropFirst(start)) else { return nil }
        numbers.append(number)
      }
      var writer = ColumnWriter()
      writer.put(numbered)
      writer.put(UInt64(start))
      writer.putBytes(Array(first[0..<start]))
      writer.put(UInt8(isPadded ? first.count - start : 0))
      writer.putNumbers(numbers)
      return writer.bytes
    }
  }

  /// The number that decimal digits stand for; nil for anything else.
  ///
  /// - Precondition: There are at most `mostDigits`.
  private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int64? {
    var number: Int64 = 0
    for byte in digits {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int64(byte - 0x30)
    }
    return number
  }

  /// Appends the texts of a segment to those of the codes before.
  static func decode(
    _ segment: UnsafeRawBufferPointer,
    _ count: Int,
    into bytes: inout [UInt8],
    _ ends: inout [UInt32]
  ) throws(Malformed) {
    guard (1...mostTexts).contains(count) else { throw Malformed() }
    if let packed = try numbered(segment) {
      let numbers = try packed.numbers(count)
      guard bytes.count + count * (packed.beginning.count + mostDigits) <= UInt32.max else {
        throw Malformed()
      }
      putNumbered(numbers, after: packed.beginning, padded: packed.digits, into: &bytes, &ends)
      return
    }
    var reader = ColumnReader(segment)
    guard try reader.byte() == plain else { throw Malformed() }
    let lengths = try reader.numbers(count, as: UInt32.self)
    var end = bytes.count
    for length in lengths {
      end += Int(length)
      guard length > 0, end <= UInt32.max else { throw Malformed() }
      ends.append(UInt32(end))
    }
    bytes.append(contentsOf: try reader.bytes(end - bytes.count))
    guard reader.remaining == 0 else { throw Malformed() }
  }

  /// Texts that are a beginning and a number each.
  struct Numbered {
    /// What all begin with.
    var beginning: UnsafeRawBufferPointer
    /// How many digits the numbers are padded to; 0 for not at all.
    var digits: Int
    /// Stands before the column of numbers, with which the segment ends.
    fileprivate let reader: ColumnReader

    /// The numbers of all texts.
    func numbers(_ count: Int) throws(Malformed) -> [Int64] {
      var reader = reader
      let numbers = try reader.numbers(count, as: Int64.self)
      let limit = powers[digits > 0 ? digits : mostDigits]
      guard reader.remaining == 0, numbers.allSatisfy({ (0..<limit).contains($0) }) else {
        throw Malformed()
      }
      return numbers
    }

    /// The number of a text that would be packed so; nil for any other text.
    func number(of text: UnsafeRawBufferPointer) -> Int64? {
      let rest = text.dropFirst(beginning.count)
      guard (1...mostDigits).contains(rest.count), text.starts(with: beginning) else { return nil }
      // Padded to one length, or without any leading zeros.
      if digits > 0 ? rest.count != digits : rest.count > 1 && rest.first == 0x30 { return nil }
      return TextSegmentCoding.number(rest)
    }

    /// How a number is written.
    func text(_ number: Int64) -> String {
      let written = String(number)
      let padding = String(repeating: "0", count: max(0, digits - written.utf8.count))
      return String(decoding: beginning, as: UTF8.self) + padding + written
    }
  }

  /// How a segment's texts are numbered; nil where they are not.
  static func numbered(_ segment: UnsafeRawBufferPointer) throws(Malformed) -> Numbered? {
    var reader = ColumnReader(segment)
    guard try reader.byte() == numbered else { return nil }
    let beginning = try reader.bytes(Int(truncatingIfNeeded: try reader.word()))
    let digits = Int(try reader.byte())
    guard digits <= mostDigits else { throw Malformed() }
    return Numbered(beginning: beginning, digits: digits, reader: reader)
  }

  /// One text of a segment.
  ///
  /// - Parameters:
  ///   - segment: The segment.
  ///   - count: How many texts it has.
  ///   - index: Which of them.
  /// - Returns: The text.
  /// - Throws: `Malformed` when the bytes are no such segment.
  static func text(
    _ segment: UnsafeRawBufferPointer,
    _ count: Int,
    at index: Int
  ) throws(Malformed) -> String {
    guard (0..<count).contains(index), count <= mostTexts else { throw Malformed() }
    if let packed = try numbered(segment) {
      var reader = packed.reader
      return packed.text(try reader.numbers(count, at: [index])[0])
    }
    var reader = ColumnReader(segment)
    _ = try reader.byte()
    let lengths = try reader.numbers(count, as: UInt32.self)
    _ = try reader.bytes(lengths[..<index].reduce(0) { $0 &+ Int($1) })
    return String(decoding: try reader.bytes(Int(lengths[index])), as: UTF8.self)
  }

  private static let powers: [Int64] = (0...mostDigits).reduce(into: [1]) { powers, _ in
    powers.append((powers.last ?? 1) &* 10)
  }

  /// Appends a beginning and a number's decimal digits, number by number.
  ///
  /// - Precondition: No number is negative or has more than `mostDigits`, or than `digits` if those
  ///   are not 0.
  private static func putNumbered(
    _ numbers: [Int64],
    after beginning: UnsafeRawBufferPointer,
    padded digits: Int,
    into bytes: inout [UInt8],
    _ ends: inout [UInt32]
  ) {
    let start = bytes.count
    let room = numbers.count * (beginning.count + mostDigits)
    let text = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      guard var next = buffer.baseAddress else { return }
      let first = next
      // Three times eight digits, of which the last are used.
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 3) { written in
        guard let base = written.baseAddress else { return }
        let end = UnsafeRawPointer(base + 3)
        for number in numbers {
          let upper = UInt64(number) / 100_000_000
          base[2] = eightDigits(UInt64(number) % 100_000_000)
          base[1] = eightDigits(upper % 100_000_000)
          base[0] = eightDigits(upper / 100_000_000)
          var length = digits
          if length == 0 {
            length = 1
            while length < mostDigits, number >= powers[length] { length += 1 }
          }
          for byte in beginning {
            next.initialize(to: byte)
            next += 1
          }
          UnsafeMutableRawPointer(next).copyMemory(from: end - length, byteCount: length)
          next += length
          ends.append(UInt32(start + (next - first)))
        }
      }
      count = next - first
    }
    bytes.append(contentsOf: text)
  }

  /// Eight decimal digits as characters, the first of them in the lowest byte.
  ///
  /// Splits into halves of four, pairs of two and single digits, all of them at once; the divisions
  /// by 100 and 10 are multiplications that are exact below 10,000 and 100.
  @inline(__always)
  private static func eightDigits(_ number: UInt64) -> UInt64 {
    let halves = number / 10_000 | (number % 10_000) << 32
    let upper = (halves &* 10_486) >> 20 & 0x0000_007F_0000_007F
    let pairs = upper | (halves &- 100 &* upper) << 16
    let tens = (pairs &* 103) >> 10 & 0x000F_000F_000F_000F
    let digits = tens | (pairs &- 10 &* tens) << 8
    return (digits | 0x3030_3030_3030_3030).littleEndian
  }
}
