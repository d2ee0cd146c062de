import PlumblineYAML

extension AgreementCheck {
  /// A stage id that cannot be used in files, options and addresses.
  static let stageId = AgreementCheck(code: "agreement.stage-id") { draft, report in
    for stage in (draft.path ?? []) + (draft.detours ?? []) where !isId(stage.id.value) {
      let shown = stage.id.value.shownInMessage
      let id = idLike(stage.id.value)
      report(
        "stage id \"\(shown)\" may hold only lower-case letters, digits and _, and begins with a "
          + "letter.",
        at: stage.id.position,
        remedy: isId(id)
          ? "Write {id: \(id), also: [\"\(shown)\"]}; files may go on calling it \"\(shown)\"."
          : "Give it a short id, and list the words that files use under \"also\"."
      )
    }
  }

  static func isId(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, bytes.count <= 60, isLowerCase(first) else { return false }
    return bytes.allSatisfy {
      isLowerCase($0) || $0 == UInt8(ascii: "_")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
  }

  private static func isLowerCase(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  static func idLike(_ text: String) -> String {
    text.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
      .joined(separator: "_")
  }
}
