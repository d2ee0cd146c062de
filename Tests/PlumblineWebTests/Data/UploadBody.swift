import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import PlumblineCommands

@testable import PlumblineWeb

/// A form with files as browsers send it.
struct UploadBody {
  static let boundary = "----boundaryOfTheTest"

  private(set) var bytes: [UInt8] = []

  /// Adds a field of text.
  mutating func add(_ name: String, _ value: String) {
    bytes += Array(
      "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        .utf8
    )
  }

  /// Adds a file.
  mutating func add(file name: String, _ contents: [UInt8]) {
    bytes += Array(
      ("--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"files\"; "
        + "filename=\"\(name)\"\r\nContent-Type: text/csv\r\n\r\n").utf8
    )
    bytes += contents + [13, 10]
  }

  /// Ends the form.
  mutating func end() { bytes += Array("--\(Self.boundary)--\r\n".utf8) }

  /// A whole form of one file, with the token that the session has.
  static func whole(
    _ name: String,
    _ contents: [UInt8],
    token: String = OpenDoor.formToken
  ) -> UploadBody {
    var body = UploadBody()
    body.add(Forms.field, token)
    body.add(file: name, contents)
    body.end()
    return body
  }
}

extension WebHarness {
  /// A workspace of the test's own with nothing in it.
  static func emptyWorkspace() throws -> Workspace {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-data-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return Workspace(folder.path)
  }

  /// Sends a form with files.
  func upload(_ body: [UInt8], as role: String = "marketing") async throws -> Answer {
    let server = WebServer(
      office: office,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    let headers: HTTPFields = [
      .cookie: "\(Identification.cookie)=\(role)",
      .contentType: "multipart/form-data; boundary=\(UploadBody.boundary)",
    ]
    return try await Application(router: server.router).test(.router) { client in
      try await client.execute(
        uri: "/data/upload",
        method: .post,
        headers: headers,
        body: ByteBuffer(bytes: body)
      ) {
        Answer(status: Int($0.status.code), headers: $0.headers, text: String(buffer: $0.body))
      }
    }
  }

  /// The names in the folder of uploads.
  func uploadNames() -> [String] {
    let all = try? FileManager.default.contentsOfDirectory(atPath: office.uploads.folder.path)
    return (all ?? []).filter { !$0.hasSuffix(".ended") }
  }

  /// Looks at an import until it has ended.
  func ended(_ path: String) async throws -> Answer {
    for _ in 0..<600 {
      let page = try await ask(path)
      if page.status != 200 || page.text.contains("data-over=\"yes\"") { return page }
      try await Task.sleep(for: .milliseconds(50))
    }
    return try await ask(path)
  }
}
