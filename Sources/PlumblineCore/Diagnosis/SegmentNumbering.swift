/// Segments, the largest first; beyond a dozen the smallest are one.
struct SegmentNumbering {
  /// More segments than this are not told apart: the smallest become one.
  static let maximumCount = 12
  /// What the smallest segments together are called.
  static let others = "other"

  let names: [String]
  private let numbers: [UInt32: Int]

  init(_ codes: [UInt32], _ texts: TextDictionary) {
    func name(_ code: UInt32) -> String { code == 0 ? FunnelDimension.none : texts[code] }
    var leads: [UInt32: Int] = [:]
    for code in codes { leads[code, default: 0] += 1 }
    let sorted = leads.sorted { ($1.value, name($0.key)) < ($0.value, name($1.key)) }
    let own = sorted.count > Self.maximumCount ? Self.maximumCount - 1 : sorted.count
    var names: [String] = []
    var leadsOfName: [String: Int] = [:]
    for (position, entry) in sorted.enumerated() {
      let name = position < own ? name(entry.key) : Self.others
      if leadsOfName[name] == nil { names.append(name) }
      leadsOfName[name, default: 0] += entry.value
    }
    // The rest together may be larger than any segment: the largest comes first all the same.
    names.sort { (leadsOfName[$1] ?? 0, $0) < (leadsOfName[$0] ?? 0, $1) }
    self.names = names
    let numberOfName = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    let other = numberOfName[Self.others] ?? 0
    numbers = Dictionary(
      uniqueKeysWithValues: sorted.enumerated().map { position, entry in
        (entry.key, position < own ? numberOfName[name(entry.key)] ?? 0 : other)
      }
    )
  }

  func number(of code: UInt32) -> Int { numbers[code] ?? 0 }
}

/// Names in order, and the place of each code among them.
struct Numbering {
  let names: [String]
  private let numbers: [UInt32: Int]

  init(_ codes: [UInt32], _ texts: TextDictionary) {
    let named = Set(codes).map { ($0, $0 == 0 ? FunnelDimension.none : texts[$0]) }
      .sorted { $0.1 < $1.1 }
    names = named.map(\.1)
    numbers = Dictionary(uniqueKeysWithValues: named.enumerated().map { ($1.0, $0) })
  }

  func number(of code: UInt32) -> Int { numbers[code] ?? 0 }
}
