import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineStatistics

/// `plumbline bench verdict`: how long a verdict takes on this machine.
struct BenchVerdict: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verdict",
    abstract: "Measure how long the verdict takes on companies of several sizes.",
    discussion: """
      The time from counts to verdict, on simulated counts of every channel with every rep in three \
      segments. Build with make release first: a debug build is many times slower.
      """
  )

  @Option(help: "The sizes, in channels x reps: 8x12,20x60,50x300.")
  var sizes: Sizes?

  @Option(help: "How often each is measured; the fastest counts.")
  var repetitions = 3

  @Option(help: "How many bands of the score at the hand-off there are.")
  var bands = 1

  /// Sizes such as `8x12,50x300`.
  struct Sizes: ExpressibleByArgument {
    let pairs: [(channels: Int, owners: Int)]

    init?(argument: String) {
      let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
      pairs = parts.compactMap { part in
        let numbers = part.split(separator: "x").map { Int($0) ?? 0 }
        guard numbers.count == 2, (1...1000).contains(numbers[0]), (1...1000).contains(numbers[1])
        else { return nil }
        return (numbers[0], numbers[1])
      }
      guard pairs.count == parts.count else { return nil }
    }
  }

  func validate() throws {
    for (name, value) in [("repetitions", repetitions), ("bands", bands)]
    where !(1...100).contains(value) {
      throw ValidationError("--\(name) takes a number from 1 to 100, not \(value).")
    }
  }

  func run() {
    print("| channels x reps | cells | leads | wall seconds | CPU seconds |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for (channels, owners) in sizes?.pairs ?? [(8, 12), (20, 60), (50, 300)] {
      let cells = Self.cells(channels: channels, owners: owners, bands: bands)
      var best = (wall: Double.infinity, processor: Double.infinity)
      for _ in 0..<repetitions {
        let start = (wall: Date(), processor: clock())
        _ = LeakJudge(cells, complianceTarget: 0.8, routing: .regardless).verdict()
        best.wall = min(best.wall, Date().timeIntervalSince(start.wall))
        best.processor = min(
          best.processor,
          Double(clock() - start.processor) / Double(CLOCKS_PER_SEC)
        )
      }
      let numbers = [best.wall, best.processor].map { String(format: "%.2f", $0) }
      print(
        "| \(channels) x \(owners) | \(cells.cells.count) | \(cells.leads) | "
          + "\(numbers[0]) | \(numbers[1]) |"
      )
    }
  }

  /// Counts as a company would have them: about three leads a cell, spreads of 0.1 to 0.3 in
  /// log-odds; the same on every run.
  private static func cells(channels: Int, owners: Int, bands: Int) -> WorkCells {
    var random = SeededGenerator(seed: 8)
    let quality = (0..<channels).map { _ in 0.3 * random.normal() }
    let skill = (0..<owners).map { _ in 0.3 * random.normal() }
    var cells: [WorkCells.Cell] = []
    for channel in 0..<channels {
      for owner in 0..<owners {
        for segment in 0..<3 {
          for band in 0..<bands {
            for isFollowedUp in [true, false] {
              let leads = Int(random.poisson(mean: isFollowedUp ? 5 : 1.2))
              guard leads > 0 else { continue }
              let logOdds =
                -1.6 + quality[channel] + skill[owner] + 0.2 * Double(segment)
                + 0.3 * Double(band) + (isFollowedUp ? 0.9 : 0)
              let wins = (0..<leads).count { _ in
                random.uniform() < SpecialFunctions.expit(logOdds)
              }
              cells.append(
                WorkCells.Cell(
                  channel: channel,
                  owner: owner,
                  segment: segment,
                  scoreBand: band,
                  isFollowedUp: isFollowedUp,
                  leads: leads,
                  wins: wins
                )
              )
            }
          }
        }
      }
    }
    return WorkCells(
      channels: (0..<channels).map { "channel-\($0)" },
      owners: (0..<owners).map { "rep-\($0)" },
      segments: ["small", "medium", "large"],
      scoreBandCount: bands,
      cells: cells
    )
  }
}
