/// A number for each code that has one; room is taken in pages, so that a few high codes need none
/// for all codes below them.
struct CodeMap: Sendable {
  private static let pageBits: Int64 = 10
  private static let none: Int32 = -1

  /// For each page of codes, where its numbers begin, in pages; -1 where there are none.
  private var pages: [Int32] = []
  private var numbers: [Int32] = []

  /// The number of a code.
  ///
  /// - Precondition: The code and the number are not negative.
  subscript(code: Int64) -> Int32? {
    @inline(__always) get {
      let page = Int(code >> Self.pageBits)
      guard page < pages.count, pages[page] >= 0 else { return nil }
      let number = numbers[place(code, page)]
      return number == Self.none ? nil : number
    }
    set {
      let page = Int(code >> Self.pageBits)
      if page >= pages.count {
        pages += Array(repeating: Self.none, count: page + 1 - pages.count)
      }
      if pages[page] < 0 {
        pages[page] = Int32(numbers.count >> Int(Self.pageBits))
        numbers += Array(repeating: Self.none, count: 1 << Int(Self.pageBits))
      }
      numbers[place(code, page)] = newValue ?? Self.none
    }
  }

  @inline(__always)
  private func place(_ code: Int64, _ page: Int) -> Int {
    Int(pages[page]) << Int(Self.pageBits) | Int(code & (1 << Self.pageBits - 1))
  }
}
