import HTTPTypes
import PlumblineCore

/// A request that is refused for a reason of its own, with the status that says so to programs.
struct RefusedRequest: Error {
  /// The status.
  let status: HTTPResponse.Status
  /// Why, and what to do.
  let diagnostic: Diagnostic

  /// A browser's session where only tokens may change something: a browser sends its cookie with
  /// whatever any page makes it send.
  static let session = RefusedRequest(
    status: .forbidden,
    diagnostic: Diagnostic(
      .error,
      code: "web.token-only",
      "the session of a browser changes nothing here.",
      remedy: "Send a token with the scope write as Authorization: Bearer …, or use the page."
    )
  )
}
