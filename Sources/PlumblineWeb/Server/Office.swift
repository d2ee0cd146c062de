import Foundation
import PlumblineCommands
import PlumblineCore
import PlumblineStorage

/// What every request may use.
struct Office: Sendable {
  /// The questions and the workspace behind them.
  let desk: Desk
  /// Finds out who asks.
  var doorkeeper: any Doorkeeper
  /// Who has an account, and what they did.
  let signIn: SignIn
  /// The provider that people sign in at; nil where passwords are all there is.
  var openID: OpenIDSignIn?
  /// How the server was set up.
  var settings: WebSettings
  /// The templates of pages.
  let templates: Templates
  /// Counts of requests.
  let tally: RequestTally
  /// How often machines ask for pages that need no sign-in.
  let strangers = StrangerThrottle()
  /// The time.
  let now: @Sendable () -> Instant
  /// What pages that are open are told.
  let live = LiveEvents()
  /// The imports that were started here.
  let imports = ImportJobs()
  /// What was proposed for uploaded files.
  let proposals = Proposals()

  /// Uploaded files that wait for their import.
  var uploads: UploadShelf { UploadShelf(desk.workspace.folder) }
}

/// Finds out who asks.
protocol Doorkeeper: Sendable {
  /// Who has the session of a cookie; nil when nobody has.
  func viewer(session: String, now: Instant) async throws -> Viewer?
  /// Who has a token; nil when nobody has.
  func viewer(token: String, now: Instant) async throws -> Viewer?
  /// Whether a session still holds; looking does not keep it alive.
  func holds(session: String, now: Instant) async throws -> Bool
  /// Whether there is an account yet.
  func hasAccounts() async throws -> Bool
}

extension Doorkeeper {
  func holds(session: String, now: Instant) async throws -> Bool {
    try await viewer(session: session, now: now) != nil
  }

  /// Whether what a request showed for itself still holds; looking does not keep it alive.
  func holds(_ pass: Identification.Pass?, now: Instant) async throws -> Bool {
    switch pass {
    case .token(let token): try await viewer(token: token, now: now) != nil
    case .session(let cookie): try await holds(session: cookie, now: now)
    case nil: false
    }
  }
}
