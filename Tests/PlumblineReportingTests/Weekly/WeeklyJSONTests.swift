import Foundation
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct WeeklyJSONTests {
  private func text(_ sample: WeeklySample) throws -> String {
    let (answer, agreement) = try sample.answer()
    return try WeeklyJSON(answer, under: agreement).text()
  }

  @Test(arguments: [WeeklySample.empty, .oneLead])
  func `whole JSON`(sample: WeeklySample) throws {
    expectGolden(try text(sample), suite: "WeeklyJSON", sample.rawValue)
  }

  @Test(arguments: WeeklySample.allCases)
  func `reads back as it was written`(sample: WeeklySample) throws {
    let (answer, agreement) = try sample.answer()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let wire = WeeklyWire(answer, agreement)
    let read = try decoder.decode(WeeklyWire.self, from: Data(try JSONText.text(wire).utf8))
    #expect(read == wire)
  }

  @Test(arguments: WeeklySample.allCases)
  func `adds up, each line with its leads`(sample: WeeklySample) throws {
    let (answer, agreement) = try sample.answer()
    let wire = WeeklyWire(answer, agreement)
    #expect(wire.loop.lines.reduce(0) { $0 + $1.leads.count } == wire.loop.handedOver)
    #expect(wire.loop.lines.reduce(0) { $0 + $1.carriedOver.count } == wire.loop.carriedOver)
    for promise in wire.promises {
      #expect(promise.keptLeads.count == promise.kept)
      #expect(promise.unknownLeads.count == promise.unknown)
      #expect(promise.missedLeads.count == promise.base - promise.kept - promise.unknown)
    }
    for change in wire.changes.counts { #expect(change.leads.count == change.count) }
    for point in wire.agenda.points where !point.owners.isEmpty {
      #expect(point.owners.reduce(0) { $0 + $1.leads } == point.leads.count)
    }
  }

  @Test func `every key is explained, and none that is not there`() throws {
    try DocumentedKeys(section: "weekly").check(try WeeklySample.allCases.map { try text($0) })
  }
}
