import PlumblineCore
import PlumblineTestSupport
import Testing

struct CurrencyTableTests {
  private func day(_ number: Double) -> Instant { FactBuilder.time(number).instant }

  private var table: CurrencyTable {
    var table = CurrencyTable()
    table.add(from: "EUR", into: "USD", day: day(10), millionths: 1_200_000)
    table.add(from: "EUR", into: "USD", day: day(5), millionths: 1_100_000)
    table.add(from: "USD", into: "JPY", day: day(5), millionths: 150_000_000)
    table.sort()
    return table
  }

  @Test func `the same currency needs no rate`() {
    #expect(CurrencyTable().convert(minorUnits: -7, from: "EUR", into: "EUR", on: day(1)) == -7)
  }

  @Test func `no rate yet is no amount, never one to one and never zero`() {
    #expect(table.convert(minorUnits: 100, from: "EUR", into: "USD", on: day(4)) == nil)
    #expect(table.convert(minorUnits: 100, from: "GBP", into: "USD", on: day(9)) == nil)
  }

  @Test func `the newest rate not after the day counts, in either direction`() {
    #expect(table.convert(minorUnits: 1000, from: "EUR", into: "USD", on: day(5)) == 1100)
    #expect(table.convert(minorUnits: 1000, from: "EUR", into: "USD", on: day(99)) == 1200)
    #expect(table.convert(minorUnits: 1200, from: "USD", into: "EUR", on: day(10)) == 1000)
  }

  @Test func `minor units differ between currencies`() {
    // 2.00 dollars are 300 yen, which have no cents.
    #expect(table.convert(minorUnits: 200, from: "USD", into: "JPY", on: day(6)) == 300)
    #expect(table.convert(minorUnits: 300, from: "JPY", into: "USD", on: day(6)) == 200)
  }

  @Test func `an amount too large to add up has no value`() {
    let large: Int64 = 900_000_000_000_000
    #expect(table.convert(minorUnits: large, from: "EUR", into: "USD", on: day(99)) == nil)
  }
}
