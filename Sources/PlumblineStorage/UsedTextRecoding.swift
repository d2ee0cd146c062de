import GRDB
import PlumblineCore

/// Turns the codes of a batch into those of the store, numbering only texts that facts use.
///
/// The texts that are used are looked up while going through those of the store once, so that no
/// index of the whole store is made for a small batch.
struct UsedTextRecoding {
  /// What the batch adds to the store's numbering.
  private(set) var news: [TextNews] = []
  /// The store's texts of the domains that the facts use.
  private var stored: [TextDomain: StoredTexts] = [:]
  /// For each domain and code of the batch the store's code; 0 where no fact uses it.
  private var codes: [TextDomain: [UInt32]] = [:]

  /// Numbers the texts of facts.
  ///
  /// - Complexity: O(facts + texts of the store in the domains that the facts use).
  init(
    _ tables: [FactTable],
    _ texts: TextDictionaries,
    _ database: Database,
    _ counts: TextCounts
  ) throws {
    let used = Self.used(tables, texts)
    for domain in TextDomain.allCases {
      guard let used = used[domain], !used.isEmpty else { continue }
      let source = texts[domain]
      var own = TextDictionary()
      for code in used { _ = source.withBytes(of: code) { own.intern($0) } }
      // `own` numbers the used texts 1, 2, …; a text may stand twice in a batch's own numbering.
      let known = try TextSegments.stored(database, domain, atLeast: counts[domain])
      var stored = try known.codes(of: own)
      var added = TextDictionary()
      for place in 1..<own.count where stored[place] == TextDictionary.missing {
        let code = own.withBytes(of: UInt32(place)) { added.intern($0) }
        stored[place] = UInt32(counts[domain]) + code - 1
      }
      if added.count > 1 {
        news.append(
          TextNews(domain: domain, dictionary: added, start: 1, firstCode: counts[domain])
        )
      }
      self.stored[domain] = known
      var codes = [UInt32](repeating: 0, count: source.count)
      for code in used {
        let place = source.withBytes(of: code) { own.code(of: $0) }
        codes[Int(code)] = stored[Int(place ?? 0)]
      }
      self.codes[domain] = codes
    }
  }

  /// The codes that facts use, by domain, in the order of their first use; leads first as their own
  /// facts name them, so that they are numbered in that order.
  private static func used(
    _ tables: [FactTable],
    _ texts: TextDictionaries
  ) -> [TextDomain: [UInt32]] {
    var used: [TextDomain: [UInt32]] = [:]
    var isUsed: [TextDomain: [Bool]] = [:]
    for table in tables.filter({ $0.kind == .lead }) + tables.filter({ $0.kind != .lead })
    where table.rowCount > 0 {
      for (index, column) in table.kind.schema.columns.enumerated() {
        guard case .text(let domain) = column.content else { continue }
        var known =
          isUsed.removeValue(forKey: domain)
          ?? Array(repeating: false, count: texts.count(of: domain))
        var list = used.removeValue(forKey: domain) ?? []
        for code in table.columns[index] where code != 0 && !known[Int(code)] {
          known[Int(code)] = true
          list.append(UInt32(code))
        }
        (isUsed[domain], used[domain]) = (known, list)
      }
    }
    return used
  }

  /// Gives a table the store's codes.
  func recode(_ table: inout FactTable) { table.recode { codes[$0] } }

  /// The store's numbering, continued by what the facts add; texts of which there may be many are
  /// read when somebody asks for them.
  ///
  /// - Throws: `InputError` with code `store.damaged`, or what SQLite reports.
  func texts(_ database: Database, _ counts: TextCounts) throws -> TextDictionaries {
    var texts = TextDictionaries()
    for domain in TextDomain.allCases {
      let known =
        try stored[domain] ?? TextSegments.stored(database, domain, atLeast: counts[domain])
      let news = news.first { $0.domain == domain }?.dictionary ?? TextDictionary()
      let late = try known.late(followedBy: news)
      if TextSegments.lateDomains.contains(domain) {
        texts.postpone(domain, late)
      } else {
        texts[domain] = late.dictionary
      }
    }
    return texts
  }
}
