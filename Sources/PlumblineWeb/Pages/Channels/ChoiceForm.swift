import PlumblineCore
import PlumblineReporting

/// The controls by which leads and rules are chosen; they are fields of an address, so that every
/// view can be kept and sent around.
struct ChoiceForm {
  let choice: FunnelChoice
  let history: CompanyHistory

  private var agreement: Agreement { history.agreement }

  /// Which leads: days, channel, segment, and as of when.
  var leads: [Markup] { leads([.channel, .segment]) }

  /// Which leads: days, one value of each of some dimensions, and as of when.
  func leads(_ dimensions: [FunnelDimension]) -> [Markup] {
    let chosen = FunnelChoice.namedDimensions.filter { choice.named[$0] != nil }
    let shown = FunnelChoice.namedDimensions.filter {
      dimensions.contains($0) || chosen.contains($0)
    }
    return [day("from", "From"), day("to", "To")] + shown.map(names) + [day("as-of", "As of")]
      + kept
  }

  /// What leads are split by.
  ///
  /// - Parameter dimensions: What may be chosen.
  /// - Returns: The control.
  func split(by dimensions: [FunnelDimension]) -> Markup {
    Self.select("by", "Split by", dimensions.map { ($0.rawValue, $0.title) }, choice.by.rawValue)
  }

  /// What would be if the rules were others.
  var rules: [Markup] {
    let asked =
      choice.confirmed.last?.split(separator: ":", omittingEmptySubsequences: false)
      .map(String.init) ?? []
    let stages = agreement.path.dropFirst()
    let agreed = ("", "as agreed")
    let days = asked.count == 3 ? asked[2] : "30"
    let unconditional =
      agreement.confirmations.isEmpty && choice.confirmed.isEmpty
      ? [] : [("none", "none: every stage counts by itself")]
    return [
      Self.select(
        "skips",
        "A skipped stage",
        [agreed] + SkipRule.allCases.map { ($0.rawValue, $0.title) },
        choice.skips
      ),
      Self.select(
        "returns",
        "A lead that comes back",
        [agreed, ("new_episode", "begins anew"), ("same_episode", "goes on where it was")],
        choice.returns
      ),
      Self.select(
        "stage",
        "This stage counts only",
        [agreed] + unconditional + stages.dropLast().map { ($0.id, agreement.label(of: $0.id)) },
        asked.first ?? ""
      ),
      Self.select(
        "followed_by",
        "when this one follows",
        [("", "the next stage")] + stages.dropFirst().map { ($0.id, agreement.label(of: $0.id)) },
        asked.count == 3 ? asked[1] : ""
      ),
      Self.field("days", "within days", "number", days, [("min", "1"), ("max", "3650")]),
    ] + score + horizon
  }

  /// The score from which on a lead is an MQL, where scores are agreed.
  private var score: [Markup] {
    guard agreement.scoring != nil, let stage = agreement.scoredStage else { return [] }
    let label = agreement.label(of: agreement.path[stage].id)
    return [
      Self.field(
        "mql-at",
        "\(label) from so many points",
        "number",
        choice.mqlAt,
        [("min", "-1000000"), ("max", "1000000")]
      )
    ]
  }

  /// The days within which a step is judged.
  private var horizon: [Markup] {
    let asked = choice.horizons.last?.split(separator: ":").map(String.init) ?? []
    let steps = Stretches(agreement).pairs.map { pair in
      let (from, to) = (agreement.path[pair.from].id, agreement.path[pair.to].id)
      return ("\(from)-\(to)", "\(agreement.label(of: from)) → \(agreement.label(of: to))")
    }
    return [
      Self.select("step", "This step is judged", [("", "as agreed")] + steps, asked.first ?? ""),
      Self.field(
        "within",
        "within days of it",
        "number",
        asked.count == 2 ? asked[1] : "91",
        [("min", "1"), ("max", "3650")]
      ),
    ]
  }

  /// What the address says that no control shows.
  private var kept: [Markup] {
    let conditions = choice.conditions.map { ("where", $0) }
    let known = choice.period.filter { $0.name == "known-by" }.map { ($0.name, $0.value) }
    return (conditions + known).map {
      .void("input", ["type": "hidden", "name": $0, "value": $1])
    }
  }

  private func day(_ name: String, _ title: String) -> Markup {
    Self.field(name, title, "date", choice.period.first { $0.name == name }?.value ?? "")
  }

  /// The names that are on record, to choose from; a few hundred at most.
  private func names(_ dimension: FunnelDimension) -> Markup {
    let name = dimension.rawValue
    let title = dimension.title.prefix(1).uppercased() + dimension.title.dropFirst()
    let chosen = choice.named[dimension] ?? ""
    let domain: TextDomain
    switch dimension {
    case .segment: domain = .segment
    case .campaign: domain = .campaign
    case .owner: domain = .owner
    case .attempt:
      let passes = [("", "all"), ("1", "first pass"), ("2+", "later passes")]
      return Self.select(name, "Pass", passes, chosen)
    default: domain = .channel
    }
    let texts = history.texts[domain]
    var known = (1..<UInt32(max(1, min(texts.count, 300)))).map { texts[$0] }.sorted()
    if !chosen.isEmpty, !known.contains(chosen) { known.insert(chosen, at: 0) }
    return Self.select(name, title, [("", "all")] + known.map { ($0, $0) }, chosen)
  }

  // MARK: Controls

  /// A choice of some values with their names.
  static func select(
    _ name: String,
    _ title: String,
    _ values: [(value: String, title: String)],
    _ chosen: String
  ) -> Markup {
    let options = values.map { value, title in
      value == chosen
        ? Markup.element("option", ["value": value, "selected": ""], title)
        : .element("option", ["value": value], title)
    }
    return label(title, [.element("select", ["name": name], options)])
  }

  /// A field of a kind that browsers know.
  static func field(
    _ name: String,
    _ title: String,
    _ kind: String,
    _ value: String,
    _ limits: [(String, String)] = []
  ) -> Markup {
    let least = limits.first { $0.0 == "min" }?.1
    let most = limits.first { $0.0 == "max" }?.1
    guard let least, let most else {
      return label(title, [.void("input", ["type": kind, "name": name, "value": value])])
    }
    return label(
      title,
      [
        .void(
          "input",
          ["type": kind, "name": name, "value": value, "min": least, "max": most]
        )
      ]
    )
  }

  private static func label(_ title: String, _ control: [Markup]) -> Markup {
    .element("label", [:], [.element("span", [:], title)] + control)
  }
}

extension FunnelDimension {
  /// As a control names it.
  var title: String {
    switch self {
    case .attempt: "first or later pass"
    case .cohort: "month"
    case .owner: "rep"
    default: rawValue
    }
  }
}

extension SkipRule {
  /// What it does, as a control says it.
  var title: String {
    switch self {
    case .strict: "strict: each stage after the one before it"
    case .any: "any: reached, in any order"
    case .filled: "filled: a later stage implies it"
    case .ordered: "ordered: after the last one that counts"
    }
  }
}
