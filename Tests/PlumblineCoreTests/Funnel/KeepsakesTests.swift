import PlumblineTestSupport
import Synchronization
import Testing

@testable import PlumblineCore

@Suite struct `What is kept between questions` {
  private static let source = EmbeddedCells(
    CompanyHistory(FactBuilder().ledger(), under: Agreement(), asOf: Instant(seconds: 0))
  )

  private struct Trouble: Error {}

  @Test func `is made once for the same options, and anew for others`() {
    let made = Mutex(0)
    let source = EmbeddedCells(Self.source.history)
    func ask(_ options: some Hashable & Sendable) -> Int {
      source.kept(by: options) {
        made.withLock {
          $0 += 1; return $0
        }
      }
    }
    #expect(ask("a") == 1)
    #expect(ask("b") == 2)
    #expect(ask("a") == 1)
    #expect(ask(Int?.none) == 3)
    #expect(ask(Int?.none) == 3)
    #expect(made.withLock { $0 } == 3)
  }

  @Test func `of another kind is another thing`() {
    let source = EmbeddedCells(Self.source.history)
    #expect(source.kept(by: 1) { "text" } == "text")
    #expect(source.kept(by: 1) { 5 } == 5)
    #expect(source.kept(by: 1) { "other" } == "text")
  }

  @Test func `that is nothing is kept too, and is not what was never made`() {
    let source = EmbeddedCells(Self.source.history)
    let present: Int? = source.kept(by: 1) { 2 }
    #expect(present == 2)
    let first: Int? = source.kept(by: 2) { nil }
    let second: Int? = source.kept(by: 2) { 3 }
    #expect(first == nil && second == nil)
  }

  @Test func `is tried again after it failed`() throws {
    let source = EmbeddedCells(Self.source.history)
    #expect(throws: Trouble.self) { try source.kept(by: 1) { () throws -> Int in throw Trouble() } }
    #expect(source.kept(by: 1) { 7 } == 7)
  }

  @Test func `is shared by all views, and by no other reading`() {
    let source = EmbeddedCells(Self.source.history)
    #expect(source.kept(by: 1) { 1 } == 1)
    #expect(
      source.viewing(source.history.hidingOwners(as: OwnerPseudonyms([]))).kept(by: 1) { 2 } == 1
    )
    #expect(EmbeddedCells(source.history).kept(by: 1) { 3 } == 3)
  }

  @Test func `gives way to what is asked for later`() {
    let source = EmbeddedCells(Self.source.history)
    for option in 0...Keepsakes.most { _ = source.kept(by: option) { option } }
    #expect(source.kept(by: Keepsakes.most) { -1 } == Keepsakes.most)
    #expect(source.kept(by: 0) { -1 } == -1)
  }
}
