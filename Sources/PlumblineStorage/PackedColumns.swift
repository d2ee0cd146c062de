/// How columns of numbers become few bytes, and come back fast.
///
/// A column begins with a tag and goes on as its encoding wants:
///
/// - `constant`: one value (8).
/// - `blocks`: blocks of up to 1,024 values, each packed by itself so that one outlier does not
///   widen all.
/// - `sparse`: the value that is left out (8), a bit a value that says which are present, how many
///   are (8), and the present ones as a column.
/// - `dictionary`: how many distinct values (8), those as a column, and a column of places.
///
/// A block is a byte with the width of its codes in bits (upper bit: differences between
/// neighbours are packed and not the values), a byte with how many low bits all values share and
/// which extremes of the type stand as the lowest codes, the least value as a variable-length
/// difference from the block before, with differences the least of those, and the packed codes.
/// Everything is little-endian; an empty column takes no bytes.
enum PackedColumns {
  /// How many values a block holds; the last of a column holds fewer.
  static let valuesPerBlock = 1024

  /// The most values that a column may hold.
  static let mostValues = 1 << 31

  /// The first byte of a column.
  enum Tag: UInt8 {
    case constant = 0
    case blocks = 1
    case sparse = 2
    case dictionary = 3
  }

  /// The upper bit of a block's first byte: its codes are differences between neighbours.
  static let deltaFlag: UInt8 = 0x80
  /// In a block's second byte: code 0 is the least value of the type.
  static let lowFlag: UInt8 = 0x40
  /// In a block's second byte: the lowest code not taken yet is the greatest value of the type.
  static let highFlag: UInt8 = 0x80

  /// The widest codes that one load of eight bytes can hold at any bit; wider ones take 64 bits.
  static let widestWindow = 57

  /// The width that holds a code: at most `widestWindow`, or 64.
  @inline(__always)
  static func width(of greatest: UInt64) -> Int {
    let width = UInt64.bitWidth &- greatest.leadingZeroBitCount
    return width > widestWindow ? UInt64.bitWidth : width
  }

  /// The bytes that packed codes take.
  @inline(__always)
  static func byteCount(_ count: Int, width: Int) -> Int { (count &* width &+ 7) &>> 3 }

  /// Packs codes, the lowest bits first.
  ///
  /// - Precondition: `packed` has room for `count * width` bits, rounded up to words; no code is
  ///   wider than `width`.
  @inline(__always)
  static func pack(
    _ codes: UnsafePointer<UInt64>,
    _ count: Int,
    width: Int,
    into packed: UnsafeMutablePointer<UInt64>
  ) {
    if width == UInt64.bitWidth {
      for index in 0..<count { packed[index] = codes[index].littleEndian }
      return
    }
    var word = 0
    var filled = 0
    var accumulator: UInt64 = 0
    for index in 0..<count {
      let code = codes[index]
      accumulator |= code &<< UInt64(filled)
      filled &+= width
      if filled >= 64 {
        packed[word] = accumulator.littleEndian
        word &+= 1
        filled &-= 64
        accumulator = code &>> UInt64(width &- filled)
      }
    }
    if filled > 0 { packed[word] = accumulator.littleEndian }
  }

  /// Calls `body` with each packed code.
  ///
  /// - Precondition: Eight bytes may be read wherever a code begins.
  @inline(__always)
  static func forEachCode(
    _ packed: UnsafeRawPointer,
    _ count: Int,
    width: Int,
    _ body: (Int, UInt64) -> Void
  ) {
    if width == 0 {
      for index in 0..<count { body(index, 0) }
      return
    }
    if width == UInt64.bitWidth {
      for index in 0..<count {
        let word = packed.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
        body(index, word.littleEndian)
      }
      return
    }
    let mask = (UInt64(1) &<< UInt64(width)) &- 1
    var bit = 0
    for index in 0..<count {
      let window = packed.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self).littleEndian
      body(index, (window &>> UInt64(bit & 7)) & mask)
      bit &+= width
    }
  }
}

/// Bytes that no writer made: damage.
struct Malformed: Error {}
