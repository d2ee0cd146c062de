import HTTPTypes
import Hummingbird
import PlumblineAgreement
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The agreement: its text beside its meaning, who signed it, and its versions.
enum AgreementPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let person = try visit.person
    let (query, now, workspace) = (visit.query, visit.office.now(), visit.office.desk.workspace)
    return try await visit.page("Agreement", .agreement, notices: notices(query)) {
      let contents = try workspace.agreements.contents()
      let present = String(decoding: contents.present.bytes, as: UTF8.self)
      var view = try AgreementDraftView(of: present, contents, workspace, person)
      var misread: [String] = []
      if let agreement = view.draft.alone {
        let audit = SignatureAudit(contents)
        let proposal = AgreementProposal(
          query,
          present: agreement,
          versions: audit.records.map(\.version),
          today: agreement.calendar.day(of: now)
        )
        if let proposal {
          let rewrite = AgreementRewrite(present, proposal.changes)
          view = try AgreementDraftView(of: rewrite.text, contents, workspace, person)
          view.proposal = rewrite
          misread = proposal.misread
        }
      }
      return page(view, contents, person, misread)
    }
  }

  /// What a draft means or what is wrong with it, beside the draft as it is.
  static func check(_ visit: Visit) async throws -> Response {
    let person = try visit.person
    let sent = try await AgreementForm(visit)
    let workspace = visit.office.desk.workspace
    let isFragment =
      HTTPField.Name("X-Fragment").map { visit.request.headers.contains($0) } ?? false
    let (markup, _) = try await visit.office.desk.ask(for: person) {
      let contents = try workspace.agreements.contents()
      var view = try AgreementDraftView(
        typed: sent.text(like: contents.present),
        contents,
        workspace,
        person
      )
      view.base = sent.base
      return isFragment ? view.meaning : page(view, contents, person)
    }
    guard !isFragment else { return .html(markup.source) }
    return try await visit.page(
      PageContent(title: "Agreement", place: .agreement, content: markup.source)
    )
  }

  /// The whole page.
  static func page(
    _ view: AgreementDraftView,
    _ contents: AgreementContents,
    _ person: Viewer,
    _ remarks: [String] = []
  ) -> Markup {
    let audit = SignatureAudit(contents)
    let signatures = AgreementSignatures(audit, contents, person)
    let headline = audit.agreement.map { AgreementShowSections($0).headline }
    return .lines([
      .element("p", ["class": "eyebrow"], "Agreement"),
      .element("h1", [:], headline ?? "The agreement has faults: no number can be made under it."),
      .element("p", ["class": "scope"], signatures.headline), .bullets(remarks), view.markup,
      signatures.signing, signatures.history,
    ])
  }

  private static func notices(_ query: FormFields) -> [String] {
    switch query["done"] {
    case "saved": ["Saved. Numbers carry it from now on; both teams have yet to sign it."]
    case "signed": ["Signed. The frozen copy and the signature lie beside the agreement."]
    default: []
    }
  }
}

/// The fields of the form with the draft.
struct AgreementForm {
  /// The SHA-256 of the text from which it was made.
  let base: String
  private let written: String

  init(_ visit: Visit) async throws {
    let form = try await visit.form()
    guard let text = form["text"], let base = form["base"] else { throw HTTPError(.badRequest) }
    written = text
    self.base = base
  }

  /// The text with the line ends that a file has, for browsers send their own.
  func text(like file: AgreementFile) -> String {
    let lines = written.replacing("\r\n", with: "\n")
    return file.bytes.contains(0x0D) ? lines.replacing("\n", with: "\r\n") : lines
  }
}

extension AgreementDraftView {
  /// The text of a workspace's agreement, or a change of ours to it, as the reader may see it.
  ///
  /// What is said of it is made from the text as it is, then the names are left out of that as well.
  init(
    of text: String,
    _ contents: AgreementContents,
    _ workspace: Workspace,
    _ person: Viewer
  ) throws {
    let names = try AgreementNames(workspace, namedBy: [text])
    let shown = names.shown(text)
    self.init(shown.text, text, contents, workspace, person, names: shown.leavesOutNames)
    meant = try draft.alone.map(workspace.shown)
    findings = draft.diagnostics.map { $0.mapTexts(names.hiding) }
  }

  /// A draft that the reader typed.
  ///
  /// It comes back as it was typed: if a name in it came back as a pseudonym, whoever types names
  /// would learn whose pseudonym is whose.
  init(
    typed text: String,
    _ contents: AgreementContents,
    _ workspace: Workspace,
    _ person: Viewer
  ) throws {
    let present = String(decoding: contents.present.bytes, as: UTF8.self)
    let shown = try AgreementNames(workspace, namedBy: [present]).shown(present)
    self.init(text, text, contents, workspace, person, names: shown.leavesOutNames)
    meant = draft.alone
    if leavesOutNames {
      // Other files are not theirs to read.
      let path = contents.present.path
      findings.removeAll { $0.location.map { $0.file != path } ?? false }
    }
  }

  private init(
    _ shown: String,
    _ text: String,
    _ contents: AgreementContents,
    _ workspace: Workspace,
    _ person: Viewer,
    names leavesOutNames: Bool
  ) {
    let draft = AgreementSaver(workspace.agreements, contents).draft(Array(text.utf8))
    self.init(
      text: shown,
      // The hash of a text would tell whether a guess at what is left out of it is right.
      base: leavesOutNames ? "" : AgreementReader.hash(of: contents.present.bytes),
      draft: draft,
      findings: draft.diagnostics,
      presentVersion: AgreementReader.read(contents.present.bytes, file: contents.present.path)
        .agreement?.version,
      maySave: Access.savers.refusal(of: person) == nil && !leavesOutNames,
      leavesOutNames: leavesOutNames
    )
  }
}

extension Access {
  /// Those who may put another agreement in the place of the present one.
  static let savers = Access.only([.admin, .leadership], .write)
  /// Those who may sign for a team.
  static let signers = Access.only([.leadership, .marketing, .sales], .write)
  /// Those who see what the teams answer to a survey.
  static let listeners = Access.only([.leadership, .marketing, .sales], .read)
  /// Those who invite the teams to a survey.
  static let inviters = Access.only([.admin, .leadership], .write)
}
