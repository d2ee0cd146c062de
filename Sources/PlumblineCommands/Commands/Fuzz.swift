import ArgumentParser
import Foundation
import PlumblineAgreement
import PlumblineConnectors
import PlumblineCore
import PlumblineYAML

/// `plumbline fuzz`: damaged inputs against the readers.
struct Fuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Try the readers on damaged files; a crash or a hang is a fault of ours."
  )

  @Option(help: "How many damaged inputs each reader is given.")
  var count = 100_000

  @Option(help: "The same seed tries the same inputs.")
  var seed: UInt64 = 1

  func run() throws {
    let progress = Progress()
    let tables = FuzzTarget.fuzz(iterations: count, seed: seed) { tried in
      progress.tell("files: \(tried) of \(count)")
    }
    progress.finish()
    print("files: \(tables) rows read from \(count) damaged files, no crash")
    let mappings = MappingReader.fuzz(iterations: count, seed: seed)
    print("mappings: \(mappings.tried) tried, \(mappings.accepted) accepted")
    let agreements = AgreementReader.fuzz(iterations: count, seed: seed)
    print("agreements: \(agreements.tried) tried, \(agreements.accepted) accepted")
    let failures = mappings.failures + agreements.failures
    for failure in failures { Console.complain(failure) }
    if !failures.isEmpty { throw ExitCode(70) }
  }
}
