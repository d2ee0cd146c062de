import HTTPTypes
import Hummingbird
import PlumblineCore

/// A call for programs that is no question of the command line.
///
/// It says where it is, what it takes, what it answers, and the words that describe it. The route and the description are both made of it.
struct Call: Sendable {
  /// What may go wrong besides what goes wrong everywhere.
  enum Fault: Int, Sendable {
    /// What the address names is not there.
    case notFound = 404
    /// What was sent is too much.
    case tooLarge = 413
  }

  /// Its name, which never changes.
  let name: String
  /// How it is asked.
  let method: HTTPRequest.Method
  /// Where it is, with `:name` for a part that varies.
  let path: String
  /// Who may ask.
  let access: Access
  /// What it answers, in a sentence.
  let summary: String
  /// What else there is to know, in sentences.
  var details = ""
  /// What the address takes.
  let parameters: @Sendable () throws -> [CallParameter]
  /// What the body takes, where there is one.
  var fields: [CallParameter] = []
  /// The kind of its answer, see `AnswerShape`.
  let kind: String
  /// The kinds of the answers that it gives to other questions.
  var otherKinds: [String] = []
  /// What may go wrong besides.
  var faults: [Fault] = []
  /// Answers; what the address says is known to be as the parameters have it.
  let answer: @Sendable (Visit) async throws -> Response

  /// The call as a line of the table of routes.
  var route: Route {
    Route(method: method, path: path, access: access) { visit in
      try CallParameter.check(visit.query, against: try parameters(), of: name)
      return try await answer(visit)
    }
  }

  /// All of them, in the order of their paths.
  static let all: [Call] =
    (AccountCalls.all + ImportCalls.all + LeadCalls.all + RecordCalls.all)
    .sorted { $0.path < $1.path }
}
