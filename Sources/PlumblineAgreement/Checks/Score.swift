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

  /// How many values of one attribute may bring points; each is compared with those before it.
  private static let mostValues = 1000

  private static func checkFit(_ rules: [AgreementDraft.ScoreEntry.Fit], _ report: Report) {
    var first: [String: YAMLPosition] = [:]
    let byPlace = Dictionary(grouping: rules) { $0.attribute.position }
    for place in byPlace.keys.sorted() {
      guard let rules = byPlace[place], let attribute = rules.first?.attribute else { continue }
      let shown = attribute.value.shownInMessage
      let key = WordKey.of(attribute.value)
      if let position = first[key] {
        report(
          "attribute \"\(shown)\" is scored twice, first in line \(position.line).",
          at: place,
          remedy: "Put all its values in one place."
        )
      } else {
        first[key] = place
      }
      guard rules.count <= mostValues else {
        report(
          "attribute \"\(shown)\" has \(rules.count) values with points, more than \(mostValues).",
          at: place,
          remedy: "Write ranges, or score the values that matter."
        )
        continue
      }
      checkOrder(rules, report)
    }
  }

  private static func checkOrder(_ rules: [AgreementDraft.ScoreEntry.Fit], _ report: Report) {
    var any: YAMLPosition?
    var exact: [AttributeMatch: YAMLPosition] = [:]
    var ranges: [(low: Double, high: Double, position: YAMLPosition)] = []
    for rule in rules {
      let key = comparable(rule.match)
      var earlier = rule.match == .missing ? exact[key] : any ?? exact[key]
      if case .range(let least, let most) = rule.match {
        let (low, high) = (least ?? -.infinity, most ?? .infinity)
        earlier = earlier ?? ranges.first { $0.low <= low && high <= $0.high }?.position
        ranges.append((low, high, rule.value.position))
      }
      if let earlier {
        report(
          "\"\(rule.value.value.shownInMessage)\" never counts: the value at line \(earlier.line), "
            + "column \(earlier.column), fits first.",
          at: rule.value.position,
          remedy: "The first value that fits counts: put it first, or remove it."
        )
      }
      exact[key] = exact[key] ?? rule.value.position
      if rule.match == .present { any = any ?? rule.value.position }
    }
  }

  /// A match as it compares: words without regard to case and blanks.
  private static func comparable(_ match: AttributeMatch) -> AttributeMatch {
    if case .words(let words) = match { .words(words.map(WordKey.of)) } else { match }
  }
}
