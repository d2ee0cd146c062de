import PlumblineCore
import PlumblineYAML

extension YAMLValue {
  /// Which values of an attribute fit: a range such as `50..1000`, a word, or a list of words.
  func attributeMatch() -> Positioned<AttributeMatch>? {
    guard case .list = node.content else {
      return filledText().flatMap { attributeMatch(written: $0) }
    }
    guard let items = items() else { return nil }
    guard !items.isEmpty else {
      report("no-value", "\(name) names no value.", remedy: "Name those that fit, or remove it.")
      return nil
    }
    var words: [String] = []
    for item in items {
      guard let text = item.filledText() else { continue }
      if Self.isRange(text.value) {
        item.report(
          "wrong-type",
          "\(item.name) must be a word, not the range \"\(text.value.shownInMessage)\".",
          remedy: "A range stands alone, without brackets."
        )
      } else {
        words.append(text.value)
      }
    }
    return words.count == items.count ? Positioned(.words(words), at: position) : nil
  }

  /// What a text says of values: a range, `any`, `missing`, or a word; a fault of this value.
  func attributeMatch(written text: Positioned<String>) -> Positioned<AttributeMatch>? {
    guard Self.isRange(text.value) else {
      switch text.value {
      case "any": return Positioned(.present, at: text.position)
      case "missing": return Positioned(.missing, at: text.position)
      default: return Positioned(.words([text.value]), at: text.position)
      }
    }
    let parts = text.value.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
      .map { $0.filter { $0 != " " } }
    let ends = parts.map { ExactDecimal($0)?.value }
    guard parts.count == 2, zip(parts, ends).allSatisfy({ $0.isEmpty || $1 != nil }),
      parts.contains(where: { !$0.isEmpty })
    else {
      findings.report(
        code: findings.code("wrong-type"),
        "\(name) must be a range such as 50..1000, not \"\(text.value.shownInMessage)\".",
        at: text.position,
        remedy: "Write two numbers, or one and an open end: 50.. or ..1000."
      )
      return nil
    }
    if let least = ends[0], let most = ends[1], least > most {
      findings.report(
        code: findings.code("out-of-range"),
        "the range \"\(text.value.shownInMessage)\" of \(name) ends before it begins.",
        at: text.position,
        remedy: "Write \(parts[1])..\(parts[0])."
      )
      return nil
    }
    return Positioned(.range(ends[0], ends[1]), at: text.position)
  }

  private static func isRange(_ text: String) -> Bool { text.contains("..") }
}

extension AgreementDraft {
  /// The attribute that a name of the file stands for: a list of `industries` is about `industry`.
  static func attributeName(_ name: String) -> String {
    switch WordKey.of(name) {
    case "industries": "industry"
    case "countries": "country"
    default: name
    }
  }
}
