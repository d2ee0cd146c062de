import Foundation
import Testing

/// What a user is told about a workspace that cannot be made or read.
struct WorkspaceTests {
  @Test(arguments: [
    (["--currency", "euro"], "--currency: ", "agreement.currency"),
    (["--time-zone", "Mars/Base"], "--time-zone: ", "agreement.time-zone"),
  ])
  func `a wrong option of init is told of the option and makes nothing`(
    options: [String],
    option: String,
    code: String
  ) throws {
    try CommandRunner.withFolder { folder in
      let result = try CommandRunner.run(["init", "acme"] + options, in: folder)
      #expect(result.status == 2)
      #expect(result.errors.hasPrefix("error: \(option)"))
      #expect(result.errors.contains(code))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test(arguments: ["agreement.yaml", "mapping.yaml"])
  func `a file that is there but cannot be read is not called missing`(name: String) throws {
    try CommandRunner.withFolder { folder in
      if name != "agreement.yaml" { _ = try CommandRunner.run(["init", "."], in: folder) }
      // A folder in place of the file: unreadable for every user, root too.
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name),
        withIntermediateDirectories: true
      )
      let command = name == "agreement.yaml" ? ["agreement", "check"] : ["import", "leads.csv"]
      let result = try CommandRunner.run(command, in: folder)
      #expect(result.status == 2)
      #expect(result.errors.contains("\(name) cannot be read."), "\(result.errors)")
    }
  }
}
