import Foundation
import Testing

/// Compares a text with the golden file `Goldens/<suite>/<name>.txt` beside the test that asks.
///
/// With `PLUMBLINE_RECORD=1` in the environment the file is written anew and the test fails, so
/// that somebody reads the difference.
///
/// - Parameters:
///   - text: What the code made.
///   - suite: The folder of the golden file.
///   - name: The golden file's name without its ending.
///   - fileID: The asking test's file, as messages name it.
///   - file: The asking test's file; its folder or one above holds `Goldens`.
///   - line: The asking line.
///   - column: The asking column.
public func expectGolden(
  _ text: String,
  suite: String,
  _ name: String,
  fileID: String = #fileID,
  file: String = #filePath,
  line: Int = #line,
  column: Int = #column
) {
  let location = SourceLocation(fileID: fileID, filePath: file, line: line, column: column)
  let golden = goldens(beside: file).appending(path: "\(suite)/\(name).txt")
  if ProcessInfo.processInfo.environment["PLUMBLINE_RECORD"] == "1" {
    do {
      try FileManager.default.createDirectory(
        at: golden.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: golden)
      Issue.record("recorded \(suite)/\(name); read the difference", sourceLocation: location)
    } catch {
      Issue.record("cannot record \(suite)/\(name): \(error)", sourceLocation: location)
    }
    return
  }
  guard let data = try? Data(contentsOf: golden) else {
    Issue.record(
      "no golden \(suite)/\(name); run with PLUMBLINE_RECORD=1 and read it",
      sourceLocation: location
    )
    return
  }
  let wanted = String(decoding: data, as: UTF8.self)
  guard wanted != text else { return }
  Issue.record(
    "differs from golden \(suite)/\(name): \(firstDifference(wanted, text))",
    sourceLocation: location
  )
}

private func goldens(beside file: String) -> URL {
  var folder = URL(filePath: file).resolvingSymlinksInPath().deletingLastPathComponent()
  while !folder.lastPathComponent.hasSuffix("Tests"), folder.pathComponents.count > 1 {
    folder.deleteLastPathComponent()
  }
  return folder.appending(path: "Goldens")
}

private func firstDifference(_ wanted: String, _ given: String) -> String {
  let (old, new) = (lines(wanted), lines(given))
  let index = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
  func line(_ lines: [String]) -> String { index < lines.count ? "\"\(lines[index])\"" : "the end" }
  return "line \(index + 1) is \(line(new)), the golden has \(line(old))"
}

private func lines(_ text: String) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}
