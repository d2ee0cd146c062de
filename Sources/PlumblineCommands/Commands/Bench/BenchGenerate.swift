import ArgumentParser
import Foundation
import PlumblineCore

/// `plumbline bench generate`: the company on which systems are compared.
struct BenchGenerate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Make a company of any size: its exports, a day's worth of news, and a workspace.",
    discussion: """
      Writes data/*.csv, data/delta/*.csv for the day after, and workspace/ with the agreement and \
      the mapping that read them. The same number of leads and the same seed give the same bytes.
      """
  )

  @Option(help: "How many leads the company has, 1 to 33000000.")
  var leads = 100_000

  @Option(help: "Another seed makes another company.")
  var seed: UInt64 = 1

  @Argument(help: "The folder to write to; files of the same names are replaced.")
  var folder: String

  func validate() throws {
    guard (1...33_000_000).contains(leads) else {
      throw ValidationError("--leads takes a number from 1 to 33000000, not \(leads).")
    }
  }

  func run() throws {
    let progress = Progress()
    progress.tell("making \(leads) leads")
    let company = BenchmarkCompany(leads: leads, seed: seed)
    do {
      for isDelta in [false, true] {
        let data = try made(isDelta ? "data/delta" : "data")
        for file in BenchmarkCompany.files(isDelta: isDelta) {
          progress.tell("writing \(file.rawValue)")
          try write(company, file, isDelta: isDelta, into: data)
        }
      }
      let workspace = try made("workspace")
      for (name, text) in [
        ("agreement.yaml", BenchmarkCompany.agreementYAML),
        ("mapping.yaml", BenchmarkCompany.mappingYAML),
      ] {
        try Data(text.utf8).write(to: workspace.appendingPathComponent(name))
      }
    } catch {
      progress.finish()
      throw InputError(
        code: "bench.not-written",
        "\(folder) cannot be made or written to: \(error.localizedDescription)",
        remedy: "Choose a folder that you may write to, on a disk with room."
      )
    }
    progress.finish()
    print("Wrote a company of \(leads) leads to \(folder). Measure with:")
    print(
      """
        plumbline import --workspace \(folder)/workspace --exported 2025-06-30T23:59:59 \
      \(folder)/data/*.csv
        plumbline bench answer --workspace \(folder)/workspace --output \(folder)/answers
      """
    )
  }

  /// A folder below the company's, made if it is not there.
  private func made(_ name: String) throws -> URL {
    let url = URL(fileURLWithPath: folder, isDirectory: true)
      .appendingPathComponent(name, isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  private func write(
    _ company: BenchmarkCompany,
    _ file: BenchmarkCompany.File,
    isDelta: Bool,
    into folder: URL
  ) throws {
    let url = folder.appendingPathComponent(file.rawValue)
    try Data().write(to: url)
    let handle = try FileHandle(forWritingTo: url)
    try company.write(file, isDelta: isDelta) { bytes in
      try handle.write(contentsOf: Data(copy bytes))
    }
    try handle.close()
  }
}
