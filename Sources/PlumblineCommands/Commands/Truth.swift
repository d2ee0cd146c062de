import ArgumentParser
import Dispatch
import Foundation
import PlumblineCore

/// `plumbline truth`: how often the method finds what was planted, and how often it is wrong.
struct Truth: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "truth",
    abstract: "Judge simulated companies whose leak is known, and count how often that is right.",
    discussion: """
      Tables in Markdown: companies as the method takes them to be, companies that break its \
      assumptions, how often intervals contain the truth, how often the targets of plans are met, \
      and what the detectors of gaming find. The same seed prints the same tables whatever the number of threads.
      """
  )

  /// A table.
  enum Part: String, CaseIterable, ExpressibleByArgument {
    case leaks
    case stress
    case coverage
    case plans
    case gaming
  }

  @Option(help: "How many companies are simulated for each truth and size.")
  var companies = 90

  @Option(
    help: ArgumentHelp(
      "The sizes of companies in leads, separated by commas. (default: each table's own)",
      valueName: "numbers"
    )
  )
  var sizes: Sizes?

  @Option(help: "How many worlds are simulated for the coverage of intervals.")
  var worlds = 1000

  @Option(
    name: .customLong("plan-companies"),
    help: "How many companies plan a quarter in each row of the table of plans."
  )
  var planCompanies = 600

  @Option(help: "The same seed makes the same companies and worlds.")
  var seed: UInt64 = 1

  @Option(help: "One table only.")
  var only: Part?

  @Option(help: "How many companies are judged at once.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  /// Sizes of companies, separated by commas.
  struct Sizes: ExpressibleByArgument {
    let leads: [Int]

    init?(argument: String) {
      let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
      leads = parts.compactMap { Int($0) }.filter { (1...1_000_000).contains($0) }
      guard leads.count == parts.count, Set(leads).count == leads.count else { return nil }
    }
  }

  func validate() throws {
    for (name, value) in [
      ("companies", companies), ("worlds", worlds), ("plan-companies", planCompanies),
      ("threads", threads),
    ]
    where !(1...100_000).contains(value) {
      throw ValidationError("--\(name) takes a number from 1 to 100000, not \(value).")
    }
  }

  func run() {
    var tables: [String] = []
    if only == nil || only == .leaks { tables.append(leaks(LeakStudyRow.usual)) }
    if only == nil || only == .stress { tables.append(leaks(LeakStudyRow.stress)) }
    if only == nil || only == .coverage { tables.append(coverage()) }
    if only == nil || only == .plans { tables.append(plans()) }
    if only == nil || only == .gaming { tables.append(gaming()) }
    print(tables.joined(separator: "\n\n"))
  }

  private func leaks(_ rows: [LeakStudyRow]) -> String {
    let study = LeakStudy(rows: rows, companies: companies, leads: sizes?.leads, seed: seed)
    return study.tables(
      ParallelWork(threads: threads, noun: "companies").map(study.trials.count) {
        study.outcome(of: study.trials[$0])
      }
    )
  }

  private func coverage() -> String {
    let study = CoverageStudy(worlds: worlds, seed: seed)
    let blocks = ParallelWork(threads: threads, noun: "blocks of worlds").map(study.blocks) {
      study.outcome(ofBlock: $0)
    }
    var tally = CoverageTally(ages: study.agesInWeeks.count)
    for block in blocks { tally.add(block) }
    return study.table(tally)
  }

  private func plans() -> String {
    let study = PlanStudy(companies: planCompanies, seed: seed)
    return study.table(
      ParallelWork(threads: threads, noun: "plans").map(study.trials.count) {
        study.outcome(of: study.trials[$0])
      }
    )
  }
}
