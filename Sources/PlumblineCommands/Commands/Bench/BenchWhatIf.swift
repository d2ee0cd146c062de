import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineReporting

/// `plumbline bench whatif`: how long a changed question takes on one's own data.
struct BenchWhatIf: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "Measure how long a funnel takes when a definition or a filter changes.",
    discussion: """
      Reads the workspace once, then asks for the cells of the funnel by channel with one thing \
      changed at a time: what a page that answers while a slider moves has to do.
      """
  )

  @OptionGroup var workspace: WorkspaceOption

  @Option(help: "How often each is measured; the fastest counts.")
  var repetitions = 5

  func validate() throws {
    guard (1...100).contains(repetitions) else {
      throw ValidationError("--repetitions takes a number from 1 to 100, not \(repetitions).")
    }
  }

  func run() throws {
    let (history, read) = try workspace.value.cells()
    let agreement = history.agreement
    let builder = FunnelBuilder(agreement, source: read)
    let usual = builder.question(by: [.channel])
    let cells = read.cells(for: usual)
    var changes: [(String, FunnelQuestion)] = [("as agreed", usual)]
    for rule in SkipRule.allCases where rule != usual.skips {
      var other = usual
      other.skips = rule
      changes.append(("skip rule \(rule.rawValue)", other))
    }
    if agreement.path.count > 2 {
      var confirmed = usual
      confirmed.rule.confirmations = [Confirmation(stage: 1, by: 2, withinDays: 30)]
      let names = agreement.path.map(\.id)
      changes.append(("\(names[1]) followed by \(names[2]) in 30 days", confirmed))
    }
    if let first = cells.keys.first?.first {
      var filtered = usual
      filtered.filters = [DimensionFilter(.channel, values: [first])]
      changes.append(("only one channel", filtered))
    }
    var byOwner = usual
    byOwner.by = [.owner]
    changes.append(("by owner", byOwner))
    print("\(Format.count(history.leads.ids.count)) leads, episodes counted for each change:")
    print("| what changes | wall seconds | CPU seconds |")
    print("| --- | ---: | ---: |")
    for (name, question) in changes {
      let readings = (0..<repetitions).map { _ in
        // A new engine has counted nothing yet; what a what-if is held against is counted before.
        let journeys = read.journeys(under: agreement.journeyRule)
        let source = EmbeddedCells(history, journeys: journeys)
        if question.rule != agreement.journeyRule {
          var agreed = question
          agreed.rule = agreement.journeyRule
          _ = source.cells(for: agreed)
        }
        let watch = StopWatch()
        _ = source.cells(for: question)
        return watch.reading(name)
      }
      let (wall, processor) = (readings.map(\.wall).min(), readings.map(\.processor).min())
      let numbers = [wall, processor].map { String(format: "%.3f", $0 ?? 0) }
      print("| \(name) | \(numbers[0]) | \(numbers[1]) |")
    }
  }
}
