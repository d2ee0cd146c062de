import PlumblineStatistics

/// Looks for words given on many leads within one minute that nobody had tried to reach, an owner's
/// against everybody else's.
///
/// Weeks are counted, not words: a list that somebody cleans up is one act, however long it is.
struct DispositionDetector {
  /// An owner with fewer words is not judged.
  static let fewestWords = 20
  /// So many words of an owner on untouched leads within one minute were given in bulk.
  static let fewestInMinute = 5
  /// How many times others' odds are nothing to talk about.
  static let margin = 4.0

  private let calendar: LocalCalendar
  private let words: [GamingRecords.Edit]

  init(_ records: GamingRecords) {
    calendar = records.calendar
    words = records.edits.filter { $0.kind == .disposition && $0.isUntouched != nil }
  }

  private func day(_ number: Int) -> Int {
    calendar.day(of: words[number].time.instant).dayNumber
  }

  /// In how many weeks some words were given.
  private func weeks(_ numbers: [Int]) -> Int { SeparateActs.weeks(numbers, day: day) }

  func tests() -> GamingTests {
    guard words.contains(where: { $0.isUntouched == false }) else {
      // Where nobody is ever touched, no touches are on record.
      return GamingTests(standing: .notRecorded)
    }
    struct Minute: Hashable {
      var owner: UInt32
      var minute: Int64
    }
    func minute(_ word: GamingRecords.Edit) -> Minute? {
      guard word.time.isDated, word.time.precision == .exact else { return nil }
      return Minute(
        owner: word.owner,
        minute: word.time.instant.seconds.flooredDivision(by: 60)
      )
    }
    var together: [Minute: Int] = [:]
    for word in words where word.isUntouched == true {
      if let key = minute(word) { together[key, default: 0] += 1 }
    }
    let isFound = words.map { word in
      word.isUntouched == true
        && (minute(word).map { together[$0, default: 0] >= Self.fewestInMinute } ?? false)
    }
    let ofOwner = Dictionary(grouping: words.indices.filter { words[$0].owner != 0 }) {
      words[$0].owner
    }
    let found = isFound.count { $0 }
    let owners = ofOwner.keys.sorted()
    let tests = owners.compactMap { owner -> GamingTest? in
      let own = ofOwner[owner] ?? []
      let others = words.count - own.count
      guard own.count >= Self.fewestWords, others >= Self.fewestWords else { return nil }
      let ownFound = own.filter { isFound[$0] }
      let othersFound = found - ownFound.count
      let acts = ownFound.count - SeparateActs.repeatedInWeek(ownFound, day: day).count
      let weeks = weeks(own)
      let (othersActs, othersWeeks) = owners.reduce(into: (0, 0)) { sums, other in
        guard other != owner else { return }
        let numbers = ofOwner[other] ?? []
        sums.0 += self.weeks(numbers.filter { isFound[$0] })
        sums.1 += self.weeks(numbers)
      }
      return GamingTest(
        sign: .untouchedInBulk,
        kind: .disposition,
        owner: owner,
        pValue: OddsMarginTest.pValue(
          (acts, weeks),
          (othersActs, othersWeeks),
          margin: Self.margin
        ),
        observed: ownFound.count,
        of: own.count,
        expected: Double(othersFound) / Double(others) * Double(own.count),
        evidence: {
          ownFound.map { GamingFinding.Evidence(lead: words[$0].lead, time: words[$0].time) }
        }
      )
    }
    guard !tests.isEmpty else {
      return GamingTests(
        standing: .notEnoughData(
          have: ofOwner.values.map(\.count).max() ?? 0,
          need: Self.fewestWords
        )
      )
    }
    return GamingTests(standing: .judged(tests: tests.count), tests: tests)
  }
}
