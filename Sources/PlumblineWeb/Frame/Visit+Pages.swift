import Foundation
import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

extension Visit {
  /// A page that is made of answers, kept until something it rests on changes.
  ///
  /// - Parameters:
  ///   - title: The title of the window.
  ///   - place: Where it is in the navigation.
  ///   - notices: What just happened.
  ///   - more: What else the inside hangs on than what is on disk, such as the minute.
  ///   - make: Asks questions and writes the inside; runs on a thread of the desk. What it says
  ///     besides becomes the page's remarks.
  /// - Returns: The page. It has no mark by which a reader's own could be known as the same: the
  ///   frame around it holds the token of their session and what just happened.
  /// - Throws: What `make` throws.
  func page(
    _ title: String,
    _ place: Place?,
    notices: [String] = [],
    hangingOn more: String = "",
    _ make: @escaping @Sendable () throws -> Markup
  ) async throws -> Response {
    let person = try person
    let stamp = try await office.desk.stamp()
    let desk = office.desk
    let written = try await desk.answers.answer(for: key("page", person, stamp, more)) {
      let (markup, remarks) = try await desk.ask(for: person) {
        do {
          return try make()
        } catch let error as InputError where FirstSteps.areDue(error) {
          return FirstSteps.markup(in: desk.workspace)
        }
      }
      return Written(markup.source, remarks: remarks)
    }
    return try await framed(
      PageContent(title: title, place: place, content: written.text, notices: notices),
      stamp: stamp,
      remarks: written.remarks
    )
  }

  /// A part of a page that a script puts in the place of the one that is shown, kept like a page.
  ///
  /// - Parameters:
  ///   - name: Which part.
  ///   - make: Asks and writes it; runs on a thread of the desk.
  /// - Returns: The part without the frame around pages.
  /// - Throws: What `make` throws.
  func fragment(
    _ name: String,
    _ make: @escaping @Sendable () throws -> Markup
  ) async throws -> Response {
    let person = try person
    let stamp = try await office.desk.stamp()
    let desk = office.desk
    let written = try await desk.answers.answer(for: key("fragment \(name)", person, stamp)) {
      let (markup, remarks) = try await desk.ask(for: person, make)
      return Written(markup.source, remarks: remarks)
    }
    var response = Response.html(Forms.filled(written.text, for: person))
    response.headers[.vary] = Self.fragmentField
    return response
  }

  private static let fragmentField = "X-Fragment"

  /// Whether a script asks for the parts of a page that change, and not for all of it.
  var wantsFragment: Bool { fragmentName != nil }

  /// The part of a page that a script asks for; nil for the whole page.
  var fragmentName: String? {
    HTTPField.Name(Self.fragmentField).flatMap { request.headers[$0] }
  }

  /// A page whose inside is at hand.
  ///
  /// - Parameters:
  ///   - content: The inside.
  ///   - status: The status.
  /// - Returns: The page.
  /// - Throws: What reading the workspace throws.
  func page(_ content: PageContent, status: HTTPResponse.Status = .ok) async throws -> Response {
    try await framed(content, stamp: try await office.desk.stamp(), status: status)
  }

  /// A page without navigation, for those who have not signed in.
  func plainPage(
    _ title: String,
    _ content: Markup,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    let model = ["title": title, "content": content.source, "version": Release.number]
    return .html(office.templates.render("plain", model), status: status)
  }

  /// What an answer rests on besides the agreement and the facts, for `hangingOn`.
  ///
  /// - Parameters:
  ///   - door: What is asked.
  ///   - parameters: What is given.
  /// - Returns: A text that changes whenever one of these does.
  /// - Throws: `InputError` when it cannot be read.
  func moment(
    of door: QuestionDoor,
    _ parameters: [QuestionCall.Parameter] = []
  ) async throws -> String {
    let (desk, now) = (office.desk, office.now())
    return try await desk.glance {
      try desk.shelf.stamp(of: door, parameters, in: desk.workspace, now: now)
    }
  }

  /// JSON that is kept until something it rests on changes.
  ///
  /// - Parameters:
  ///   - more: What else it hangs on than the agreement and the facts, see `moment`.
  ///   - make: Asks; runs on a thread of the desk.
  /// - Returns: The JSON, or 304 where the program has it.
  /// - Throws: What `make` throws.
  func json(
    hangingOn more: String = "",
    _ make: @escaping @Sendable () throws -> String
  ) async throws -> Response {
    let person = try person
    let stamp = try await office.desk.stamp()
    let desk = office.desk
    let written = try await desk.answers.answer(for: key("call", person, stamp, more)) {
      let (text, remarks) = try await desk.ask(for: person, make)
      return Written(text, remarks: remarks)
    }
    return known(written)
  }

  /// JSON that is at hand.
  ///
  /// - Parameter text: The JSON.
  /// - Returns: The JSON, or 304 where the program has it.
  func known(_ text: String) -> Response { known(Written(text)) }

  private func known(_ written: Written) -> Response {
    let mark = "\"\(written.mark)\""
    var headers: HTTPFields = [.eTag: mark, .cacheControl: "private, no-cache"]
    if EntityTags(request.headers[values: .ifNoneMatch]).match(written.mark) {
      return Response(status: .notModified, headers: headers)
    }
    headers[.contentType] = "application/json; charset=utf-8"
    if let name = HTTPField.Name("Plumbline-Remark") {
      for remark in written.remarks { headers.append(HTTPField(name: name, value: remark.oneLine)) }
    }
    return Response(
      status: .ok,
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: written.text))
    )
  }

  private func key(
    _ kind: String,
    _ person: Viewer,
    _ stamp: ReadingShelf.Stamp,
    _ more: String = ""
  ) -> AnswerCache.Key {
    AnswerCache.Key(
      question: "\(kind) \(person.role.rawValue) \(request.uri.string) \(more)",
      stamp: stamp.text,
      shownOwners: person.shownOwners,
      reader: reader.rawValue
    )
  }

  private func framed(
    _ content: PageContent,
    stamp: ReadingShelf.Stamp,
    remarks: [String] = [],
    status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let frame = PageFrame(
      content,
      of: self,
      viewer: try person,
      company: await office.desk.company(),
      stamp: stamp.text,
      remarks: remarks
    )
    var response = Response.html(office.templates.render("layout", frame), status: status)
    if let chosen = query["as"].flatMap(Reader.init(rawValue:)) {
      response.setCookie(
        Cookie(
          name: "lens",
          value: chosen.rawValue,
          maxAge: 365 * 86_400,
          path: "/",
          secure: office.settings.isSecure,
          httpOnly: true,
          sameSite: .lax
        )
      )
    }
    return response
  }
}

extension Response {
  /// JSON of a call that changed something.
  static func call(_ text: String) -> Response {
    Response(
      status: .ok,
      headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
  }

  /// A page; never kept by what stands between, for it may be for one reader alone.
  static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status,
      headers: [
        .contentType: "text/html; charset=utf-8", .cacheControl: "private, no-cache",
        // A page and its parts have one address.
        .vary: "X-Fragment",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
  }
}

extension String {
  /// As a field of an answer's head may hold it: one line, ASCII, without control characters.
  var oneLine: String {
    String(decoding: utf8.map { (32..<127).contains($0) ? $0 : 32 }, as: UTF8.self)
  }
}
