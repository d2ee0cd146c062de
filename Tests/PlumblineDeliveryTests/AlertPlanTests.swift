import PlumblineCore
import Testing

@testable import PlumblineDelivery

struct AlertPlanTests {
  private typealias Samples = AlertSamples

  private func plan(
    _ steps: [SLAStep],
    _ settings: AlertSettings,
    _ records: [AlertRecord] = [],
    now: Instant = Samples.now
  ) -> AlertPlan {
    AlertPlan(steps, settings: settings, records: records, now: now, clock: Samples.clock)
  }

  private let file = AlertSettings(destinations: [AlertSamples.destination()])

  private func mail(
    owners: [String: MailAddress] = [:],
    to: [MailAddress] = []
  ) throws
    -> AlertDestination
  {
    AlertDestination(
      name: "mail",
      way: .mail(
        MailSettings(
          host: "localhost",
          from: try MailAddress("plumbline@example.com"),
          to: to,
          ownerAddresses: owners
        )
      )
    )
  }

  @Test func `no steps, nothing to send`() {
    let plan = plan([], file)
    #expect(plan.parcels.isEmpty && plan.held.isEmpty && plan.unwanted.isEmpty)
    #expect(plan.stepCount == 0)
  }

  @Test func `no destination, every step unwanted`() {
    #expect(plan([Samples.step("1")], AlertSettings(destinations: [])).unwanted.count == 1)
  }

  @Test func `a step that is there twice goes out once`() {
    let plan = plan([Samples.step("1"), Samples.step("1")], file)
    #expect(plan.parcels.map(\.steps.count) == [1])
    #expect(plan.stepCount == 1)
  }

  @Test(
    arguments: [
      (AlertRecord.State.delivered, AlertReport.Held.told), (.claimed, .inProgress),
      (.unknown, .unknown),
    ] as [(AlertRecord.State, AlertReport.Held)]
  )
  func `what was told, or may have been, is not sent`(
    state: AlertRecord.State,
    reason: AlertReport.Held
  ) {
    let step = Samples.step("1")
    let plan = plan([step], file, [Samples.record(step, state)])
    #expect(plan.parcels.isEmpty)
    #expect(plan.held.map(\.reason) == [reason])
  }

  @Test func `a failure is tried again at its time, not a second before`() {
    let step = Samples.step("1")
    for (wait, isSent) in [(Int64(1), false), (0, true), (-1, true)] {
      let retryAt = Samples.now.advanced(bySeconds: wait)
      let plan = plan([step], file, [Samples.record(step, .failed, retryAt: retryAt)])
      #expect(plan.parcels.isEmpty == !isSent)
      #expect(plan.held.map(\.reason) == (isSent ? [] : [.backOff(until: retryAt)]))
    }
  }

  @Test func `what was told to one destination is still told to another`() {
    let step = Samples.step("1")
    let settings = AlertSettings(destinations: [
      Samples.destination("file"), Samples.destination("other"),
    ])
    let plan = plan([step], settings, [Samples.record(step, .delivered)])
    #expect(plan.parcels.map(\.destination.name) == ["other"])
    #expect(plan.held.map(\.destination) == ["file"])
  }

  @Test func `a step is too old after the days, not at them, and never once released`() {
    let week: Int64 = 7 * 86_400
    let (old, older) = (Samples.step("1", late: week), Samples.step("2", late: week + 1))
    let fresh = plan([old, older], file)
    #expect(fresh.parcels.flatMap(\.steps) == [old])
    #expect(fresh.held.map(\.reason) == [.tooOld])
    let released = plan([older], file, [Samples.record(older, .released)])
    #expect(released.parcels.flatMap(\.steps) == [older])
  }

  @Test(
    arguments: [(0, true), (7 * 86_400, true), (7 * 86_400 + 1, false)] as [(Int64, Bool)]
  )
  func `an escalation is as old as itself, not as its deadline`(since: Int64, isSent: Bool) {
    let step = Samples.step("1", .escalated, late: 40 * 86_400, since: since)
    let plan = plan([step], file)
    #expect(plan.parcels.isEmpty != isSent)
    #expect(plan.held.map(\.reason) == (isSent ? [] : [.tooOld]))
  }

  // MARK: Room

  private func parts(_ count: Int, most: Int) -> AlertPlan {
    AlertPlan(
      (0..<count).map { Samples.step("\($0)", late: Int64(10_000 - $0)) },
      settings: file,
      records: [],
      now: Samples.now,
      clock: Samples.clock
    ) { _ in most }
  }

  @Test(
    arguments: [
      (0, 3, [], []), (1, 3, [1], [0]), (3, 3, [3], [0]), (4, 3, [3, 1], [1, 0]),
      (5, 0, [1, 1, 1, 1, 1], [4, 3, 2, 1, 0]),
    ] as [(Int, Int, [Int], [Int])]
  )
  func `every step is in a message that lists it`(
    count: Int,
    most: Int,
    sizes: [Int],
    following: [Int]
  ) {
    let plan = parts(count, most: most)
    #expect(plan.parcels.map(\.steps.count) == sizes)
    #expect(plan.parcels.map(\.following) == following)
    #expect(plan.parcels.flatMap(\.steps).map(\.lead) == (0..<count).map { "\($0)" })
    #expect(plan.held.isEmpty)
  }

  @Test func `what ten messages do not list waits for the next run`() {
    let plan = parts(32, most: 3)
    #expect(plan.parcels.map(\.steps.count) == [Int](repeating: 3, count: 10))
    #expect(plan.parcels.last?.following == 2)
    #expect(plan.held.map(\.reason) == [.nextRun, .nextRun])
    #expect(plan.held.map(\.step.lead) == ["30", "31"])
  }

  @Test func `filters by step, promise and owner`() {
    var destination = Samples.destination()
    destination.steps = [.escalated]
    destination.promises = [.stale]
    destination.owners = ["ann-lee"]
    let wanted = Samples.step("1", .escalated, promise: .stale)
    let plan = plan(
      [
        wanted, Samples.step("2", .breached, promise: .stale), Samples.step("3", .escalated),
        Samples.step("4", .escalated, owner: "Bo", promise: .stale),
        Samples.step("5", .escalated, owner: "", promise: .stale),
      ],
      AlertSettings(destinations: [destination])
    )
    #expect(plan.parcels.flatMap(\.steps) == [wanted])
    #expect(plan.unwanted.map(\.lead).sorted() == ["2", "3", "4", "5"])
  }

  @Test func `an owner's steps go to the owner, the others to everybody else's address`() throws {
    let (ann, head) = (
      try MailAddress("ann@example.com"), try MailAddress("head@example.com")
    )
    let steps = [Samples.step("1"), Samples.step("2", owner: "Bo"), Samples.step("3", owner: "")]
    let plan = plan(
      steps,
      AlertSettings(destinations: [try mail(owners: ["ANN lee": ann], to: [head])])
    )
    #expect(plan.parcels.map(\.recipients) == [[ann], [head]])
    #expect(plan.parcels.map { $0.steps.map(\.lead).sorted() } == [["1"], ["2", "3"]])
    let alone = self.plan(
      steps,
      AlertSettings(destinations: [try mail(owners: ["Ann Lee": ann])])
    )
    #expect(alone.parcels.map(\.recipients) == [[ann]])
    #expect(alone.held.map(\.reason) == [.noRecipient, .noRecipient])
  }

  @Test(
    arguments: [
      // Wednesday 10:00, the last second, the end, and Friday 20:00; hours are 09:00 to 17:00.
      (0, 0), (25_199, 25_199), (25_200, 82_800), (208_800, 428_400),
    ] as [(Int64, Int64)]
  )
  func `waits for working time where people are disturbed`(after: Int64, opening: Int64) throws {
    let now = Samples.now.advanced(bySeconds: after)
    let settings = AlertSettings(
      destinations: [Samples.destination(), try mail(to: [MailAddress("head@example.com")])],
      waitsForWorkingTime: true
    )
    let plan = plan([Samples.step("1")], settings, now: now)
    let isOpen = opening == after
    #expect(plan.parcels.map(\.destination.name) == (isOpen ? ["file", "mail"] : ["file"]))
    let until = Samples.now.advanced(bySeconds: opening)
    #expect(plan.held.map(\.reason) == (isOpen ? [] : [.outOfHours(until: until)]))
  }

  @Test func `nothing waits where nobody ever works`() throws {
    let settings = AlertSettings(
      destinations: [try mail(to: [MailAddress("head@example.com")])],
      waitsForWorkingTime: true
    )
    let plan = AlertPlan(
      [Samples.step("1")],
      settings: settings,
      records: [],
      now: Samples.now,
      clock: BusinessClock(WorkingTime(weekdays: [], shifts: []), calendar: .utc)
    )
    #expect(plan.parcels.count == 1)
  }
}
