import Foundation
import PlumblineCore
import PlumblineStorage
import Testing

@testable import PlumblineDelivery

/// The whole way: settings, log in SQLite, messages, a file as destination; and kills at every
/// point of it.
struct AlertDeliveryTests {
  private typealias Samples = AlertSamples

  /// A carrier that answers as it is told and counts what it took.
  private final class Taker: AlertCarrier {
    var answers: [CarryResult]
    var taken: [String] = []
    init(_ answers: [CarryResult]) { self.answers = answers }

    func carry(_ message: [UInt8], to recipients: [MailAddress]) -> CarryResult {
      let answer = answers.isEmpty ? .taken : answers.removeFirst()
      if answer == .taken { taken.append(String(decoding: message, as: UTF8.self)) }
      return answer
    }
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = try TestServer.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func log(_ folder: URL) throws -> SQLiteAlertLog {
    try SQLiteAlertLog(path: folder.appending(path: "plumbline.alerts.sqlite").path)
  }

  private func delivery(_ log: any AlertLog, _ carrier: any AlertCarrier) -> AlertDelivery {
    AlertDelivery(
      settings: AlertSettings(destinations: [Samples.destination()]),
      log: log,
      writer: Samples.writer
    ) { (_) throws(InputError) in carrier }
  }

  private func run(
    _ steps: [SLAStep],
    _ log: any AlertLog,
    _ carrier: any AlertCarrier,
    after seconds: Int64 = 0,
    name: String
  ) throws -> AlertReport {
    try delivery(log, carrier).run(
      steps,
      at: Samples.now.advanced(bySeconds: seconds),
      clock: Samples.clock,
      run: name
    )
  }

  @Test func `tells each step once, also after a restart`() throws {
    try withFolder { folder in
      let taker = Taker([])
      let first = [Samples.step("1"), Samples.step("2")]
      var report = try run(first, log(folder), taker, name: "a")
      #expect(report.messages.map(\.outcome) == [.delivered])
      #expect(report.messages.map(\.steps.count) == [2])
      report = try run(first + [Samples.step("3")], log(folder), taker, name: "b")
      #expect(report.messages.flatMap(\.steps).map(\.lead) == ["3"])
      #expect(report.held.map(\.reason) == [.told, .told])
      #expect(taker.taken.count == 2)
      #expect(taker.taken.last?.split(separator: "\n").count == 1)
      #expect(try log(folder).records().allSatisfy { $0.state == .delivered })
    }
  }

  @Test func `a rehearsal sends nothing and notes nothing`() throws {
    try withFolder { folder in
      let taker = Taker([])
      let log = try log(folder)
      let report = try delivery(log, taker).rehearse(
        [Samples.step("1")],
        at: Samples.now,
        clock: Samples.clock
      )
      #expect(report.messages.map(\.outcome) == [nil])
      #expect(taker.taken.isEmpty)
      #expect(try log.records().isEmpty)
    }
  }

  @Test func `a late escalation is told once, however daily the runs`() throws {
    try withFolder { folder in
      let taker = Taker([])
      let log = try log(folder)
      let day: Int64 = 86_400
      for run in 0..<60 {
        // Missed 20 days before the first run, escalated 30 days after the deadline.
        let isEscalated = run >= 10
        let step = Samples.step(
          "1",
          isEscalated ? .escalated : .breached,
          late: 20 * day,
          since: isEscalated ? -10 * day : nil
        )
        _ = try self.run([step], log, taker, after: Int64(run) * day, name: "\(run)")
      }
      #expect(try log.records().map(\.step) == [.escalated])
      #expect(taker.taken.count == 1)
    }
  }

  // MARK: More steps than a message lists

  private func chat(_ log: any AlertLog, _ carrier: any AlertCarrier) -> AlertDelivery {
    let chat = AlertDestination(
      name: "chat",
      way: .webhook(WebhookSettings(url: .environment("ADDRESS")))
    )
    return AlertDelivery(
      settings: AlertSettings(destinations: [chat]),
      log: log,
      writer: Samples.writer
    ) { (_) throws(InputError) in carrier }
  }

  private func named(_ lead: String, in messages: [String]) -> Int {
    messages.count { $0.contains(" of lead \(lead), ") }
  }

  @Test func `whatever the log calls delivered was named in a message, once`() throws {
    try withFolder { folder in
      let taker = Taker([])
      let log = try log(folder)
      let steps = (0..<200).map { Samples.step("L\($0)", late: Int64(10_000 - $0)) }
      var report = AlertReport(asOf: Samples.now, isRehearsal: true)
      for (run, count) in [(0, 150), (1, 50), (2, 0)] {
        report = try chat(log, taker).run(
          steps,
          at: Samples.now.advanced(bySeconds: Int64(run) * 300),
          clock: Samples.clock,
          run: "\(run)"
        )
        #expect(report.messages.reduce(0) { $0 + $1.steps.count } == count)
        let later = report.held.count { $0.reason == .nextRun }
        #expect(later == (run == 0 ? 50 : 0))
        let told = try log.records().filter { $0.state == .delivered }
        #expect(told.allSatisfy { named($0.lead, in: taker.taken) == 1 })
      }
      #expect(taker.taken.count == 14)
      #expect(try log.records().count == 200)
    }
  }

  @Test func `who does not take one message gets no more in that run`() throws {
    try withFolder { folder in
      let taker = Taker([.taken, .refused(reason: "slow down", retryAfter: nil)])
      let log = try log(folder)
      let steps = (0..<40).map { Samples.step("L\($0)") }
      let report = try chat(log, taker).run(
        steps,
        at: Samples.now,
        clock: Samples.clock,
        run: "a"
      )
      #expect(report.messages.map(\.steps.count) == [15, 15])
      #expect(report.held.map(\.reason) == [AlertReport.Held](repeating: .nextRun, count: 10))
      #expect(try log.records().count == 30)
    }
  }

  @Test func `a failure waits longer each time, and as long as it is asked to`() throws {
    try withFolder { folder in
      let taker = Taker([
        .refused(reason: "x", retryAfter: nil), .refused(reason: "x", retryAfter: nil),
        .refused(reason: "x", retryAfter: 4000), .refused(reason: "x", retryAfter: 1_000_000),
      ])
      let log = try log(folder)
      var now: Int64 = 0
      for (attempt, wait) in [Int64(300), 600, 4000, 86_400].enumerated() {
        let report = try run([Samples.step("1")], log, taker, after: now, name: "\(attempt)")
        let retryAt = Samples.now.advanced(bySeconds: now + wait)
        #expect(report.messages.map(\.outcome) == [.failed(retryAt: retryAt, reason: "x")])
        let early = try run(
          [Samples.step("1")],
          log,
          taker,
          after: now + wait - 1,
          name: "\(attempt) early"
        )
        #expect(early.messages.isEmpty)
        #expect(early.held.map(\.reason) == [.backOff(until: retryAt)])
        now += wait
      }
      let report = try run([Samples.step("1")], log, taker, after: now, name: "last")
      #expect(report.messages.map(\.outcome) == [.delivered])
      #expect(try log.records().map(\.attempts) == [5])
    }
  }

  @Test(
    arguments: [(0, 300), (1, 600), (6, 19_200), (7, 21_600), (1000, 21_600)] as [(Int, Int64)]
  )
  func `the wait doubles up to six hours`(failures: Int, wait: Int64) {
    #expect(
      AlertDelivery.outcome(
        .refused(reason: "x", retryAfter: nil),
        failuresBefore: failures,
        Samples.now
      ) == .failed(retryAt: Samples.now.advanced(bySeconds: wait), reason: "x")
    )
  }

  @Test func `what may have arrived is not sent again until it is released`() throws {
    try withFolder { folder in
      let taker = Taker([.uncertain(reason: "y")])
      let log = try log(folder)
      let steps = [Samples.step("1")]
      var report = try run(steps, log, taker, name: "a")
      #expect(report.messages.map(\.outcome) == [.unknown(reason: "y")])
      #expect(report.hasFailures)
      report = try run(steps, log, taker, after: 1_000, name: "b")
      #expect(report.held.map(\.reason) == [.unknown])
      #expect(try log.release(1, at: Samples.now)?.state == .unknown)
      report = try run(steps, log, taker, after: 2_000, name: "c")
      #expect(report.messages.map(\.outcome) == [.delivered])
      #expect(try log.release(1, at: Samples.now)?.state == .delivered)
      #expect(try log.records().map(\.state) == [.delivered])
    }
  }

  @Test func `a destination that cannot be used claims nothing`() throws {
    try withFolder { folder in
      let log = try log(folder)
      let delivery = AlertDelivery(
        settings: AlertSettings(destinations: [Samples.destination()]),
        log: log,
        writer: Samples.writer
      ) { (_) throws(InputError) in throw InputError(code: "alerts.secret-missing", "gone.") }
      let report = try delivery.run(
        [Samples.step("1")],
        at: Samples.now,
        clock: Samples.clock,
        run: "a"
      )
      #expect(report.problems.map(\.code) == ["alerts.secret-missing"])
      #expect(report.held.map(\.reason) == [.unusable])
      #expect(try log.records().isEmpty)
    }
  }

  @Test func `two at once share the steps between them`() async throws {
    let folder = try TestServer.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "log.sqlite").path
    _ = try SQLiteAlertLog(path: path)
    let steps = (0..<50).map { Samples.step("\($0)") }
    let claimed = try await withThrowingTaskGroup(of: [SLAStep].self) { group in
      for run in 0..<4 {
        group.addTask {
          let log = try SQLiteAlertLog(path: path)
          return try steps.flatMap {
            try log.claim([$0], for: "file", run: "\(run)", at: Samples.now)
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(claimed.map(\.lead).sorted() == steps.map(\.lead).sorted())
  }

  @Test func `one run at a time`() throws {
    try withFolder { folder in
      let path = folder.appending(path: "log.sqlite").path
      do {
        let lock = try AlertRunLock(besideLog: path)
        #expect(throws: InputError.self) { _ = try AlertRunLock(besideLog: path) }
        withExtendedLifetime(lock) {}
      }
      _ = try AlertRunLock(besideLog: path)
    }
  }

  @Test(arguments: KillPoint.allCases)
  func `a kill at any point tells nobody twice and loses nothing unseen`(
    point: KillPoint
  ) async throws {
    let folder = try TestServer.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (path, name) = (folder.path, point.rawValue)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, name = name as String] in
      try KillPoint.killedRun(in: path, at: name)
    }
    let log = try log(folder)
    let carrier = FileCarrier(path: folder.appending(path: "alerts.jsonl").path)
    let steps = [Samples.step("1"), Samples.step("2")]
    let report = try run(steps, log, carrier, after: 10, name: "after")
    let told = try String(
      contentsOf: folder.appending(path: "alerts.jsonl"),
      encoding: .utf8
    ).split(separator: "\n").count
    let unknown = try log.records().filter { $0.state == .unknown }
    switch point {
    case .beforeClaim:
      #expect(told == 2 && unknown.isEmpty && report.abandoned == 0)
    case .afterSettling:
      #expect(told == 2 && unknown.isEmpty && report.abandoned == 0)
      #expect(report.messages.isEmpty)
    case .afterClaim, .beforeSending:
      #expect(told == 0 && unknown.count == 2 && report.abandoned == 2)
    case .afterSending, .beforeSettling:
      #expect(told == 2 && unknown.count == 2 && report.abandoned == 2)
      #expect(report.messages.isEmpty)
    }
    // What is unknown was reported once, is not sent again, and may be released.
    let again = try run(steps, log, carrier, after: 20, name: "again")
    #expect(again.abandoned == 0)
    #expect(again.messages.isEmpty)
  }
}

/// Where a run is killed.
enum KillPoint: String, CaseIterable {
  case beforeClaim, afterClaim, beforeSending, afterSending, beforeSettling, afterSettling

  /// Runs a delivery that kills its own process; for a process of its own.
  static func killedRun(in folder: String, at name: String) throws {
    let point = KillPoint(rawValue: name)
    let log = KillingLog(
      log: try SQLiteAlertLog(path: folder + "/plumbline.alerts.sqlite"),
      point: point
    )
    let carrier = KillingCarrier(
      carrier: FileCarrier(path: folder + "/alerts.jsonl"),
      point: point
    )
    _ = FileManager.default.createFile(atPath: folder + "/alerts.jsonl", contents: nil)
    _ = try AlertDelivery(
      settings: AlertSettings(destinations: [AlertSamples.destination()]),
      log: log,
      writer: AlertSamples.writer
    ) { (_) throws(InputError) in carrier }.run(
      [AlertSamples.step("1"), AlertSamples.step("2")],
      at: AlertSamples.now,
      clock: AlertSamples.clock,
      run: "killed"
    )
  }

  static func end() { kill(getpid(), SIGKILL) }
}

/// A log that ends the process at its point.
private struct KillingLog: AlertLog {
  let log: SQLiteAlertLog
  let point: KillPoint?

  func records() throws -> [AlertRecord] { try log.records() }

  func claim(
    _ steps: [SLAStep],
    for destination: String,
    run: String,
    at now: Instant
  ) throws -> [SLAStep] {
    if point == .beforeClaim { KillPoint.end() }
    let claimed = try log.claim(steps, for: destination, run: run, at: now)
    if point == .afterClaim { KillPoint.end() }
    return claimed
  }

  func settle(_ alerts: [AlertID], as outcome: AlertOutcome, run: String, at now: Instant) throws {
    if point == .beforeSettling { KillPoint.end() }
    try log.settle(alerts, as: outcome, run: run, at: now)
    if point == .afterSettling { KillPoint.end() }
  }

  func closeAbandoned(except run: String, at now: Instant) throws -> Int {
    try log.closeAbandoned(except: run, at: now)
  }

  func release(_ number: Int, at now: Instant) throws -> AlertRecord? {
    try log.release(number, at: now)
  }
}

/// A carrier that ends the process at its point.
private struct KillingCarrier: AlertCarrier {
  let carrier: FileCarrier
  let point: KillPoint?

  func carry(_ message: [UInt8], to recipients: [MailAddress]) -> CarryResult {
    if point == .beforeSending { KillPoint.end() }
    let result = carrier.carry(message, to: recipients)
    if point == .afterSending { KillPoint.end() }
    return result
  }
}
