import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct ClosedLoopTests {
  private let tuesday = LoopCompany.monday + 1.5

  private func fate(_ company: LoopCompany, of id: String = "L") throws -> ClosedLoop.Entry? {
    try company.answer().loop.entries.first { $0.id == id }
  }

  @Test func `has no lines without leads`() throws {
    let loop = try LoopCompany().answer().loop
    #expect(loop.entries.isEmpty && loop.lines.isEmpty && loop.undatedCount == 0)
  }

  @Test(
    arguments: [
      (nil, .neverTouched), (0.0, .openInTime), (1, .openInTime), (1.01, .openDoneLate),
      (8, .openDoneLate),
    ] as [(Double?, ClosedLoop.Fate)]
  )
  func `tells waiting leads apart by their first touch`(
    touched: Double?,
    wanted: ClosedLoop.Fate
  ) throws {
    var company = LoopCompany()
    company.lead("L", day: tuesday, touched: touched)
    #expect(try fate(company)?.fate == wanted)
  }

  @Test(arguments: [(1.0, 1.5), (1.5, 1.0), (0.1, 5.0)])
  func `is past the promise only while something is overdue`(touched: Double, said: Double) throws {
    var company = LoopCompany()
    company.agreement.salesSLA?.disposition = SalesSLA.Span(
      seconds: 2 * 86_400,
      isWorkingTime: false
    )
    company.say("old", "accepted", day: 19_802)
    company.lead("L", day: tuesday, touched: touched)
    #expect(try fate(company)?.fate == .openPastPromise)
    company.say("L", "accepted", day: tuesday + said)
    #expect(try fate(company)?.fate == .accepted)
  }

  @Test func `is in time while there is time`() throws {
    var company = LoopCompany()
    company.lead("L", day: LoopCompany.monday + 6.9)
    let loop = try company.answer("2024-W39", asOfDay: LoopCompany.monday + 7.5).loop
    #expect(loop.entries.map(\.fate) == [.openInTime])
  }

  @Test func `follows a lead to the stage where it stands, or to the end`() throws {
    var company = LoopCompany()
    for id in ["B", "W", "D", "R", "X", "O"] { company.lead(id, day: tuesday, touched: 0.1) }
    company.facts.stage("B", "meeting_booked", day: tuesday + 1)
    company.win("W", day: tuesday + 4)
    company.leave("D", "disqualified", day: tuesday + 1, reason: "Too small")
    company.leave("R", "recycled", day: tuesday + 1, reason: "Bad timing")
    company.leave("X", "disqualified", day: tuesday + 1)
    company.facts.add(
      .deal,
      [
        "id": .text("d-O"), "lead": .text("O"), "outcome": .text("lost"),
        "created": .time(FactBuilder.time(tuesday + 1)),
        "closed": .time(FactBuilder.time(tuesday + 2)), "reason": .text("Price"),
      ]
    )
    let entries = try company.answer().loop.entries
    let found = Dictionary(uniqueKeysWithValues: entries.map { ($0.id, $0) })
    #expect(found["B"]?.fate == .reached(stage: 3))
    #expect(found["W"]?.fate == .won)
    #expect(found["D"]?.fate == .rejected && found["D"]?.reason == "Too small")
    #expect(found["R"]?.fate == .recycled && found["R"]?.reason == "Bad timing")
    #expect(found["X"]?.fate == .rejected && found["X"]?.reason == nil)
    #expect(found["O"]?.fate == .lost && found["O"]?.reason == "Price")
  }

  @Test(
    arguments: [
      ("accepted", .accepted, nil), ("no_fit", .rejected, "no_fit"),
      ("not_now", .recycled, "not_now"),
      // What the CRM fills in by itself, and a word that nobody agreed on, say nothing.
      ("auto", .openInTime, nil), ("whatever", .openInTime, nil),
    ] as [(String, ClosedLoop.Fate, String?)]
  )
  func `takes the word of sales`(word: String, wanted: ClosedLoop.Fate, reason: String?) throws {
    var company = LoopCompany()
    company.lead("L", day: tuesday, touched: 0.1)
    company.say("L", word, day: tuesday + 1)
    let entry = try #require(try fate(company))
    #expect(entry.fate == wanted && entry.reason == reason)
  }

  @Test func `believes what happened later rather than an older word`() throws {
    var company = LoopCompany()
    company.lead("L", day: tuesday, touched: 0.1)
    company.say("L", "no_fit", day: tuesday + 1)
    company.facts.stage("L", "meeting_booked", day: tuesday + 2)
    #expect(try fate(company)?.fate == .reached(stage: 3))
  }

  @Test(
    arguments: [
      (LoopCompany.monday, 1, 0), (LoopCompany.monday + 6.9999, 1, 0),
      (LoopCompany.monday + 7, 0, 0), (LoopCompany.monday - 0.0001, 0, 1),
    ]
  )
  func `counts from the first second of the week to the last`(
    day: Double,
    fresh: Int,
    carried: Int
  ) throws {
    var company = LoopCompany()
    company.lead("L", day: day)
    let loop = try company.answer().loop
    #expect(loop.handedOverCount == fresh && loop.carriedOverCount == carried)
  }

  @Test func `carries over what was still open when the week began, and nothing else`() throws {
    var company = LoopCompany()
    let before = LoopCompany.monday - 9
    for id in ["open", "left", "leftLater", "said", "won", "wonLater"] {
      company.lead(id, day: before, touched: 0.1)
    }
    company.leave("left", "recycled", day: before + 1)
    company.leave("leftLater", "recycled", day: LoopCompany.monday)
    company.say("said", "no_need", day: before + 2)
    company.win("won", day: before + 5)
    company.win("wonLater", day: LoopCompany.monday + 8)
    company.lead("undated", day: nil)
    let loop = try company.answer().loop
    #expect(loop.entries.map(\.id).sorted() == ["leftLater", "open", "wonLater"])
    #expect(loop.carriedOverCount == 3 && loop.handedOverCount == 0)
    #expect(loop.undatedCount == 1)
  }

  @Test func `counts a lead that came back and was handed over again as its own`() throws {
    var company = LoopCompany()
    company.lead("L", day: LoopCompany.monday + 0.5, touched: 0.1)
    company.leave("L", "recycled", day: LoopCompany.monday + 1)
    company.facts.stage("L", "lead", day: LoopCompany.monday + 3)
    company.facts.stage("L", "sql", day: LoopCompany.monday + 4)
    let loop = try company.answer().loop
    #expect(loop.entries.map(\.attempt) == [1, 2])
    #expect(loop.entries.map(\.fate) == [.recycled, .neverTouched])
  }

  @Test func `says nothing of follow-up that is not agreed`() throws {
    var company = LoopCompany()
    company.agreement.salesSLA = nil
    company.lead("L", day: tuesday)
    #expect(try fate(company)?.fate == .openUnjudged)
  }

  @Test(arguments: [(10, false), (9, true)])
  func `marks what has stood for longer than agreed`(days: Int, isStale: Bool) throws {
    var company = LoopCompany()
    company.agreement.path[2].staleAfterDays = days
    company.lead("L", day: tuesday, touched: 0.1)
    let entry = try #require(try fate(company))
    #expect(entry.isStale == isStale)
    #expect(entry.fate == (isStale ? .openPastPromise : .openInTime))
  }

  @Test func `adds up whatever happens`() throws {
    var generator = SeededGenerator(seed: 5)
    var company = LoopCompany()
    var wanted = 0
    for number in 0..<300 {
      let id = "L\(number)"
      let day = LoopCompany.monday - 20 + Double.random(in: 0..<30, using: &generator)
      let isFresh = (LoopCompany.monday..<LoopCompany.monday + 7).contains(day)
      if isFresh { wanted += 1 }
      company.lead(id, day: day, touched: Double.random(in: 0..<3, using: &generator))
      let later = day + Double.random(in: 0..<10, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: company.leave(id, "recycled", day: later, reason: "r\(number % 3)")
      case 1: company.say(id, "no_fit", day: later)
      case 2: company.win(id, day: later)
      case 3: company.facts.stage(id, "meeting_booked", day: later)
      default: break
      }
    }
    let loop = try company.answer().loop
    #expect(loop.handedOverCount == wanted)
    #expect(loop.lines.reduce(0) { $0 + $1.leads.count } == loop.handedOverCount)
    #expect(loop.lines.reduce(0) { $0 + $1.carriedOver.count } == loop.carriedOverCount)
    #expect(loop.handedOverCount + loop.carriedOverCount == loop.entries.count)
  }
}
