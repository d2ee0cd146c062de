import HTTPTypes
import Hummingbird
import PlumblineAgreement
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Puts a draft in the place of the agreement, whole or not at all.
enum AgreementSaving {
  static func answer(_ visit: Visit) async throws -> Response {
    let person = try visit.person
    let sent = try await AgreementForm(visit)
    let workspace = visit.office.desk.workspace
    let leavesOutNames = try await visit.office.desk.ask(for: person) {
      let present = String(
        decoding: try workspace.agreements.contents().present.bytes,
        as: UTF8.self
      )
      return try AgreementNames(workspace, namedBy: [present]).shown(present).leavesOutNames
    }.answer
    guard !leavesOutNames else {
      throw InputError(
        code: "agreement.names-left-out",
        "nothing was saved: the agreement names people of sales, whom you do not see.",
        remedy: "Ask somebody of leadership to save it."
      )
    }
    do {
      _ = try await visit.office.desk.change {
        let folder = workspace.agreements
        let text = sent.text(like: try folder.contents().present)
        _ = try folder.save(Array(text.utf8), madeFrom: sent.base) {
          try visit.note(.agreementSaved, $0)
        }
      }
      return visit.seeOther("/agreement?done=saved")
    } catch let error as InputError where !error.isServerFault {
      return try await refused(error, sent, visit, person)
    }
  }

  /// The page with the draft as it was sent and why it was not saved.
  private static func refused(
    _ error: InputError,
    _ sent: AgreementForm,
    _ visit: Visit,
    _ person: Viewer
  ) async throws -> Response {
    let codes = Set(error.diagnostics.map(\.code))
    let isStale = codes.contains("agreement.stale-draft")
    let workspace = visit.office.desk.workspace
    let (markup, _) = try await visit.office.desk.ask(for: person) {
      let contents = try workspace.agreements.contents()
      var view = try AgreementDraftView(
        typed: sent.text(like: contents.present),
        contents,
        workspace,
        person
      )
      if isStale {
        let rival = String(decoding: contents.present.bytes, as: UTF8.self)
        view.rival = try AgreementNames(workspace, namedBy: [rival]).shown(rival).text
      } else {
        view.base = sent.base
      }
      return AgreementPage.page(view, contents, person)
    }
    let reasons =
      codes == ["agreement.unchanged"]
      ? ["Nothing was saved: the text is that of the present agreement."]
      : isStale
        ? ["Nothing was saved: somebody saved another text meanwhile."]
        : view(error.diagnostics)
    return try await visit.page(
      PageContent(
        title: "Agreement",
        place: .agreement,
        content: markup.source,
        notices: reasons
      ),
      status: isStale ? .conflict : .unprocessableContent
    )
  }

  /// What to say above the page; faults of the text stand at their lines.
  private static func view(_ diagnostics: [Diagnostic]) -> [String] {
    let elsewhere = diagnostics.filter { $0.code.hasPrefix("file.") }.map(\.message)
    return ["Nothing was saved: the text has faults, each at its line below."] + elsewhere
  }
}
