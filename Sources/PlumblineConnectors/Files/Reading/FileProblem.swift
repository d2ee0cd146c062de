import PlumblineCore

/// What can be wrong with a file before its first line is read, in words.
struct FileProblem {
  let path: String

  private func error(
    _ code: String,
    _ message: String,
    line: Int? = nil,
    _ remedy: String
  )
    -> InputError
  {
    InputError(
      code: code,
      message,
      at: Diagnostic.Location(file: path, line: line),
      remedy: remedy
    )
  }

  private func note(
    _ severity: Diagnostic.Severity,
    _ code: String,
    _ message: String,
    line: Int? = nil,
    _ remedy: String
  ) -> Diagnostic {
    Diagnostic(
      severity,
      code: code,
      message,
      at: Diagnostic.Location(file: path, line: line),
      remedy: remedy
    )
  }

  var missing: InputError {
    error("file.not-found", "there is no such file.", "Check the path and its spelling.")
  }

  var unreadable: InputError {
    error("file.unreadable", "the file cannot be read.", "Check that you may read it.")
  }

  var directory: InputError {
    error(
      "file.is-directory",
      "this is a folder, not a file.",
      "Name the files inside it one by one."
    )
  }

  var empty: InputError {
    error("file.empty", "the file is empty.", "Export it again.")
  }

  func zeroByte(line: Int) -> InputError {
    error(
      "file.zero-byte",
      "the file holds a zero byte, so it is not a text file.",
      line: line,
      "Export it as CSV in UTF-8; if it is UTF-16, name the encoding."
    )
  }

  func gzip(_ failure: Gzip.Failure, limit: Int) -> InputError {
    switch failure {
    case .truncated:
      error(
        "file.gzip-truncated",
        "the compressed file ends too early; part of it is missing.",
        "Copy or download it again."
      )
    case .damaged:
      error(
        "file.gzip-damaged",
        "the compressed file is damaged.",
        "Copy or download it again."
      )
    case .tooLarge:
      error(
        "file.gzip-too-large",
        "the file unpacks to more than \(limit) bytes.",
        "Unpack it with gunzip and import the unpacked file."
      )
    }
  }

  func illFormed(line: Int) -> Diagnostic {
    note(
      .warning,
      "file.ill-formed-utf8",
      "a byte is not valid UTF-8; such bytes were replaced by the sign U+FFFD.",
      line: line,
      "Export the file again, or name its encoding."
    )
  }

  func damagedUTF16(_ count: Int) -> Diagnostic {
    note(
      .warning,
      "file.damaged-utf16",
      "\(count) characters of this UTF-16 file are damaged; each was replaced by the sign U+FFFD.",
      "Export the file again."
    )
  }

  func readAsWindows1252(line: Int) -> Diagnostic {
    note(
      .note,
      "file.read-as-windows-1252",
      "the file is not UTF-8 (first seen in this line), so it was read as Windows-1252.",
      line: line,
      "If letters look wrong, export it as UTF-8 or name its encoding."
    )
  }

  /// The error for a file that is of another kind altogether, nil when the bytes may be a table.
  func foreignFormat(_ bytes: UnsafeRawBufferPointer) -> InputError? {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
    {
      return error(
        "file.is-workbook",
        "this is a workbook or an archive, not a text table.",
        "Save the sheet as CSV (UTF-8), or unpack the archive."
      )
    }
    if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
      || bytes.starts(with: [0x42, 0x5A, 0x68])
        && bytes.count > 3 && Ascii.isDigit(bytes[3])
      || bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A])
    {
      return error(
        "file.unknown-compression",
        "the file is compressed in a way that is not supported.",
        "Unpack it, or compress it with gzip."
      )
    }
    if bytes.starts(with: Array("%PDF-".utf8)) {
      return error("file.is-pdf", "this is a PDF, not a text table.", "Export it as CSV.")
    }
    let head = TextBytes.trimmed(UnsafeRawBufferPointer(rebasing: bytes.prefix(512)))
    let start = String(decoding: head.prefix(15), as: UTF8.self).lowercased()
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") {
      return error(
        "file.is-web-page",
        "this is a web page, not a text table.",
        "The download was probably answered by a sign-in page: sign in and export again."
      )
    }
    return nil
  }

  /// The line of the first zero byte, nil when there is none.
  static func lineOfZeroByte(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let offset = ByteSearch.first(0, in: base, from: 0, count: bytes.count)
    return offset < bytes.count ? line(of: offset, in: bytes) : nil
  }

  /// The line, counted from 1, in which a byte stands.
  static func line(of offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    guard let base = bytes.baseAddress else { return 1 }
    return 1 + ByteSearch.occurrences(of: Ascii.lineFeed, in: base, 0..<offset)
  }
}
