import Foundation
import PlumblineCommands
import PlumblineCore

/// Faults that whoever asks can do nothing about: the server's own files are not as they should be.
///
/// What is wrong with them, and where they are, is for whoever looks after the server alone.
enum ServerFault {
  private static let codes: Set<String> = [
    "accounts.busy", "accounts.newer", "accounts.unusable", "store.busy", "store.changed",
    "store.damaged", "store.newer", "store.no-room", "store.read-only", "store.unreadable",
    "workspace.no-folder", "workspace.not-writable",
  ]

  /// What is said in its place.
  ///
  /// - Parameter request: The request's number, under which the log has the rest.
  /// - Returns: The finding.
  static func diagnostic(request: String) -> Diagnostic {
    Diagnostic(
      .error,
      code: "web.unavailable",
      "the server cannot answer this at the moment.",
      remedy:
        "Try again in a minute. If it stays so, tell whoever looks after the server the number "
        + "of this request: \(request)."
    )
  }

  fileprivate static func isOne(_ diagnostic: Diagnostic) -> Bool {
    codes.contains(diagnostic.code)
  }
}

extension InputError {
  /// Whether the server's files are at fault, and not what was asked.
  var isServerFault: Bool { diagnostics.contains(where: ServerFault.isOne) }

  /// Whether too many ask at this moment, and the next may be answered.
  var isBusyness: Bool { diagnostics.contains { $0.code == "accounts.passwords-busy" } }
}

extension Diagnostic {
  /// The finding without the place of the workspace on the server.
  func shown(in workspace: Workspace) -> Diagnostic {
    var finding = mapTexts { $0.without(workspace) }
    finding.location?.file = location?.file.without(workspace) ?? ""
    return finding
  }
}

extension String {
  /// A sentence without the place of a workspace on the server: its files by their names, and
  /// itself as what it is.
  func without(_ workspace: Workspace) -> String {
    // As it was named, and as it is found; a name below the server's own folder gives nothing away.
    var text = self
    for path in [workspace.name, workspace.folder.path] where path.hasPrefix("/") && path != "/" {
      let place = path.hasSuffix("/") ? String(path.dropLast()) : path
      text = text.replacing(place + "/", with: "")
        .replacing(" --workspace \(place)", with: "")
        .replacing(place, with: "the workspace")
    }
    return text
  }
}
