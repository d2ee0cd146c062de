/// The stretch of a long list that one JSON answer holds.
public struct ListWindow: Sendable {
  /// So many are given when nobody says how many.
  public static let usual = 100
  /// More are never given at once.
  public static let most = 1000

  /// How many of the list come before it.
  public let offset: Int
  /// At most so many are in it.
  public let limit: Int
  private let address: @Sendable (Int) -> String

  /// A stretch.
  ///
  /// - Parameters:
  ///   - offset: How many of the list come before it; negative ones count as none.
  ///   - limit: How many are wanted, from 1 to `most`; any other number as the nearest of these.
  ///   - address: Where the stretch is that begins after so many.
  public init(offset: Int, limit: Int, address: @escaping @Sendable (Int) -> String) {
    self.offset = max(0, offset)
    self.limit = min(max(1, limit), Self.most)
    self.address = address
  }

  /// The places of a list that are in it; none where the list ends before.
  func range(of count: Int) -> Range<Int> {
    let first = min(offset, count)
    return first..<(count - first > limit ? first + limit : count)
  }

  /// Where the next stretch is; nil after the last.
  func next(of count: Int) -> String? {
    let end = range(of: count).upperBound
    return end < count && offset < count ? address(end) : nil
  }
}
