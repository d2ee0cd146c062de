#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Many outcomes that one user recorded in the same second, or minute where times say no more.
///
/// They say when somebody tidied up, and not when each thing happened.
public struct BulkRecord: Hashable, Sendable {
  /// What was recorded.
  public enum Kind: String, Sendable, CaseIterable, Codable {
    /// What sales said of leads.
    case disposition
    /// Deals won or lost.
    case deal
    /// Leads moved off the path, or on it from the hand-off on.
    case stage
  }

  /// How many records say one thing.
  public struct Value: Hashable, Sendable {
    /// What they say, as the source writes it.
    public var text: String
    /// How many say so.
    public var count: Int
  }

  /// What was recorded.
  public let kind: Kind
  /// Who recorded it: a code in the owner dictionary, 0 where nobody wrote that down.
  public let owner: UInt32
  /// When it began.
  public let start: Instant
  /// How many seconds it took: 1 or 60, or several of these in a row.
  public let seconds: Int64
  /// How many records there are.
  public let count: Int
  /// How many records of the kind the user made on all days.
  public let ofAll: Int
  /// How many in one second or minute would have been too many for chance.
  public let threshold: Int
  /// What they say, the most first.
  public let values: [Value]
  /// The leads that they are about: dense numbers, ascending.
  public let leads: [Int]
}

/// Finds records made in bulk.
///
/// As if made by hand, one by one: all records of a user's day, as if he had made them within one
/// hour, fall at random on its seconds. Where so many in one of them are less likely than 5 in 100 in
/// all of the data together, they were made in bulk.
///
/// - SeeAlso: H. Chernoff (1952), doi:10.1214/aoms/1177729330, for the bound on a Poisson tail.
struct BulkFinder {
  /// One record.
  struct Item {
    var time: Instant
    var owner: UInt32
    var lead: Int32
    /// A code that tells what is said.
    var value: UInt32
  }

  /// Nobody makes so many records by hand in a second, whatever a day is like.
  static let fewestInSecond = 5
  /// Nobody makes so many by hand in a minute: one every three seconds.
  static let fewestInMinute = 20
  /// The chance of a single false alarm in all of the data.
  static let falseAlarmChance = 0.05
  /// Times are taken to be cut to the minute, or to more, where so many look like that.
  static let cutShare = 0.9

  let kind: BulkRecord.Kind
  let calendar: LocalCalendar

  /// The least number in one slot that is too many for chance.
  ///
  /// - Parameters:
  ///   - dayCount: The user's records of the day.
  ///   - slotSeconds: The length of a slot: 1 or 60.
  ///   - slots: In how many slots there is anything at all.
  /// - Returns: The number.
  static func threshold(dayCount: Int, slotSeconds: Int64, slots: Int) -> Int {
    let mean = Double(dayCount) * Double(slotSeconds) / 3600
    var count = slotSeconds == 1 ? fewestInSecond : fewestInMinute
    func isTooLikely(_ count: Int) -> Bool {
      let count = Double(count)
      guard count > mean else { return true }
      let logBound = -mean + count * (1 + log(mean / count))
      return logBound + log(Double(max(1, slots))) > log(falseAlarmChance)
    }
    while isTooLikely(count) { count += 1 }
    return count
  }

  /// The records without those at midnight, which are days rather than times.
  func usable(_ items: [Item]) -> [Item] {
    items.filter { ($0.time.seconds + calendar.offset(at: $0.time)) % 86_400 != 0 }
  }

  /// The length of a slot: 1 or 60 seconds; nil where times are cut to the hour or the day.
  func slotSeconds(_ items: [Item]) -> Int64? {
    guard !items.isEmpty else { return nil }
    func share(_ divisor: Int64) -> Double {
      let cut = items.count { ($0.time.seconds + calendar.offset(at: $0.time)) % divisor == 0 }
      return Double(cut) / Double(items.count)
    }
    if share(3600) >= Self.cutShare { return nil }
    return share(60) >= Self.cutShare ? 60 : 1
  }

  private struct Slot: Hashable {
    var owner: UInt32
    var number: Int64
  }

  private struct Day: Hashable {
    var owner: UInt32
    var day: CivilDate
  }

  /// The records made in bulk, the most first.
  ///
  /// - Parameters:
  ///   - items: Records with exact times.
  ///   - text: What a value's code stands for.
  /// - Returns: The records, those of one user in slots that follow each other as one.
  /// - Complexity: O(items log items).
  func find(_ items: [Item], text: (UInt32) -> String) -> [BulkRecord] {
    let items = usable(items)
    guard let length = slotSeconds(items) else { return [] }
    func number(_ item: Item) -> Int64 {
      let (quotient, rest) = item.time.seconds.quotientAndRemainder(dividingBy: length)
      return rest < 0 ? quotient - 1 : quotient
    }
    let slots = Dictionary(grouping: items) { Slot(owner: $0.owner, number: number($0)) }
    let fewest = length == 1 ? Self.fewestInSecond : Self.fewestInMinute
    let large = slots.filter { $0.value.count >= fewest }
    guard !large.isEmpty else { return [] }
    var ofDay: [Day: Int] = [:]
    var ofOwner: [UInt32: Int] = [:]
    for item in items {
      ofDay[Day(owner: item.owner, day: calendar.day(of: item.time)), default: 0] += 1
      ofOwner[item.owner, default: 0] += 1
    }
    var found: [(slot: Slot, threshold: Int, items: [Item])] = []
    for (slot, items) in large {
      let day = calendar.day(of: Instant(seconds: slot.number * length))
      let least = Self.threshold(
        dayCount: ofDay[Day(owner: slot.owner, day: day)] ?? items.count,
        slotSeconds: length,
        slots: slots.count
      )
      if items.count >= least { found.append((slot, least, items)) }
    }
    found.sort { ($0.slot.owner, $0.slot.number) < ($1.slot.owner, $1.slot.number) }
    var records: [BulkRecord] = []
    var index = 0
    while index < found.count {
      var end = index + 1
      while end < found.count, found[end].slot.owner == found[index].slot.owner,
        found[end].slot.number == found[end - 1].slot.number + 1
      {
        end += 1
      }
      let run = found[index..<end]
      records.append(record(run, length, ofAll: ofOwner[found[index].slot.owner] ?? 0, text))
      index = end
    }
    return records.sorted { left, right in
      left.count != right.count
        ? left.count > right.count : (left.start, left.owner) < (right.start, right.owner)
    }
  }

  private func record(
    _ run: ArraySlice<(slot: Slot, threshold: Int, items: [Item])>,
    _ length: Int64,
    ofAll: Int,
    _ text: (UInt32) -> String
  ) -> BulkRecord {
    let items = run.flatMap(\.items)
    let values = Dictionary(grouping: items) { text($0.value) }
      .map { BulkRecord.Value(text: $0.key, count: $0.value.count) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.text < $1.text }
    return BulkRecord(
      kind: kind,
      owner: run.first?.slot.owner ?? 0,
      start: Instant(seconds: (run.first?.slot.number ?? 0) * length),
      seconds: Int64(run.count) * length,
      count: items.count,
      ofAll: ofAll,
      threshold: run.map(\.threshold).max() ?? 0,
      values: values,
      leads: Set(items.map { Int($0.lead) }).sorted()
    )
  }
}
