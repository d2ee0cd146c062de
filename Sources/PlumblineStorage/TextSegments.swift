import Foundation
import GRDB
import PlumblineCore

/// Texts that come after those that are stored.
struct TextNews {
  let domain: TextDomain
  let dictionary: TextDictionary
  /// The code in the dictionary of the first text that is new.
  let start: Int
  /// The code that it gets in the store.
  let firstCode: Int
}

/// The store's numbering of texts: segments of codes that follow one another, by domain.
enum TextSegments {
  /// The domains of which a store may have as many texts as facts.
  static let lateDomains: Set<TextDomain> = [.lead, .other]

  struct Segment: Sendable {
    var domain: TextDomain
    var firstCode: Int
    var count: Int
    var payload: Data
    var checksum: Int64
  }

  /// Stores texts behind those that are stored.
  static func append(_ news: TextNews, _ database: Database) throws {
    let (domain, dictionary) = (news.domain, news.dictionary)
    var start = news.start
    while start < dictionary.count {
      let end = min(start + TextSegmentCoding.mostTexts, dictionary.count)
      let payload = TextSegmentCoding.encode(dictionary, start..<end)
      let first = news.firstCode + start - news.start
      try database.execute(
        sql: """
          INSERT INTO text_segment (domain, first_code, text_count, payload, checksum)
          VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [
          domain.rawValue, first, end - start, Data(payload),
          Int64(bitPattern: Checksum.of(payload, seed: seed(domain, first, end - start))),
        ]
      )
      start = end
    }
  }

  /// The numbering.
  ///
  /// - Parameters:
  ///   - database: Where to read.
  ///   - domains: The domains wanted.
  ///   - counts: How many texts there have to be at least.
  ///   - late: The domains whose texts are checked now and unpacked when somebody asks for them.
  /// - Returns: The dictionaries, not indexed; those of other domains are empty.
  /// - Throws: `InputError` with code `store.damaged`, or what SQLite reports.
  static func read(
    _ database: Database,
    _ domains: Set<TextDomain>,
    atLeast counts: TextCounts,
    late: Set<TextDomain> = []
  ) throws -> TextDictionaries {
    var texts = TextDictionaries()
    for domain in TextDomain.allCases where domains.contains(domain) {
      let stored = try stored(database, domain, atLeast: counts[domain])
      if late.contains(domain) {
        texts.postpone(domain, try stored.late())
      } else {
        texts[domain] = try stored.dictionary()
      }
    }
    return texts
  }

  /// The texts of a domain as they are stored.
  ///
  /// - Throws: `InputError` with code `store.damaged`, or what SQLite reports.
  static func stored(
    _ database: Database,
    _ domain: TextDomain,
    atLeast count: Int
  ) throws -> StoredTexts {
    let segments = try segments(database, domain, "")
    guard (segments.last.map { $0.firstCode &+ $0.count } ?? 1) >= count else {
      throw missing(domain)
    }
    var next = 1
    for segment in segments {
      guard segment.firstCode == next,
        (0...TextSegmentCoding.mostTexts).contains(segment.count)
      else { throw missing(domain) }
      next += segment.count
    }
    return StoredTexts(segments: segments, count: next)
  }

  /// The texts of some codes of a domain.
  static func texts(
    of codes: Set<Int64>,
    _ domain: TextDomain,
    _ database: Database
  ) throws -> [Int64: String] {
    var texts: [Int64: String] = [:]
    var rest = codes.filter { $0 > 0 }.sorted()[...]
    while let code = rest.first {
      let found = try segments(
        database,
        domain,
        " AND first_code <= \(code) ORDER BY first_code DESC LIMIT 1"
      )
      guard let segment = found.first, Int(code) < segment.firstCode &+ segment.count else {
        throw missing(domain)
      }
      var (bytes, ends): ([UInt8], [UInt32]) = ([], [0])
      try decode(segment, into: &bytes, &ends)
      let dictionary = TextDictionary(bytes: bytes, ends: ends)
      while let code = rest.first, Int(code) < segment.firstCode &+ segment.count {
        texts[code] = dictionary[UInt32(Int(code) - segment.firstCode + 1)]
        rest.removeFirst()
      }
    }
    return texts
  }

  /// Compares every text's checksum, a piece at a time.
  ///
  /// - Throws: `InputError` with code `store.damaged`, or what SQLite reports.
  static func compareChecksums(_ database: Database) throws {
    for domain in TextDomain.allCases {
      let starts = try Int64.fetchAll(
        database,
        sql: "SELECT first_code FROM text_segment WHERE domain = ?",
        arguments: [domain.rawValue]
      )
      for start in starts {
        try segments(database, domain, " AND first_code = \(start)").forEach(check)
      }
    }
  }

  private static func segments(
    _ database: Database,
    _ domain: TextDomain,
    _ rest: String
  ) throws -> [Segment] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT first_code, text_count, payload, checksum FROM text_segment
        WHERE domain = ?\(rest.isEmpty ? " ORDER BY first_code" : rest)
        """,
      arguments: [domain.rawValue]
    ).map { row in
      Segment(
        domain: domain,
        firstCode: Int(try row.integer("first_code")),
        count: Int(try row.integer("text_count")),
        payload: try row.blob("payload"),
        checksum: try row.integer("checksum")
      )
    }
  }

  static func decode(
    _ segment: Segment,
    into bytes: inout [UInt8],
    _ ends: inout [UInt32]
  ) throws {
    try check(segment)
    try segment.payload.withUnsafeBytes { payload in
      do {
        try TextSegmentCoding.decode(payload, segment.count, into: &bytes, &ends)
      } catch is Malformed {
        throw damaged(segment)
      }
    }
  }

  static func check(_ segment: Segment) throws {
    let seed = seed(segment.domain, segment.firstCode, segment.count)
    let found = segment.payload.withUnsafeBytes { Checksum.of($0, seed: seed) }
    if found != UInt64(bitPattern: segment.checksum) { throw damaged(segment) }
  }

  static func damaged(_ segment: Segment) -> InputError {
    let (first, last) = (segment.firstCode, segment.firstCode &+ segment.count &- 1)
    return StoreDamage.error(
      "the texts \(first) to \(last) of the domain \(segment.domain.rawValue) do not match their "
        + "checksum."
    )
  }

  private static func missing(_ domain: TextDomain) -> InputError {
    StoreDamage.error("texts of the domain \(domain.rawValue) are missing.")
  }

  private static func seed(_ domain: TextDomain, _ first: Int, _ count: Int) -> UInt64 {
    Checksum.seed("text \(domain.rawValue)", first, count)
  }
}
