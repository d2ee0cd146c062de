import PlumblineCore

/// The texts of one block that the dictionaries did not hold, in the order of reading.
///
/// A column holds `-1 - index` in place of such a text's code until `intern` gives it one.
struct BulkTexts {
  private struct Domain {
    /// For each text the row's first byte and, in the lowest byte, the field: the order of reading.
    var orders: [UInt64] = []
    var texts: [HashedText] = []
    var codes: [UInt32] = []
    /// How many have codes.
    var internedCount = 0
    /// The order of reading, where the texts were not noted in it.
    var sequence: [Int] = []
  }

  /// The bytes of a text that does not stand in the file as it is.
  private final class OwnText {
    let bytes: UnsafeMutableRawBufferPointer

    init(_ text: String) {
      bytes = .allocate(byteCount: text.utf8.count, alignment: 8)
      bytes.copyBytes(from: text.utf8)
    }

    deinit { bytes.deallocate() }
  }

  private var domains = TextDomain.allCases.map { _ in Domain() }
  private var ownTexts: [OwnText] = []

  /// Notes a text of the file, and returns what stands in place of its code.
  mutating func note(_ text: HashedText, order: UInt64, _ domain: Int) -> Int64 {
    domains[domain].orders.append(order)
    domains[domain].texts.append(text)
    return Int64(-domains[domain].texts.count)
  }

  /// Notes a text that does not stand in the file as it is; the missing one stays 0.
  mutating func note(_ text: String, order: UInt64, _ domain: Int) -> Int64 {
    let own = OwnText(text)
    guard let start = own.bytes.baseAddress, own.bytes.count > 0 else {
      return Int64(TextDictionary.missing)
    }
    ownTexts.append(own)
    return note(HashedText(start, count: own.bytes.count), order: order, domain)
  }

  /// Puts the texts into the order of reading; call once before `intern`.
  mutating func begin() {
    for domain in domains.indices {
      let orders = domains[domain].orders
      domains[domain].codes = Array(repeating: TextDictionary.missing, count: orders.count)
      let isSorted = zip(orders, orders.dropFirst()).allSatisfy { $0 <= $1 }
      if !isSorted {
        domains[domain].sequence = orders.indices.sorted { orders[$0] < orders[$1] }
      }
    }
  }

  /// Gives codes to the texts of the rows that begin before an offset.
  mutating func intern(before row: UInt64, into dictionaries: inout TextDictionaries) {
    for (domain, textDomain) in TextDomain.allCases.enumerated()
    where domains[domain].internedCount < domains[domain].texts.count {
      Self.intern(&domains[domain], before: row, into: &dictionaries[textDomain])
    }
  }

  private static func intern(
    _ domain: inout Domain,
    before row: UInt64,
    into dictionary: inout TextDictionary
  ) {
    let first = domain.internedCount
    var end = first
    while end < domain.texts.count {
      let index = domain.sequence.isEmpty ? end : domain.sequence[end]
      guard domain.orders[index] >> 8 < row else { break }
      if !domain.sequence.isEmpty {
        let text = domain.texts[index]
        let bytes = UnsafeRawBufferPointer(start: text.start, count: text.count)
        domain.codes[index] = dictionary.intern(bytes, hash: text.hash)
      }
      end += 1
    }
    domain.internedCount = end
    guard domain.sequence.isEmpty else { return }
    domain.texts.withUnsafeBufferPointer { texts in
      domain.codes.withUnsafeMutableBufferPointer { codes in
        dictionary.intern(
          UnsafeBufferPointer(rebasing: texts[first..<end]),
          into: UnsafeMutableBufferPointer(rebasing: codes[first..<end])
        )
      }
    }
  }

  /// Puts the codes in their places in a column of a domain.
  func fill(_ column: inout [Int64], _ domain: Int) {
    guard !domains[domain].texts.isEmpty else { return }
    domains[domain].codes.withUnsafeBufferPointer { codes in
      column.withUnsafeMutableBufferPointer { column in
        for row in column.indices where column[row] < 0 {
          column[row] = Int64(codes[Int(-1 - column[row])])
        }
      }
    }
  }
}

extension TextDomain {
  /// The position in `allCases`.
  var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
