import Dispatch
import HTTPTypes
import Hummingbird
import Synchronization
import Testing

@testable import PlumblineWeb

@Suite struct `Seats for long work` {
  /// Work that goes on until it is told to end.
  private final class Long: Sendable {
    private let gate = DispatchSemaphore(value: 0)
    let begun = Mutex(0)

    func run() {
      begun.withLock { $0 += 1 }
      gate.wait()
    }

    func end(_ count: Int) { for _ in 0..<count { gate.signal() } }
  }

  @Test(arguments: [0, 1, 2, 3])
  func `one account never has all of them`(count: Int) async throws {
    let (seats, long) = (Seats("test", count), Long())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<10 { group.addTask { try await seats.work(for: 1) { long.run() } } }
      // All ten are there, or on their way; another account is answered all the same.
      while long.begun.withLock({ $0 }) == 0 { await Task.yield() }
      #expect(try await seats.work(for: 2) { "answered" } == "answered")
      #expect(try await seats.work(for: nil) { "answered" } == "answered")
      #expect(long.begun.withLock { $0 } == 1)
      long.end(10)
      try await group.waitForAll()
    }
    #expect(long.begun.withLock { $0 } == 10)
  }

  @Test func `what throws leaves its seat`() async throws {
    let seats = Seats("test", 2)
    for _ in 0..<5 {
      await #expect(throws: HTTPError.self) {
        try await seats.work(for: 1) { throw HTTPError(.notFound) }
      }
    }
    #expect(try await seats.work(for: 1) { 7 } == 7)
  }

  @Test func `an account that asks for too much is told so`() async throws {
    let (seats, long) = (Seats("test", 2), Long())
    let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
      let asked = Seats.mostWaiting + 11
      for _ in 0..<asked {
        group.addTask {
          do {
            try await seats.work(for: 1) { long.run() }
            return false
          } catch let error as HTTPError {
            return error.headers[.retryAfter] == "5"
          }
        }
      }
      // Those that are refused end at once, one is worked on and the others wait.
      var refused = 0
      while refused < asked - Seats.mostWaiting - 1, try await group.next() == true { refused += 1 }
      #expect(try await seats.work(for: 2) { 7 } == 7)
      long.end(asked)
      for try await isRefused in group where isRefused { refused += 1 }
      return refused
    }
    #expect(refused == 10)
  }
}
