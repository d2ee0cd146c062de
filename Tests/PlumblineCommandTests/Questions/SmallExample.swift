import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineTestSupport

@testable import PlumblineCommands

/// A sixth of the example company, imported once for all tests that only ask.
enum SmallExample {
  private static let made = Result { try make() }

  /// The workspace's folder; nobody writes to it.
  static func folder() throws -> URL { try made.get() }

  /// Runs `body` in a copy of the workspace, and removes that afterwards.
  static func withCopy<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let copy = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: try folder(), to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    return try body(copy)
  }

  private static func make() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-small-\(UUID().uuidString)")
    let exports = folder.appendingPathComponent("exports")
    try FileManager.default.createDirectory(at: exports, withIntermediateDirectories: true)
    for file in ExampleCompany().files() {
      try Data(sample(of: file)).write(to: exports.appendingPathComponent(file.name))
    }
    try Data(ExampleCompany.agreementYAML.utf8)
      .write(to: folder.appendingPathComponent("agreement.yaml"))
    try Data(ExampleCompany.mappingYAML.utf8)
      .write(to: folder.appendingPathComponent("mapping.yaml"))
    let result = try CommandRunner.run(
      ["import", "--workspace", folder.path, "--exported", "2026-06-30T18:30", exports.path]
    )
    guard result.status == 0 else { throw InputError(code: "test.import", result.errors) }
    return folder
  }

  /// The rows of every sixth lead; files that name no lead as they are.
  private static func sample(of file: ExampleFile) -> [UInt8] {
    guard !file.name.hasSuffix("_ads.csv") else { return file.bytes }
    let lines = file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let kept = lines.filter { line in
      !line.split(separator: UInt8(ascii: ",")).contains { field in
        guard field.count == 6, field.first == UInt8(ascii: "1"),
          let id = Int(String(decoding: field, as: UTF8.self))
        else { return false }
        return id % 6 != 0
      }
    }
    return Array(kept.joined(separator: [UInt8(ascii: "\n")]))
  }
}
