import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineStorage

/// `plumbline bench answer`: the benchmark's questions, answered and timed.
struct BenchAnswer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: "Answer the benchmark's questions from a workspace, and say how long each took.",
    discussion: """
      The workspace is one that plumbline bench generate made, with its data imported. What is \
      asked and what the tables hold stands in Benchmarks/README.md.
      """
  )

  /// What is asked, and what of it is new to the process.
  enum Phase: String, CaseIterable {
    case first, again, filter, redef, delta

    var ask: BenchmarkAsk {
      switch self {
      case .first, .again: BenchmarkAsk.all[0]
      case .filter: BenchmarkAsk.all[1]
      case .redef: BenchmarkAsk.all[2]
      case .delta: BenchmarkAsk.all[3]
      }
    }

    /// The last second that counts.
    var asOf: Instant {
      Instant(
        seconds: (self == .delta ? BenchmarkCompany.deltaSecond : BenchmarkCompany.exportSecond) - 1
      )
    }
  }

  /// Phases such as `first,again`.
  struct Phases: ExpressibleByArgument {
    let list: [Phase]

    var defaultValueDescription: String { list.map(\.rawValue).joined(separator: ",") }

    init(list: [Phase]) { self.list = list }

    init?(argument: String) {
      let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
      list = parts.compactMap { Phase(rawValue: String($0)) }
      guard list.count == parts.count else { return nil }
    }
  }

  @OptionGroup var workspace: WorkspaceOption

  @Option(help: "The folder for the tables, plumbline.ASK.TABLE.csv; made if it is not there.")
  var output: String

  @Option(
    help: ArgumentHelp(
      "Which questions, in this order: first, again, filter, redef, delta.",
      valueName: "names"
    )
  )
  var ask = Phases(list: [.first, .again, .filter, .redef])

  @Option(help: "Add a line of JSON for each question to this file.")
  var log: String?

  @Option(help: "How many processors work at once.")
  var threads = 2

  func validate() throws {
    guard (1...64).contains(threads) else {
      throw ValidationError("--threads takes a number from 1 to 64, not \(threads).")
    }
  }

  func run() throws {
    var watch = StopWatch.fromProcessStart()
    var session = BenchSession(workspace: workspace.value, threads: threads)
    let folder = URL(fileURLWithPath: output, isDirectory: true)
    for (place, phase) in ask.list.enumerated() {
      let next = ask.list.dropFirst(place + 1).first
      let tables = try session.answer(phase, before: next)
      let reading = watch.reading(phase.rawValue)
      print(reading.text)
      try save(tables, of: phase.ask, in: folder)
      if let log { try append(reading.json, to: log) }
      watch = StopWatch()
    }
  }

  private func save(_ tables: BenchmarkTables, of ask: BenchmarkAsk, in folder: URL) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, bytes) in [
        ("cells", tables.cells), ("owners", tables.owners), ("aj", tables.outcomes),
      ] {
        let file = folder.appendingPathComponent("plumbline.\(ask.name).\(name).csv")
        try Data(bytes).write(to: file)
      }
    } catch {
      throw notWritten(output)
    }
  }

  private func append(_ line: String, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    do {
      if !FileManager.default.fileExists(atPath: path) { try Data().write(to: url) }
      let handle = try FileHandle(forWritingTo: url)
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("\(line)\n".utf8))
      try handle.close()
    } catch {
      throw notWritten(path)
    }
  }

  private func notWritten(_ path: String) -> InputError {
    InputError(
      code: "bench.not-written",
      "\(path) cannot be written to.",
      remedy: "Choose a place that you may write to."
    )
  }
}

/// A workspace whose history is opened once and asked several times.
private struct BenchSession {
  let workspace: Workspace
  let threads: Int
  private var parts: HistoryParts?
  private var prepared: (rule: JourneyRule, question: FunnelBenchmark)?
  private var asOf: Instant?

  init(workspace: Workspace, threads: Int) {
    self.workspace = workspace
    self.threads = threads
  }

  /// The answer to a question; what the next one can use of it is kept.
  mutating func answer(
    _ phase: BenchAnswer.Phase,
    before next: BenchAnswer.Phase?
  ) throws -> BenchmarkTables {
    if asOf != phase.asOf {
      (parts, prepared) = (nil, nil)
      asOf = phase.asOf
    }
    if let prepared, prepared.rule == phase.ask.rule {
      return prepared.question.answer(phase.ask, threads: threads)
    }
    // The former question's records go before the next are made.
    prepared = nil
    let isUsedAgain = next.map { $0.asOf == phase.asOf && $0.ask.rule == phase.ask.rule } ?? false
    let question = try prepare(phase, isOnly: !isUsedAgain)
    if isUsedAgain { prepared = (phase.ask.rule, question) }
    return question.answer(phase.ask, threads: threads)
  }

  private mutating func prepare(
    _ phase: BenchAnswer.Phase,
    isOnly: Bool
  ) throws -> FunnelBenchmark {
    let parts = try parts ?? open(phase)
    self.parts = parts
    let preparation = FunnelBenchmark.Preparation(parts.texts, for: isOnly ? phase.ask : nil)
    return FunnelBenchmark(
      preparation,
      try parts.map(rule: phase.ask.rule, threads: threads) { part in
        try preparation.part(part.history, part.journeys, rows: part.rows, isFirst: part.isFirst)
      }
    )
  }

  private func open(_ phase: BenchAnswer.Phase) throws -> HistoryParts {
    try workspace.keeper(of: try workspace.store())
      .parts(under: try workspace.agreement(), asOf: phase.asOf)
  }
}
