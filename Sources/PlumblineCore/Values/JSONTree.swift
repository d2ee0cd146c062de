/// Any JSON value: what a reference case holds, what describes the API, what an assistant sends.
public indirect enum JSONTree: Hashable, Sendable {
  /// JSON null.
  case null
  /// True or false.
  case flag(Bool)
  /// A number.
  case number(Double)
  /// A string.
  case text(String)
  /// A list.
  case list([JSONTree])
  /// Named values.
  case object([String: JSONTree])

  /// A number, or null.
  public static func optional(_ value: Double?) -> JSONTree { value.map(number) ?? .null }

  /// A whole number, or null.
  public static func optional(_ value: Int?) -> JSONTree {
    value.map { .number(Double($0)) } ?? .null
  }

  /// A list of numbers.
  public static func numbers(_ values: some Sequence<Double>) -> JSONTree {
    .list(values.map(number))
  }

  /// A named value of an object; null when there is none.
  public subscript(name: String) -> JSONTree {
    if case .object(let members) = self { members[name] ?? .null } else { .null }
  }

  /// The values of a list; none otherwise.
  public var elements: [JSONTree] { if case .list(let values) = self { values } else { [] } }

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

extension JSONTree: Codable {
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
    } else if let value = try? container.decode([JSONTree].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONTree].self))
    }
  }

  /// Writes the value; a number that is not finite becomes null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .flag(let value): try container.encode(value)
    case .number(let value):
      if value.isFinite { try container.encode(value) } else { try container.encodeNil() }
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    }
  }
}

extension JSONTree: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral
{
  /// An object.
  public init(dictionaryLiteral elements: (String, JSONTree)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }

  /// A list.
  public init(arrayLiteral elements: JSONTree...) { self = .list(elements) }

  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }

  /// A number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }

  /// A string.
  public init(stringLiteral value: String) { self = .text(value) }

  /// True or false.
  public init(booleanLiteral value: Bool) { self = .flag(value) }
}
