/// What stands at the top of a kind of JSON answer, or in a part that several answers share.
///
/// It is written as one line a shape, such as `lead_id: text, owner: text?, files: [file]`: a name and
/// a type each, with a question mark where the value may be null. What is an `object` here is
/// described in `Documentation/json.md` alone.
public struct AnswerShape: Hashable, Sendable {
  /// What a value is.
  public indirect enum Value: Hashable, Sendable {
    /// Text.
    case text
    /// A time with the offset of its zone (RFC 3339).
    case time
    /// A whole number.
    case integer
    /// A number.
    case number
    /// True or false.
    case truth
    /// An object that is described elsewhere.
    case object
    /// An object of another shape, by its name: one of `parts`, or of `kinds`.
    case shape(String)
    /// A list.
    case list(Value)

    fileprivate init(_ word: Substring) {
      self =
        switch word {
        case "text": .text
        case "time": .time
        case "integer": .integer
        case "number": .number
        case "truth": .truth
        case "object": .object
        case _ where word.hasPrefix("["): .list(Value(word.dropFirst().dropLast()))
        default: .shape(String(word))
        }
    }
  }

  /// A key with what stands under it.
  public struct Member: Hashable, Sendable {
    /// The key.
    public let name: String
    /// What stands under it.
    public let value: Value
    /// Whether null may.
    public let mayBeNull: Bool
    /// Whether the key is always there.
    public let isAlwaysThere: Bool

    fileprivate init(_ text: Substring) {
      let words = text.split(separator: " ")
      name = String(words[0].dropLast())
      mayBeNull = words[1].hasSuffix("?")
      value = Value(mayBeNull ? words[1].dropLast() : words[1])
      isAlwaysThere = words.count == 2
    }
  }

  /// The `kind` of the answer, or the name of the part.
  public let name: String
  /// The keys, in alphabetical order.
  public let members: [Member]

  init(_ name: String, _ members: String) {
    self.name = name
    self.members = members.split(separator: ",").map { Member($0) }
  }

  /// The shape of a kind of answer; nil where there is no such kind.
  public static func of(_ kind: String) -> AnswerShape? { kinds.first { $0.name == kind } }
}
