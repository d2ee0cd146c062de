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
  private var numberOfCode: [Int32]

  /// How many leads there are after merges.
  public var count: Int { idCodes.count }

  /// The leads of a ledger.
  ///
  /// - Complexity: O(leads + merges).
  public init(_ ledger: Ledger) {
    let codeCount = ledger.texts[.lead].count
    numberOfCode = Array(repeating: -1, count: codeCount)
    var survivor = Array(0..<codeCount)
    let merges = ledger[.merge]
    let (from, into, reason) = (merges["from"], merges["into"], merges["reason"])
    let alias = ledger.texts[.other].code(of: LeadRegister.aliasReason).map(Int64.init)
    for row in 0..<merges.rowCount where reason[row] != alias {
      let (loser, winner) = (
        Self.root(&survivor, Int(from[row])), Self.root(&survivor, Int(into[row]))
      )
      if loser != winner {
        survivor[loser] = winner
        mergeCount += 1
      }
    }
    for code in ledger[.lead]["id"] {
      let root = Self.root(&survivor, Int(code))
      if numberOfCode[root] < 0 {
        numberOfCode[root] = Int32(idCodes.count)
        idCodes.append(UInt32(root))
      }
      numberOfCode[Int(code)] = numberOfCode[root]
    }
    for code in survivor.indices where numberOfCode[code] < 0 {
      let root = Self.root(&survivor, code)
      if root != code { numberOfCode[code] = numberOfCode[root] }
    }
    for row in 0..<merges.rowCount where reason[row] == alias {
      let owner = numberOfCode[Self.root(&survivor, Int(into[row]))]
      let code = Int(from[row])
      if numberOfCode[code] < 0 {
        numberOfCode[code] = owner
      } else if numberOfCode[code] != owner {
        sharedAliasCount += 1
      }
    }
  }

  /// The reason that a merge fact carries when it only says that a lead has another id.
  public static let aliasReason = "also_known_as"

  /// The dense number of the lead that a fact names, or nil when no lead has that id.
  public func number(of code: Int64) -> Int? {
    let number = numberOfCode[Int(code)]
    return number < 0 ? nil : Int(number)
  }

  /// The codes of all ids under which facts name a lead, ascending.
  ///
  /// - Complexity: O(ids).
  public func codes(of number: Int) -> [UInt32] {
    numberOfCode.indices.filter { numberOfCode[$0] == Int32(number) }.map(UInt32.init)
  }

  private static func root(_ survivor: inout [Int], _ code: Int) -> Int {
    var code = code
    while survivor[code] != code {
      survivor[code] = survivor[survivor[code]]
      code = survivor[code]
    }
    return code
  }
}
