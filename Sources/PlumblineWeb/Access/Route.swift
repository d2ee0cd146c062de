import HTTPTypes
import Hummingbird

/// A page or call: where it is, who may ask, and what answers.
struct Route: Sendable {
  /// How it is asked.
  let method: HTTPRequest.Method
  /// Where it is, with `:name` for a part that varies.
  let path: String
  /// Who may ask.
  let access: Access
  /// What answers.
  let answer: @Sendable (Visit) async throws -> Response
  /// Whether it takes in files as they arrive and looks for the form's token itself, before it
  /// keeps any of them; the body of every other form is collected, and its token checked, first.
  var takesFiles = false

  /// A page, or a call that reads.
  static func get(
    _ path: String,
    _ access: Access,
    _ answer: @escaping @Sendable (Visit) async throws -> Response
  ) -> Route {
    Route(method: .get, path: path, access: access, answer: answer)
  }

  /// A form that is sent, or a call that changes something.
  static func post(
    _ path: String,
    _ access: Access,
    _ answer: @escaping @Sendable (Visit) async throws -> Response
  ) -> Route {
    Route(method: .post, path: path, access: access, answer: answer)
  }

  /// A form with files, see `takesFiles`.
  static func upload(
    _ path: String,
    _ access: Access,
    _ answer: @escaping @Sendable (Visit) async throws -> Response
  ) -> Route {
    Route(method: .post, path: path, access: access, answer: answer, takesFiles: true)
  }

  /// Whether programs ask, who are answered in JSON.
  var isCall: Bool { Self.isCall(path) }

  /// Whether a path is for programs.
  static func isCall(_ path: String) -> Bool { path.hasPrefix("/api/") || path == "/api" }
}
