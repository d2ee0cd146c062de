import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// What a call takes: in its path, after it, or in its body.
struct CallParameter: Hashable, Sendable {
  /// What a value is.
  enum Kind: Hashable, Sendable {
    /// As a question of the command line takes it.
    case asked(QuestionSchema.Kind)
    /// A whole number within bounds.
    case count(ClosedRange<Int>)
    /// A text of at most so many characters.
    case text(Int)
  }

  /// Its name.
  let name: String
  /// What it is, in a sentence.
  let help: String
  /// What its values are.
  var kind = Kind.asked(.text)
  /// Whether there is no answer without it.
  var isRequired = false
  /// Whether it may be given several times.
  var isRepeated = false
  /// Whether it is a part of the path.
  var isInPath = false
  /// A value that it may have; nil where the kind says enough.
  var example: String?

  /// Where a stretch of a list begins, and how long it is.
  static let paging = [
    CallParameter(
      name: "offset",
      help: "How many of the list come before those that are given; 0 unless told.",
      kind: .count(0...Int(Int32.max))
    ),
    CallParameter(
      name: "limit",
      help: "At most so many are given; \(ListWindow.usual) unless told.",
      kind: .count(1...ListWindow.most)
    ),
  ]

  /// Parameters of a question, by their names.
  ///
  /// - Parameters:
  ///   - door: The question.
  ///   - names: Which of them; all when nil.
  /// - Returns: The parameters, in the order of the door.
  /// - Throws: What reading the command's description throws, which the tests rule out.
  static func of(_ door: QuestionDoor, _ names: Set<String>? = nil) throws -> [CallParameter] {
    try QuestionSchema(of: door).parameters.filter { names?.contains($0.name) ?? true }.map {
      CallParameter($0)
    }
  }

  /// The JSON Schema of its values.
  var schema: JSONTree {
    let one: JSONTree =
      switch kind {
      case .asked(let kind): kind.schema
      case .count(let range):
        [
          "type": "integer", "minimum": .number(Double(range.lowerBound)),
          "maximum": .number(Double(range.upperBound)),
        ]
      case .text(let most): ["type": "string", "maxLength": .number(Double(most))]
      }
    return isRepeated ? ["type": "array", "items": one] : one
  }

  /// Makes sure that an address says what a call takes, and nothing else; an empty value says
  /// nothing, as forms send what nobody filled in.
  ///
  /// - Parameters:
  ///   - query: What the address says.
  ///   - parameters: What the call takes.
  ///   - call: The call's name.
  /// - Throws: `InputError` with code `api.unknown-parameter`, `api.repeated-parameter`,
  ///   `api.missing-parameter` or `api.unreadable-parameter`, with all that is wrong.
  static func check(
    _ query: FormFields,
    against parameters: [CallParameter],
    of call: String
  ) throws {
    let taken = parameters.filter { !$0.isInPath }
    var faults: [Diagnostic] = []
    var seen: Set<String> = []
    func refuse(_ code: String, _ message: String, _ remedy: String) {
      faults.append(Diagnostic(.error, code: "api.\(code)", message, remedy: remedy))
    }
    for field in query.fields {
      let name = String(field.name.prefix(64))
      guard let parameter = taken.first(where: { $0.name == field.name }) else {
        let names = taken.map(\.name)
        refuse(
          "unknown-parameter",
          "\(call) has no parameter \"\(name)\".",
          names.isEmpty ? "It has none." : "Known are: \(names.joined(separator: ", "))."
        )
        continue
      }
      guard !field.value.isEmpty else { continue }
      if !seen.insert(field.name).inserted, !parameter.isRepeated {
        refuse("repeated-parameter", "\"\(name)\" is given twice.", "Give it once.")
      }
      if let wanted = parameter.wanted(by: field.value) {
        refuse(
          "unreadable-parameter",
          "\"\(name)\" cannot be \"\(field.value.prefix(64))\".",
          "Give \(wanted)."
        )
      }
    }
    for parameter in taken where parameter.isRequired && !seen.contains(parameter.name) {
      refuse("missing-parameter", "\(call) needs \"\(parameter.name)\".", parameter.help)
    }
    if !faults.isEmpty { throw InputError(faults) }
  }

  /// What is wanted instead of a value; nil when the value will do, or the question looks at it.
  private func wanted(by value: String) -> String? {
    switch kind {
    case .asked(.choice(let words)) where !words.contains(value):
      "one of: \(words.joined(separator: ", "))"
    case .asked(.truth) where !["true", "false"].contains(value): "true or false"
    case .count(let range) where !(Int(value).map(range.contains) ?? false):
      "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .text(let most) where value.unicodeScalars.count > most: "at most \(most) characters"
    default: nil
    }
  }
}

extension CallParameter {
  fileprivate init(_ parameter: QuestionSchema.Parameter) {
    self.init(
      name: parameter.name,
      help: parameter.help,
      kind: .asked(parameter.kind),
      isRequired: parameter.isRequired,
      isRepeated: parameter.isRepeated
    )
  }
}
