import ArgumentParser

/// `plumbline bench`: how long things take on this machine.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how long things take on this machine.",
    discussion: """
      The comparison with other systems that Benchmarks/run.py makes uses generate and answer. \
      Build with make release first: a debug build is many times slower.
      """,
    subcommands: [
      BenchAnswer.self, BenchClock.self, BenchGenerate.self, BenchVerdict.self, BenchWhatIf.self,
    ]
  )
}
