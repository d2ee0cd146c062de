import Foundation
import PlumblineCommands
import PlumblineCore
import PlumblineStorage

/// What every request may use.
struct Office: Sendable {
  /// The questions and the workspace behind them.
  let desk: Desk
  /// Finds out who asks.
  let doorkeeper: any Doorkeeper
  /// Who has an account, and what they did.
  let signIn: SignIn
  /// The provider that people sign in at; nil where passwords are all there is.
  let openID: OpenIDSignIn?
  /// How the server was set up.
  let settings: WebSettings
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
  /// Whether there is an account yet.
  func hasAccounts() async throws -> Bool
}
