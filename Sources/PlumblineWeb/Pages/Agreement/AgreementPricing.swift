import Hummingbird
import PlumblineAgreement
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// What another definition would change, measured on the stored facts.
enum AgreementPricing {
  /// A draft against the present agreement.
  static func price(_ visit: Visit) async throws -> Response {
    let person = try visit.person
    let sent = try await AgreementForm(visit)
    let workspace = visit.office.desk.workspace
    let (markup, remarks) = try await visit.office.desk.ask(for: person) {
      let contents = try workspace.agreements.contents()
      var view = try AgreementDraftView(
        typed: sent.text(like: contents.present),
        contents,
        workspace,
        person
      )
      view.base = sent.base
      let present = AgreementReader.read(contents.present.bytes, file: contents.present.path)
      guard let before = present.agreement, let after = view.draft.alone else {
        return AgreementPage.page(view, contents, person)
      }
      // The draft is as its writer typed it; what stands now is named as they may see it.
      let sections = DiffSections(
        try workspace.difference(from: workspace.shown(before), to: after),
        names: (before: "agreement.yaml", after: "the draft"),
        lead: LeadLink.markup
      )
      return .lines([
        .element("p", ["class": "eyebrow"], "What the draft would change"),
        .element("h1", [:], sections.headline), sections.markup, view.markup,
      ])
    }
    return try await visit.page(
      PageContent(
        title: "What the draft would change",
        place: .agreement,
        content: markup.source,
        notices: remarks
      )
    )
  }

  /// One version against another.
  static func compare(_ visit: Visit) async throws -> Response {
    let folder = visit.office.desk.workspace.name
    let query = visit.query
    guard let first = query["first"] else { return visit.seeOther("/agreement") }
    let second = query["second"] ?? "."
    return try await visit.page("What a version changed", .agreement) {
      let question = try QuestionCall.question(
        AgreementDiffCommand.self,
        [("first", first), ("second", second)],
        of: folder
      )
      let answer = try question.answer()
      let sections = DiffSections(answer.diff, names: answer.names, lead: LeadLink.markup)
      return .lines([
        .element("p", ["class": "eyebrow"], "What a version changed"),
        .element("h1", [:], sections.headline), sections.markup,
        .element(
          "p",
          [:],
          [.element("a", ["href": "/agreement"], "Back to the agreement")]
        ),
      ])
    }
  }
}

/// A lead by its id, leading to its page.
enum LeadLink {
  @Sendable static func markup(_ id: String) -> Markup {
    .element("a", ["href": "/leads/\(PathPart.encoded(id))"], id)
  }
}

/// A part of an address's path or query.
enum PathPart {
  /// The text with all but letters, digits and `-._~` in percent signs (RFC 3986, section 2.3).
  static func encoded(_ text: String) -> String {
    let hexadecimal = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        bytes.append(byte)
      default:
        bytes += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
