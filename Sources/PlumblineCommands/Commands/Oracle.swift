import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineOracle

/// `plumbline oracle`: one reference case, answered.
struct Oracle: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oracle",
    abstract: "Answer one reference case of a statistical method, as JSON.",
    discussion: """
      A case is a JSON file with "method" and "input". Paths inside the input are relative to the \
      current directory. The answer can be compared with one made elsewhere, number by number.
      """
  )

  @Argument(help: "The case's file, or - for standard input.", completion: .file())
  var file: String

  func run() throws {
    let data: Data
    if file == "-" {
      data = FileHandle.standardInput.readDataToEndOfFile()
    } else {
      guard let content = FileManager.default.contents(atPath: file) else {
        throw InputError(
          code: "oracle.no-file",
          "\(file) cannot be read.",
          remedy: "Give the path of a case, such as rates.json."
        )
      }
      data = content
    }
    let folder = URL(filePath: FileManager.default.currentDirectoryPath)
    let answer = try OracleCase(reading: data).answer(in: folder)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(answer), as: UTF8.self))
  }
}
