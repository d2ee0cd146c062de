/// A place in a text: line and column, both counted from 1, the column in Unicode scalars.
public struct YAMLPosition: Hashable, Comparable, Sendable {
  /// The line, counted from 1.
  public let line: Int
  /// The column, counted from 1.
  public let column: Int

  /// A place in a text.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether the left place comes first.
  public static func < (left: YAMLPosition, right: YAMLPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A value together with the place where it was written.
public struct Positioned<Value: Sendable>: Sendable {
  /// The value.
  public let value: Value
  /// Where it begins.
  public let position: YAMLPosition

  /// A value at a place.
  public init(_ value: Value, at position: YAMLPosition) {
    self.value = value
    self.position = position
  }
}

/// A piece of a YAML document with the place where it begins.
///
/// Words are kept as written: `no` stays the text "no" and `2026-01-01` stays a text until a
/// reader asks for a date.
public struct YAMLNode: Hashable, Sendable {
  /// What a piece of a document can be.
  public enum Content: Hashable, Sendable {
    /// Values in order.
    case list([YAMLNode])
    /// Keys with their values, in the order of the file.
    case mapping([YAMLEntry])
    /// A word, number or text.
    case scalar(YAMLScalar)
  }

  /// What stands there.
  public let content: Content
  /// Where it begins.
  public let position: YAMLPosition

  /// A piece of a document.
  public init(_ content: Content, at position: YAMLPosition) {
    self.content = content
    self.position = position
  }

  /// The scalar, unless this is a list or a mapping.
  public var scalar: YAMLScalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// Whether nothing stands here: an empty value, `~` or `null`.
  public var isNull: Bool { scalar?.isNull ?? false }
}

/// One key of a mapping with its value.
public struct YAMLEntry: Hashable, Sendable {
  /// The key as written, without quotes.
  public let key: String
  /// Where the key begins.
  public let keyPosition: YAMLPosition
  /// What the key stands for.
  public let value: YAMLNode

  /// A key with its value.
  public init(key: String, at keyPosition: YAMLPosition, value: YAMLNode) {
    self.key = key
    self.keyPosition = keyPosition
    self.value = value
  }
}

/// A word, number or text as written.
public struct YAMLScalar: Hashable, Sendable {
  /// The text without quotes.
  public let text: String
  /// Whether it was written in quotes or as a block of text.
  public let isQuoted: Bool

  /// A scalar.
  public init(_ text: String, isQuoted: Bool = false) {
    self.text = text
    self.isQuoted = isQuoted
  }

  /// Whether the scalar says that there is nothing: empty, `~` or `null`, without quotes.
  public var isNull: Bool {
    !isQuoted && ["", "~", "null", "Null", "NULL"].contains(text)
  }
}
