/// Every lead once, numbered densely, with the ids under which facts name it.
///
/// Follows merges to the surviving lead, and other ids (`also_known_as`) to the lead that has
/// them.
public struct LeadRegister: Sendable {
  /// The lead's id code for each dense number.
  public private(set) var idCodes: [UInt32] = []
  /// How many leads were merged into another.
  public private(set) var mergeCount = 0
  /// Other ids that more than one lead claims; facts under them go to the first lead.
  public private(set) var sharedAliasCount = 0
  private var numberOfCode: CodeNumbers
  /// For each code, the code it was merged into; empty when nothing was merged.
  private var survivors: [Int32] = []
  private var aliases: [(from: Int, into: Int)] = []

  /// How many leads there are after merges.
  public var count: Int { idCodes.count }

  /// The leads of a ledger.
  ///
  /// - Complexity: O(leads + merges).
  public init(_ ledger: Ledger) {
    self.init(merges: ledger[.merge], ledger.texts)
    add(ids: ledger[.lead]["id"])
    close()
  }

  /// The leads of facts, whether these are held or stream by.
  ///
  /// - Throws: What the store of the facts throws.
  /// - Complexity: O(leads + merges).
  init(_ facts: HistoryFacts) throws {
    self.init(merges: facts.ledger[.merge], facts.ledger.texts)
    try facts.forEachPiece(of: .lead) { add(ids: $0["id"]) }
    close()
  }

  /// A register without leads that knows who was merged into whom; `close()` ends it.
  init(merges: FactTable, _ texts: TextDictionaries) {
    let codeCount = texts.count(of: .lead)
    numberOfCode = CodeNumbers(codeCount: codeCount)
    guard merges.rowCount > 0 else { return }
    survivors = Array(0..<Int32(codeCount))
    let (from, into, reason) = (merges["from"], merges["into"], merges["reason"])
    let alias = texts[.other].code(of: LeadRegister.aliasReason).map(Int64.init)
    for row in 0..<merges.rowCount {
      if reason[row] == alias {
        aliases.append((Int(from[row]), Int(into[row])))
        continue
      }
      let (loser, winner) = (root(Int(from[row])), root(Int(into[row])))
      if loser != winner {
        survivors[loser] = Int32(winner)
        mergeCount += 1
      }
    }
  }

  /// Numbers leads by their ids, in order of first appearance.
  mutating func add(ids: [Int64]) {
    idCodes.reserveCapacity(idCodes.count + (idCodes.isEmpty ? ids.count : 0))
    for id in ids {
      let root = root(Int(id))
      if numberOfCode[root] < 0 {
        numberOfCode[root] = Int32(idCodes.count)
        idCodes.append(UInt32(root))
      }
      numberOfCode[Int(id)] = numberOfCode[root]
    }
  }

  /// Finds the leads of ids that no lead's own fact names; call once, after the last lead.
  mutating func close() {
    for code in survivors.indices where numberOfCode[code] < 0 {
      let root = root(code)
      if root != code, numberOfCode[root] >= 0 { numberOfCode[code] = numberOfCode[root] }
    }
    for (from, into) in aliases {
      let owner = numberOfCode[root(into)]
      if numberOfCode[from] < 0 {
        if owner >= 0 { numberOfCode[from] = owner }
      } else if numberOfCode[from] != owner {
        sharedAliasCount += 1
      }
    }
    survivors = []
    aliases = []
  }

  /// The reason that a merge fact carries when it only says that a lead has another id.
  public static let aliasReason = "also_known_as"

  /// The dense number of the lead that a fact names, or nil when no lead has that id.
  @inline(__always)
  public func number(of code: Int64) -> Int? {
    let number = numberOfCode[Int(code)]
    return number < 0 ? nil : Int(number)
  }

  /// The codes of all ids under which facts name a lead, ascending.
  ///
  /// - Complexity: O(ids).
  public func codes(of number: Int) -> [UInt32] {
    (0..<numberOfCode.codeCount).filter { numberOfCode[$0] == Int32(number) }.map(UInt32.init)
  }

  private mutating func root(_ code: Int) -> Int {
    guard !survivors.isEmpty else { return code }
    var code = code
    while Int(survivors[code]) != code {
      survivors[code] = survivors[Int(survivors[code])]
      code = Int(survivors[code])
    }
    return code
  }
}

/// A number for each code that has one: in pages of a few codes while few of them have one, in one
/// row of all codes from then on.
private struct CodeNumbers: Sendable {
  private static let pageBits = 4
  /// With more than one in so many codes in pages, one row is smaller and quicker.
  private static let fewest = 4

  /// The codes are those below.
  let codeCount: Int
  /// Where the numbers of each page of codes begin; -1 where it has none; empty with one row.
  private var pages: [Int32]
  private var numbers: [Int32] = []

  /// No number for any code.
  init(codeCount: Int) {
    self.codeCount = codeCount
    pages = Array(repeating: -1, count: codeCount >> Self.pageBits + 1)
  }

  /// The number of a code; -1 for none.
  ///
  /// - Precondition: The code is below `codeCount`; a number set is not negative.
  subscript(code: Int) -> Int32 {
    @inline(__always) get {
      if pages.isEmpty { return numbers[code] }
      let first = pages[code >> Self.pageBits]
      return first < 0 ? -1 : numbers[Int(first) + code & (1 << Self.pageBits - 1)]
    }
    set {
      if pages.isEmpty {
        numbers[code] = newValue
        return
      }
      let page = code >> Self.pageBits
      if pages[page] < 0 {
        if (numbers.count + 1 << Self.pageBits) * Self.fewest > codeCount {
          spread()
          numbers[code] = newValue
          return
        }
        pages[page] = Int32(numbers.count)
        numbers += repeatElement(-1, count: 1 << Self.pageBits)
      }
      numbers[Int(pages[page]) + code & (1 << Self.pageBits - 1)] = newValue
    }
  }

  /// Puts all numbers in one row.
  private mutating func spread() {
    var row = [Int32](repeating: -1, count: codeCount)
    for (page, first) in zip(0..., pages) where first >= 0 {
      for code in page << Self.pageBits..<min((page + 1) << Self.pageBits, codeCount) {
        row[code] = numbers[Int(first) + code - page << Self.pageBits]
      }
    }
    (pages, numbers) = ([], row)
  }
}
