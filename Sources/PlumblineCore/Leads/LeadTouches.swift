/// What leads did, each lead's in order of time.
public struct LeadTouches: Sendable {
  /// Something a lead did.
  public struct Touch: Hashable, Sendable {
    /// When; dated.
    public var time: TimePoint
    /// The type, as `LeadTouches.types` numbers it.
    public var type: Int32

    init(time: TimePoint, type: Int32) {
      self.time = time
      self.type = type
    }
  }

  /// The types of touch as words, see `WordKey`, in order of first appearance.
  public private(set) var types: [String] = []
  private var starts: [Int]
  private var touches: [Touch] = []

  /// The dated touches in a ledger that holds all leads and merges of a history.
  public init(_ ledger: Ledger, for history: CompanyHistory) {
    let count = history.leads.ids.count
    starts = Array(repeating: 0, count: count + 1)
    let table = ledger[.touch]
    guard table.rowCount > 0 else { return }
    let register = LeadRegister(ledger)
    let calendar = history.agreement.calendar
    var numberOfCode: [Int64: Int32] = [:]
    var numberOfWord: [String: Int32] = [:]
    var found: [(lead: Int32, touch: Touch)] = []
    found.reserveCapacity(table.rowCount)
    let (leads, kinds, times) = (table["lead"], table["kind"], table["at"])
    for row in 0..<table.rowCount {
      guard let lead = register.number(of: leads[row]), lead < count else { continue }
      let time = calendar.rebased(TimePoint(rawValue: times[row]))
      guard time.isDated, time.instant <= history.asOf else { continue }
      let type: Int32
      if let known = numberOfCode[kinds[row]] {
        type = known
      } else {
        let word = WordKey.of(ledger.texts[.other][UInt32(kinds[row])])
        type = numberOfWord[word] ?? Int32(types.count)
        if numberOfWord.updateValue(type, forKey: word) == nil { types.append(word) }
        numberOfCode[kinds[row]] = type
      }
      found.append((Int32(lead), Touch(time: time, type: type)))
      starts[lead + 1] += 1
    }
    for lead in 0..<count { starts[lead + 1] += starts[lead] }
    var next = starts
    touches = Array(repeating: Touch(time: .undated, type: 0), count: found.count)
    for (lead, touch) in found {
      touches[next[Int(lead)]] = touch
      next[Int(lead)] += 1
    }
    for lead in 0..<count where starts[lead + 1] - starts[lead] > 1 {
      touches[starts[lead]..<starts[lead + 1]].sort { ($0.time, $0.type) < ($1.time, $1.type) }
    }
  }

  /// Whether nobody did anything.
  public var isEmpty: Bool { touches.isEmpty }

  /// What a lead did, by time.
  public subscript(lead: Int) -> ArraySlice<Touch> { touches[starts[lead]..<starts[lead + 1]] }

  /// The number of a type of touch, or nil when no lead did such a thing.
  public func type(_ word: String) -> Int32? {
    types.firstIndex(of: WordKey.of(word)).map(Int32.init)
  }
}
