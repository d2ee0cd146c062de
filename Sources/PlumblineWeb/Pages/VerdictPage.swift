import ArgumentParser
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The home page: one sentence, the path with its leaks, the findings.
enum VerdictPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let folder = visit.office.desk.workspace.name
    let reader = visit.reader
    return try await visit.page("Verdict", .verdict) {
      let funnel = try Funnel.parse(["--workspace=\(folder)", "--as=\(reader.rawValue)"])
      let answer = try funnel.answer()
      return .element("p", [:], "\(answer.funnel.total.reached)")
    }
  }
}
