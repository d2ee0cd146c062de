public import ArgumentParser
import PlumblineCore
import PlumblineReporting

/// `plumbline report`: the verdict as one file to send around.
public struct Report: ParsableCommand {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the verdict and its evidence as one self-contained HTML file."
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(
    help: """
      What the bridge begins from: previous (the period before), plan (the agreement's) or best \
      (the best channel's rates).
      """
  )
  var against = GapBenchmark.previous

  @Option(name: [.short, .long], help: "The file to write.")
  var output = "report.html"

  /// The command without its options.
  public init() {}

  /// The parts of the report, none of them counted yet.
  ///
  /// - Throws: `InputError` for options or facts that a person must mend, or what the store throws.
  public func verdict() throws -> Verdict {
    try Verdict(workspace.value, question, against: against)
  }

  /// Writes the report to its file.
  public func run() throws {
    try HTMLFile.write(
      try verdict().page(generatedBy: "plumbline \(Release.number)").text,
      to: output
    )
  }
}
