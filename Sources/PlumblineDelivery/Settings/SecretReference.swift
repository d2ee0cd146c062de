import Foundation
public import PlumblineCore

/// Where a secret is: never in the settings themselves.
public enum SecretReference: Hashable, Sendable {
  /// An environment variable of this name.
  case environment(String)
  /// A file whose only line it is.
  case file(String)

  /// The reference in a text such as `env:SLACK_URL` or `file:/run/secrets/slack`, or nil.
  public init?(_ text: String) {
    if text.hasPrefix("env:") {
      let name = text.dropFirst(4)
      let isName = name.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      }
      guard !name.isEmpty, isName else { return nil }
      self = .environment(String(name))
    } else if text.hasPrefix("file:") {
      let path = text.dropFirst(5)
      guard !path.isEmpty else { return nil }
      self = .file(String(path))
    } else {
      return nil
    }
  }

  /// The secret itself.
  ///
  /// - Parameters:
  ///   - environment: The variables of the process.
  ///   - folder: The folder from which relative paths count.
  /// - Returns: The text without the line break at its end.
  /// - Throws: `InputError` with code `alerts.secret-missing` when there is none, or it is empty, or
  ///   has more than one line; the message names the reference only.
  public func secret(
    environment: [String: String],
    folder: String
  ) throws(InputError) -> Secret {
    let found: String?
    switch self {
    case .environment(let name): found = environment[name]
    case .file(let path):
      let place = URL(
        fileURLWithPath: path,
        relativeTo: URL(fileURLWithPath: folder, isDirectory: true)
      )
      found = FileManager.default.contents(atPath: place.path)
        .flatMap { $0.count <= 65_536 ? String(bytes: $0, encoding: .utf8) : nil }
    }
    let lines = (found ?? "").split(omittingEmptySubsequences: false) { $0.isNewline }
    guard let first = lines.first, !first.isEmpty, lines.dropFirst().allSatisfy(\.isEmpty),
      !first.utf8.contains(0)
    else {
      throw InputError(
        code: "alerts.secret-missing",
        "\(self) holds no secret, or more than one line.",
        remedy: "Put the secret there as its only line."
      )
    }
    return Secret(value: String(first))
  }
}

extension SecretReference: CustomStringConvertible {
  /// Where the secret is, in words.
  public var description: String {
    switch self {
    case .environment(let name): "the environment variable \(name)"
    case .file(let path): "the file \(path)"
    }
  }
}

/// A text that is shown to nobody.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The text; for the one who sends it, never for a message.
  let value: String

  /// What is shown instead.
  public var description: String { "[secret]" }
  /// What is shown instead.
  public var debugDescription: String { "[secret]" }
  /// Nothing to look into.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
