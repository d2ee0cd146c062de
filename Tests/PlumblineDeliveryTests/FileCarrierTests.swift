import Foundation
import Testing

@testable import PlumblineDelivery

struct FileCarrierTests {
  private func file(_ start: String?, _ body: (String) throws -> Void) throws {
    let folder = try TestServer.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "alerts.jsonl").path
    if let start { try Data(start.utf8).write(to: URL(filePath: path)) }
    try body(path)
  }

  @Test(
    arguments: [
      (nil, "{}\n"), ("", "{}\n"), ("{}\n", "{}\n{}\n"), ("{\"a", "{\"a\n{}\n"),
    ] as [(String?, String)]
  )
  func `adds whole lines, also after one that was left in the middle`(
    start: String?,
    end: String
  ) throws {
    try file(start) { (path) throws in
      #expect(FileCarrier(path: path).carry(Array("{}\n".utf8), to: []) == .taken)
      let found = try String(contentsOf: URL(filePath: path), encoding: .utf8)
      #expect(found == end)
    }
  }

  @Test func `a file that cannot be made is a refusal`() {
    let result = FileCarrier(path: "/nowhere/at/all").carry([0x7B], to: [])
    guard case .refused(let reason, nil) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(reason.hasPrefix("the file cannot be opened"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
  func `a full disk is a refusal when nothing was written`() throws {
    let full = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
    guard case .refused = StreamCarrier(full).carry([0x7B], to: []) else {
      Issue.record("taken")
      return
    }
  }
}
