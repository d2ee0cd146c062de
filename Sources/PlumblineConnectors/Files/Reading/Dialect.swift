/// How a delimited file separates fields and ends lines.
///
/// Quotes follow RFC 4180: a field may stand in double quotes, and a double quote inside such a
/// field is written twice.
public struct Dialect: Sendable, Hashable {
  /// What stands between two fields.
  public enum Delimiter: UInt8, Sendable, Hashable, CaseIterable {
    /// `,`
    case comma = 0x2C
    /// `;`
    case semicolon = 0x3B
    /// The tabulator.
    case tab = 0x09
    /// `|`
    case bar = 0x7C

    /// The delimiter as a person would name it.
    public var name: String {
      switch self {
      case .comma: "comma"
      case .semicolon: "semicolon"
      case .tab: "tab"
      case .bar: "vertical bar"
      }
    }
  }

  /// What ends a line.
  public enum LineEnds: Sendable, Hashable {
    /// A line feed, with or without a carriage return before it; a lone carriage return is text.
    case lineFeed
    /// A carriage return alone, as old Macintosh programs write it; line feeds end lines as well.
    case carriageReturn
  }

  /// What stands between two fields.
  public var delimiter: Delimiter
  /// What ends a line.
  public var lineEnds: LineEnds

  /// A dialect.
  public init(delimiter: Delimiter, lineEnds: LineEnds = .lineFeed) {
    self.delimiter = delimiter
    self.lineEnds = lineEnds
  }
}

extension Dialect.LineEnds {
  /// The line ends that the first of them in a text suggests.
  ///
  /// - Complexity: O(length of the first line).
  init(firstOf text: UnsafeRawBufferPointer) {
    self = .lineFeed
    guard let base = text.baseAddress else { return }
    let lineFeed = ByteSearch.first(Ascii.lineFeed, in: base, from: 0, count: text.count)
    let carriageReturn = ByteSearch.first(Ascii.carriageReturn, in: base, from: 0, count: lineFeed)
    if carriageReturn < lineFeed - 1 || (carriageReturn < lineFeed && lineFeed == text.count) {
      self = .carriageReturn
    }
  }
}
