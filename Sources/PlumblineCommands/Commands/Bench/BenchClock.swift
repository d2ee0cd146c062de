import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineStatistics

/// `plumbline bench clock`: how long the business clock takes for an answer.
struct BenchClock: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clock",
    abstract: "Measure how many questions about working time are answered a second.",
    discussion: """
      Questions about random instants of ten years in Berlin, with a break at noon and ten days off \
      a year. Build with make release first: a debug build is many times slower.
      """
  )

  @Option(help: "How many questions of each sort, 1000 to 100000000.")
  var calls = 5_000_000

  func validate() throws {
    guard (1000...100_000_000).contains(calls) else {
      throw ValidationError("--calls takes a number from 1000 to 100000000, not \(calls).")
    }
  }

  func run() throws {
    guard let calendar = LocalCalendar(zoneName: "Europe/Berlin"),
      let firstDay = CivilDate(year: 2020, month: 1, day: 1),
      let lastDay = CivilDate(year: 2029, month: 12, day: 31)
    else { throw ExitCode(70) }
    var dice = SeededGenerator(seed: 1)
    let dayCount = lastDay.dayNumber - firstDay.dayNumber + 1
    let workingTime = WorkingTime(
      weekdays: Set(0...4),
      shifts: [.init(startMinute: 540, endMinute: 720), .init(startMinute: 780, endMinute: 1020)],
      holidays: Set(
        (0..<100).map { _ in
          CivilDate(dayNumber: firstDay.dayNumber + dice.integer(below: dayCount))
        }
      )
    )
    let clock = BusinessClock(
      workingTime,
      calendar: calendar,
      firstDay: firstDay,
      lastDay: lastDay
    )
    // Drawn beforehand, so that only the clock is measured; a power of two wraps without division.
    let start = calendar.instant(of: firstDay).seconds
    let span = (dayCount - 30) * 86_400
    let instants = (0..<(1 << 16)).map { _ in
      Instant(seconds: start + Int64(dice.integer(below: span)))
    }
    print("| question | calls | seconds | calls a second | nanoseconds a call |")
    print("| --- | ---: | ---: | ---: | ---: |")
    measure("working time between two instants") { index in
      let from = instants[index & 0xFFFF]
      return clock.workingSeconds(from: from, to: instants[(index &* 7 &+ 1) & 0xFFFF])
    }
    measure("deadline after 4 working hours") { index in
      clock.deadline(after: instants[index & 0xFFFF], workingSeconds: 14_400)?.seconds ?? 0
    }
  }

  private func measure(_ name: String, _ question: (Int) -> Int64) {
    let begin = Date()
    var sum: Int64 = 0
    for index in 0..<calls { sum &+= question(index) }
    let seconds = Date().timeIntervalSince(begin)
    // The sum is looked at, so that no call can be left out.
    guard sum != .min else { return }
    let numbers = [
      String(format: "%.3f", seconds),
      String(format: "%.0f", Double(calls) / max(seconds, 1e-9)),
      String(format: "%.0f", seconds / Double(calls) * 1e9),
    ]
    print("| \(name) | \(calls) | \(numbers.joined(separator: " | ")) |")
  }
}
