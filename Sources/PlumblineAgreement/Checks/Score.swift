import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A rule of the score that never counts, or that counts for nothing.
  static let score = AgreementCheck(code: "agreement.score") { draft, report in
    guard let score = draft.score else { return }
    checkFit(score.fit, report)
    var first: [String: YAMLPosition] = [:]
    for rule in score.engagement {
      let shown = rule.touch.value.shownInMessage
      let key = WordKey.of(rule.touch.value)
      if let position = first[key] {
        report(
          "touch \"\(shown)\" is scored twice, first in line \(position.line).",
          at: rule.touch.position,
          remedy: "Keep one of the two."
        )
      } else {
        first[key] = rule.touch.position
      }
      if rule.points.value == 0 {
        report(
          "touch \"\(shown)\" brings no points.",
          at: rule.points.position,
          remedy: "Give it points, below 0 for what speaks against a lead, or remove it."
        )
      }
      if let most = rule.most, most.value < abs(rule.points.value) {
        report(
          "one \"\(shown)\" brings \(abs(rule.points.value)) points, more than \"most\" allows.",
          at: most.position,
          remedy: "Write at least \(abs(rule.points.value)), or fewer points."
        )
      }
    }
    if let halfLife = score.halfLifeInDays, score.engagement.isEmpty, score.isWhole {
      report.note(
        "\"half_life\" has no meaning: no touch brings points.",
        at: halfLife.position,
        remedy: "Add points for touches, such as download: 10, or remove it."
      )
    }
  }

  private static func checkFit(_ rules: [AgreementDraft.ScoreEntry.Fit], _ report: Report) {
    var attributes: [(key: String, position: YAMLPosition)] = []
    for rule in rules {
      let key = WordKey.of(rule.attribute.value)
      let known = attributes.first { $0.key == key }?.position
      if let known, known != rule.attribute.position,
        !attributes.contains(where: { $0.position == rule.attribute.position })
      {
        report(
          "attribute \"\(rule.attribute.value.shownInMessage)\" is scored twice, first in line "
            + "\(known.line).",
          at: rule.attribute.position,
          remedy: "Put all its values in one place."
        )
      }
      attributes.append((key, rule.attribute.position))
    }
    for (index, rule) in rules.enumerated() {
      let earlier = rules[..<index].first {
        $0.attribute.position == rule.attribute.position && covers($0.match, rule.match)
      }
      guard let earlier else { continue }
      report(
        "\"\(rule.value.value.shownInMessage)\" never counts: \"\(earlier.value.value.shownInMessage)\" "
          + "in line \(earlier.value.position.line) fits first.",
        at: rule.value.position,
        remedy: "The first value that fits counts: put it first, or remove it."
      )
    }
  }

  /// Whether everything that fits the second fits the first.
  private static func covers(_ first: AttributeMatch, _ second: AttributeMatch) -> Bool {
    switch (first, second) {
    case (.present, .missing), (.missing, _): first == second
    case (.present, _): true
    case (.range(let least, let most), .range(let low, let high)):
      (least ?? -.infinity) <= (low ?? -.infinity) && (most ?? .infinity) >= (high ?? .infinity)
    case (.words(let words), .words(let others)):
      Set(others.map(WordKey.of)).isSubset(of: words.map(WordKey.of))
    default: false
    }
  }
}
