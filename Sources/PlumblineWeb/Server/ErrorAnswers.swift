import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1
import PlumblineCore
import PlumblineReporting

/// Errors as people and programs can act on them; what went wrong on our side goes to the log alone.
struct ErrorAnswers: RouterMiddleware {
  let office: Office

  func handle(
    _ request: Request,
    context: WebContext,
    next: @concurrent (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    do {
      let place: AnswerPlace = Route.isCall(request.uri.path) ? .terminal : .page
      return try await AnswerPlace.$current.withValue(place) { try await next(request, context) }
    } catch let error as InputError where error.isServerFault {
      context.logger.error(
        "the server's files cannot be used",
        metadata: ["what": .array(error.diagnostics.map { "\($0.description)" })]
      )
      let diagnostic = ServerFault.diagnostic(request: context.id)
      return answer(
        [diagnostic],
        .serviceUnavailable,
        request,
        context,
        retryAfter: RetryAfter.faultSeconds
      )
    } catch let error as InputError {
      let diagnostics = error.diagnostics.map { $0.shown(in: office.desk.workspace) }
      let status: HTTPResponse.Status = error.isBusyness ? .serviceUnavailable : .badRequest
      return answer(diagnostics, status, request, context)
    } catch let error as RefusedRequest {
      return answer([error.diagnostic], error.status, request, context)
    } catch let error as any HTTPResponseError {
      var diagnostic = Self.diagnostic(of: error.status)
      if error.status == .notFound, Route.isCall(request.uri.path) {
        diagnostic.remedy = "See /api/openapi.json for what there is."
      }
      var response = answer([diagnostic], error.status, request, context)
      for name in [HTTPField.Name.allow, .retryAfter] {
        if let field = (error as? HTTPError)?.headers[name] { response.headers[name] = field }
      }
      return response
    } catch is CancellationError {
      throw CancellationError()
    } catch let error as HTTPParserError {
      // The rest of the connection cannot be understood: the server refuses it and closes.
      throw error
    } catch {
      context.logger.error(
        "a request failed",
        metadata: ["error": "\(String(reflecting: type(of: error)))", "what": "\(error)"]
      )
      let diagnostic = Diagnostic(
        .error,
        code: "web.our-fault",
        "something went wrong on our side.",
        remedy: "Tell whoever looks after the server the number of this request: \(context.id)."
      )
      return answer([diagnostic], .internalServerError, request, context)
    }
  }

  /// What a status of the server's own says.
  static func diagnostic(of status: HTTPResponse.Status) -> Diagnostic {
    switch status {
    case .unauthorized:
      Diagnostic(
        .error,
        code: "web.sign-in",
        "nobody has signed in.",
        remedy: "Sign in, or send a token as Authorization: Bearer …"
      )
    case .forbidden:
      Diagnostic(
        .error,
        code: "web.not-allowed",
        "this is not for your role, or not for your token.",
        remedy: "Ask an admin of this Plumbline."
      )
    case .notFound:
      Diagnostic(
        .error,
        code: "web.not-found",
        "there is nothing at this address.",
        remedy: "Begin at the verdict."
      )
    case .methodNotAllowed:
      Diagnostic(
        .error,
        code: "web.wrong-method",
        "this address is not asked so.",
        remedy: "See /api/openapi.json for how it is asked."
      )
    case .contentTooLarge:
      Diagnostic(
        .error,
        code: "web.too-large",
        "that is more than is taken.",
        remedy: "Send less, or import the file with the command plumbline import.",
        onPage: "Send less at a time, or have whoever looks after the server import the file."
      )
    case .tooManyRequests:
      Diagnostic(
        .error,
        code: "web.too-many",
        "too many attempts.",
        remedy: "Wait a little, then try again."
      )
    case .serviceUnavailable:
      Diagnostic(
        .error,
        code: "web.busy",
        "the server cannot answer this at the moment.",
        remedy: "Try again in a few seconds."
      )
    default:
      Diagnostic(
        .error,
        code: "web.refused",
        "the request could not be answered (\(status.code)).",
        remedy: "Go back and try again."
      )
    }
  }

  private func answer(
    _ diagnostics: [Diagnostic],
    _ status: HTTPResponse.Status,
    _ request: Request,
    _ context: WebContext,
    retryAfter seconds: Int = RetryAfter.busySeconds
  ) -> Response {
    var response = written(diagnostics, status, request, context)
    RetryAfter.note(in: &response.headers, status, seconds: seconds)
    return response
  }

  private func written(
    _ diagnostics: [Diagnostic],
    _ status: HTTPResponse.Status,
    _ request: Request,
    _ context: WebContext
  ) -> Response {
    if Route.isCall(request.uri.path) {
      let text = (try? ErrorJSON(diagnostics).text()) ?? "{}\n"
      var headers: HTTPFields = [
        .contentType: "application/json; charset=utf-8", .cacheControl: "no-store",
      ]
      if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
      return Response(
        status: status,
        headers: headers,
        body: ResponseBody(byteBuffer: ByteBuffer(string: text))
      )
    }
    let visit = Visit(request: request, context: context, office: office)
    let title = status == .notFound ? "Not found" : "That did not work"
    return visit.plainPage(
      title,
      .lines(
        diagnostics.map(FaultNote.markup) + [
          .element("p", [:], [.element("a", ["href": "/"], "To the verdict")])
        ]
      ),
      status: status
    )
  }
}

/// A finding as a page shows it.
enum FaultNote {
  /// What, where, how to mend.
  static func markup(_ diagnostic: Diagnostic) -> Markup {
    var location = diagnostic.location
    if let file = location?.file { location?.file = Format.fileName(file) }
    let place = location.map { "\($0): " } ?? ""
    return .element(
      "div",
      ["class": diagnostic.severity == .error ? "fault" : "notice", "role": "alert"],
      [
        .element("p", [:], place + FieldNames.inPlace(ofOptionsIn: diagnostic.message)),
        .element(
          "p",
          ["class": "remedy"],
          FieldNames.inPlace(ofOptionsIn: diagnostic.remedy(in: .page) ?? "")
        ),
        .element("p", ["class": "code"], diagnostic.code),
      ]
    )
  }
}
