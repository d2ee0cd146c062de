import PlumblineCore

/// Who may ask for a page or call.
enum Access: Hashable, Sendable {
  /// Whoever reaches the server.
  case anyone
  /// Whoever has signed in, or has a token of this scope.
  case everyone(TokenScope)
  /// Those of some roles, or with a token of such a role and of this scope.
  case only(Set<AccountRole>, TokenScope)

  /// Everyone who has signed in may look.
  static let readers = Access.everyone(.read)
  /// Leadership may look.
  static let leaders = Access.only([.leadership], .read)
  /// Those who look after the installation.
  static let admins = Access.only([.admin], .admin)

  /// Those who may import facts.
  static let importers = Access.only([.admin, .leadership, .marketing], .write)
  /// Those who may take away rows of what was imported.
  static let importedRows = Access.only([.admin, .leadership, .marketing], .export)

  /// Why somebody may not; nil when they may.
  enum Refusal: Hashable, Sendable {
    /// Nobody has signed in.
    case signIn
    /// Their role may not.
    case role
    /// Their token is for less.
    case scope
  }

  /// Why a viewer may not; nil when they may.
  func refusal(of viewer: Viewer?) -> Refusal? {
    let (roles, scope): (Set<AccountRole>, TokenScope)
    switch self {
    case .anyone: return nil
    case .everyone(let wanted): (roles, scope) = (Set(AccountRole.allCases), wanted)
    case .only(let some, let wanted): (roles, scope) = (some, wanted)
    }
    guard let viewer else { return .signIn }
    guard roles.contains(viewer.role) else { return .role }
    guard viewer.scopes?.contains(scope) ?? true else { return .scope }
    return nil
  }
}
