import ArgumentParser
import Foundation
import PlumblineAgreement
import PlumblineConnectors
import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// `plumbline demo`: an example company, from its exports to the verdict.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Make an example company with a planted leak, import its exports, show the verdict.",
    discussion: """
      The company is simulated: 12 months, about 6,000 leads. Its export files stay in the folder \
      exports/ for you to look at.
      """
  )

  @Argument(help: "The folder to make; an example made here before is made anew.")
  var folder = "demo"

  @Option(help: "Another seed makes another year of the same company.")
  var seed: UInt64 = ExampleCompany.documentedSeed

  func run() throws {
    let workspace = Workspace(folder)
    try requireOwnFolder(workspace)
    let mappingPath = workspace.path(of: "mapping.yaml")
    let paths: [String]
    do {
      try removeStore(workspace)
      paths = try writeFiles(workspace, mappingPath)
    } catch {
      throw notWritable
    }
    try importFiles(paths, workspace, mappingPath)
    let (history, source) = try workspace.cells()
    let diagnosis = try DiagnosisBuilder(history.agreement, source: source)
      .diagnosis(gaps: history.gaps)
    print(
      DiagnosisText(
        diagnosis,
        under: history.agreement,
        layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
      ).text(),
      terminator: ""
    )
    print(
      """

      This company is an example; the leak was planted. Look further:
        plumbline funnel --workspace \(folder) --by channel
        plumbline report --workspace \(folder) --output \(folder)/report.html
      """
    )
  }

  /// Writes the exports, the agreement and the mapping; gives the paths of the exports.
  private func writeFiles(_ workspace: Workspace, _ mappingPath: String) throws -> [String] {
    let exports = workspace.folder.appendingPathComponent("exports", isDirectory: true)
    try FileManager.default.createDirectory(at: exports, withIntermediateDirectories: true)
    var paths: [String] = []
    for file in ExampleCompany(seed: seed).files() {
      let path = exports.appendingPathComponent(file.name)
      try Data(file.bytes).write(to: path)
      paths.append(path.relativePath)
    }
    try Data(ExampleCompany.agreementYAML.utf8).write(
      to: URL(fileURLWithPath: workspace.agreementPath)
    )
    try Data(ExampleCompany.mappingYAML.utf8).write(to: URL(fileURLWithPath: mappingPath))
    return paths
  }

  private var notWritable: InputError {
    InputError(
      code: "demo.not-writable",
      "\(folder) cannot be made or written to.",
      remedy: "Choose a folder that you may write to: plumbline demo FOLDER."
    )
  }

  /// Refuses to touch a folder with something in it that is not this example.
  private func requireOwnFolder(_ workspace: Workspace) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: workspace.folder.path) else { return }
    guard let names = try? files.contentsOfDirectory(atPath: workspace.folder.path) else {
      throw notWritable
    }
    guard !names.isEmpty else { return }
    let agreement = files.contents(atPath: workspace.agreementPath) ?? Data()
    let mark = ExampleCompany.agreementYAML.prefix { $0 != "\n" }
    guard String(decoding: agreement, as: UTF8.self).hasPrefix(mark), names.contains("exports")
    else {
      throw InputError(
        code: "demo.folder-in-use",
        "\(folder) holds something other than this example.",
        remedy: "Name another folder: plumbline demo FOLDER."
      )
    }
  }

  /// Removes what an example made before has imported.
  private func removeStore(_ workspace: Workspace) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: workspace.folder.path) else { return }
    for name in try files.contentsOfDirectory(atPath: workspace.folder.path)
    where ["plumbline.sqlite", "plumbline.journeys"].contains(where: name.hasPrefix)
      || name == "imports"
    {
      try files.removeItem(at: workspace.folder.appendingPathComponent(name))
    }
  }

  private func importFiles(
    _ paths: [String],
    _ workspace: Workspace,
    _ mappingPath: String
  ) throws {
    let reading = MappingReader.read(text: ExampleCompany.mappingYAML, file: mappingPath)
    guard let mapping = reading.mapping else { throw InputError(reading.diagnostics) }
    let progress = Progress()
    let report = try workspace.importFiles(
      paths,
      by: mapping,
      exportedAt: ExampleCompany.exportedAt,
      now: Instant(seconds: Int64(Date().timeIntervalSince1970))
    ) { text in progress.tell(text) }
    progress.finish()
    let rows = report.files.reduce(0) { $0 + $1.rowCount }
    let refused = report.files.reduce(0) { $0 + $1.refusedCount }
    print(
      "Imported \(Format.count(rows, "row")) from \(Format.count(report.files.count, "file")) "
        + "of an example company\(refused > 0 ? ", \(Format.count(refused)) refused" : "").\n"
    )
  }
}
