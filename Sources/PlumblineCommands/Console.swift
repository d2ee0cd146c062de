import Foundation
public import PlumblineCore
import PlumblineReporting
import Synchronization

/// What is said to people and programs: results on standard output, the rest on standard error.
public enum Console {
  /// Whether standard output is a terminal.
  static let isTerminal = isatty(STDOUT_FILENO) == 1

  /// The columns that a page of text may fill.
  static var width: Int { width(of: STDOUT_FILENO) }

  private static func width(of descriptor: Int32) -> Int {
    if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init), columns > 0 {
      return min(max(columns, 40), 200)
    }
    var size = winsize()
    if isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return min(max(Int(size.ws_col), 40), 200)
    }
    return 80
  }

  /// Whether output may carry colour: on a terminal, unless `NO_COLOR` says otherwise.
  static var isStyled: Bool {
    isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  /// Takes what would go to standard error, where somebody else than a terminal asks; nil there.
  ///
  /// A task's own, for commands are asked by many at once and say what they say from deep inside.
  @TaskLocal static var listener: Listener?

  /// Takes what is said.
  ///
  /// A class, for Swift 6.3 ends an optimized program that gives a task a function of its own.
  final class Listener: Sendable {
    private let said = Mutex<[String]>([])

    /// Takes a text.
    func hear(_ text: String) { said.withLock { $0.append(text) } }

    /// All that was said, in its order.
    var heard: [String] { said.withLock { $0 } }
  }

  /// Runs `body` and gives what it said besides its answer.
  ///
  /// - Parameter body: What is run, on this thread.
  /// - Returns: What `body` gave, and what would have gone to standard error.
  /// - Throws: What `body` throws.
  public static func hearing<Value>(
    _ body: () throws -> Value
  ) rethrows -> (value: Value, remarks: [String]) {
    let listener = Listener()
    let value = try $listener.withValue(listener) { try body() }
    return (value, listener.heard)
  }

  /// Writes to standard error, on a terminal in lines that fit.
  ///
  /// A program that reads it finds each finding on lines of its own, however long they are.
  public static func complain(_ text: String) {
    if let listener { return listener.hear(text) }
    let text =
      isatty(STDERR_FILENO) == 1
      ? RemarkText.wrapped(text, width: width(of: STDERR_FILENO)) : text
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Writes findings to standard error, as JSON where the command was asked for JSON.
  public static func complain(_ diagnostics: [Diagnostic]) {
    let arguments = listener == nil ? CommandLine.arguments : []
    guard arguments.contains("json") || arguments.contains("--format=json"),
      let text = try? ErrorJSON(diagnostics).text()
    else {
      for diagnostic in diagnostics { complain(diagnostic.description) }
      return
    }
    FileHandle.standardError.write(Data(text.utf8))
  }
}

/// Says on standard error how far a long work is, once it has taken more than a second.
final class Progress {
  private let start = Date()
  private var lastTold = Date.distantPast
  private var hasTold = false
  private let isTerminal = isatty(STDERR_FILENO) == 1

  /// Tells, at most ten times a second on a terminal and every five seconds elsewhere.
  func tell(_ text: @autoclosure () -> String) {
    let now = Date()
    guard Console.listener == nil, now.timeIntervalSince(start) > 1,
      now.timeIntervalSince(lastTold) > (isTerminal ? 0.1 : 5)
    else { return }
    lastTold = now
    hasTold = true
    let line = isTerminal ? "\r\u{1B}[2K\(text())" : text() + "\n"
    FileHandle.standardError.write(Data(line.utf8))
  }

  /// Leaves the line to what comes next.
  func finish() {
    if hasTold, isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8)) }
  }
}
