import Foundation

/// A JSON value: what a reference case holds, and the shape in which tests answer it.
public indirect enum AnswerTree: Hashable, Sendable {
  /// JSON null.
  case null
  /// True or false.
  case flag(Bool)
  /// A number.
  case number(Double)
  /// A string.
  case text(String)
  /// A list.
  case list([AnswerTree])
  /// Named values.
  case object([String: AnswerTree])

  /// A number, or null.
  public static func optional(_ value: Double?) -> AnswerTree { value.map(number) ?? .null }

  /// A whole number, or null.
  public static func optional(_ value: Int?) -> AnswerTree {
    value.map { .number(Double($0)) } ?? .null
  }

  /// A list of numbers.
  public static func numbers(_ values: some Sequence<Double>) -> AnswerTree {
    .list(values.map(number))
  }

  /// A named value of an object; null when there is none.
  public subscript(name: String) -> AnswerTree {
    if case .object(let members) = self { members[name] ?? .null } else { .null }
  }

  /// The values of a list; none otherwise.
  public var elements: [AnswerTree] { if case .list(let values) = self { values } else { [] } }

  /// The number; nil otherwise.
  public var number: Double? { if case .number(let value) = self { value } else { nil } }

  /// The whole number; nil otherwise.
  public var integer: Int? { number.flatMap { Int(exactly: $0) } }

  /// The string; nil otherwise.
  public var text: String? { if case .text(let value) = self { value } else { nil } }

  /// True or false; nil otherwise.
  public var flag: Bool? { if case .flag(let value) = self { value } else { nil } }

  /// The numbers of a list.
  public var numbers: [Double] { elements.compactMap(\.number) }

  /// The whole numbers of a list.
  public var integers: [Int] { elements.compactMap(\.integer) }
}

extension AnswerTree: Decodable {
  /// Reads any JSON value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([AnswerTree].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: AnswerTree].self))
    }
  }
}

extension AnswerTree: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral
{
  /// An object.
  public init(dictionaryLiteral elements: (String, AnswerTree)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }

  /// A list.
  public init(arrayLiteral elements: AnswerTree...) { self = .list(elements) }

  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }

  /// A number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }

  /// A string.
  public init(stringLiteral value: String) { self = .text(value) }

  /// True or false.
  public init(booleanLiteral value: Bool) { self = .flag(value) }
}
