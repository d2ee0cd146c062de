import Hummingbird
import HummingbirdCore
import PlumblineCommands

/// The JSON API's questions: the commands that only answer, asked by an address.
enum QuestionCalls {
  /// A call for each door.
  static let routes: [Route] = QuestionDoor.all.map { door in
    .get(path(of: door), access(to: door)) { visit in try await answer(door, visit) }
  }

  /// Where a door's call is.
  static func path(of door: QuestionDoor) -> String { "/api/questions/\(door.name)" }

  /// Who may ask through a door.
  static func access(to door: QuestionDoor) -> Access {
    door.namesPeople ? .leaders : .readers
  }

  private static func answer(_ door: QuestionDoor, _ visit: Visit) async throws -> Response {
    let parameters = visit.query.fields.map { (name: $0.name, value: $0.value) }
    let folder = visit.office.desk.workspace.name
    let moment = try await visit.moment(of: door, parameters)
    return try await visit.json(hangingOn: moment) {
      try QuestionCall(door, parameters, of: folder).question.jsonAnswer()
    }
  }
}
