import Foundation
import PlumblineCore

/// What can be wrong with a backup, in words.
enum BackupFault {
  static func damaged(_ path: String, _ what: String) -> InputError {
    InputError(
      code: "backup.damaged",
      "\(path) is damaged: \(what).",
      remedy: "Copy it again from where it was made, or take an earlier backup."
    )
  }

  static func cut(_ path: String) -> InputError { damaged(path, "it ends too early") }

  static func newer(_ path: String) -> InputError {
    InputError(
      code: "backup.newer",
      "\(path) was made by a newer version of plumbline.",
      remedy: "Use that version or a later one."
    )
  }

  static func notABackup(_ path: String) -> InputError {
    InputError(
      code: "backup.not-a-backup",
      "\(path) is not a backup, or its beginning is damaged.",
      remedy: "Name a file that plumbline backup has made."
    )
  }

  static func foreign(_ path: String, _ name: String) -> InputError {
    let shown = name.unicodeScalars.prefix(80).map { $0.escaped(asASCII: true) }.joined()
    return InputError(
      code: "backup.foreign-file",
      "\(path) holds a file that does not belong to a workspace: \"\(shown)\". "
        + "Nothing was restored.",
      remedy: "Do not use it unless you know who made it; a newer version of plumbline may know "
        + "more files."
    )
  }

  static func unreadable(_ path: String) -> InputError {
    InputError(
      code: "backup.unreadable",
      "\(path) cannot be read.",
      remedy: "Check that it is a file, and that you may read it."
    )
  }

  static func exists(_ path: String) -> InputError {
    InputError(
      code: "backup.exists",
      "\(path) exists already.",
      remedy: "Name another file; no backup is overwritten."
    )
  }

  static func notWritten(_ path: String) -> InputError {
    InputError(
      code: "backup.not-written",
      "\(path) cannot be written.",
      remedy:
        "Check that its folder is there, that you may write to it, and that there is room for "
        + "twice the workspace."
    )
  }

  static func occupied(_ folder: String) -> InputError {
    InputError(
      code: "restore.folder-exists",
      "\(folder) is there already and not an empty folder. Nothing was changed.",
      remedy: "Name a new folder with --workspace; nothing is overwritten."
    )
  }

  static func notRestored(_ folder: String) -> InputError {
    InputError(
      code: "restore.not-written",
      "\(folder) cannot be made. Nothing was restored.",
      remedy: "Name a new folder beside which you may write, where there is room."
    )
  }
}
