import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Which leads a page is about, under which rules, as its address says.
///
/// Fields are named as the options of `plumbline funnel`; a form that lets one channel or segment be
/// chosen names it by itself, and its empty fields say nothing.
struct FunnelChoice: Sendable {
  /// Conditions as `--where` takes them.
  var conditions: [String]
  /// What the form names one value of, with the value.
  let named: [FunnelDimension: String]
  /// The first day, the last day, the time and the import, as options take them.
  private(set) var period: [FormFields.Field]
  /// What leads are split by.
  let by: FunnelDimension
  /// What the address names instead, where nothing can be split by it.
  let unknownSplit: String?
  /// What a skipped stage is in the what-if; the agreement's when empty.
  let skips: String
  /// What a return is in the what-if; the agreement's when empty.
  let returns: String
  /// Stages that count only when another follows, in the what-if.
  let confirmed: [String]

  /// The score of an MQL in the what-if; as agreed when empty.
  let mqlAt: String
  /// Steps with the days within which they are judged in the what-if.
  let horizons: [String]

  /// The choice of an address.
  init(_ query: FormFields) {
    func value(_ name: String) -> String { query[name] ?? "" }
    conditions = query.all("where").filter { !$0.isEmpty }
    named = Self.namedDimensions.reduce(into: [:]) { named, dimension in
      let chosen = value(dimension.rawValue)
      if !chosen.isEmpty { named[dimension] = chosen }
    }
    period = ["from", "to", "as-of", "known-by"].map {
      FormFields.Field(name: $0, value: value($0))
    }.filter { !$0.value.isEmpty }
    let split = value("by")
    by = FunnelDimension(rawValue: split) ?? .channel
    unknownSplit = split.isEmpty || FunnelDimension(rawValue: split) != nil ? nil : split
    skips = value("skips")
    returns = value("returns")
    let named = [value("stage"), value("followed_by"), value("days")]
    let asked =
      switch named[0] {
      case "", "none": [named[0]]
      default: [named.joined(separator: ":")]
      }
    confirmed = (query.all("confirmed") + asked).filter { !$0.isEmpty }
    mqlAt = value("mql-at")
    let step = value("step")
    horizons =
      (query.all("horizon") + (step.isEmpty ? [] : ["\(step):\(value("within"))"]))
      .filter { !$0.isEmpty }
  }

  /// What a form lets one value be chosen of, each in a field of its own.
  static let namedDimensions: [FunnelDimension] = [
    .channel, .segment, .campaign, .owner, .attempt,
  ]

  /// The same leads, as far as they came in on some local days.
  func during(_ days: ClosedRange<Int>) -> FunnelChoice {
    var choice = self
    let bounds = [("from", days.lowerBound), ("to", days.upperBound)].map { name, day in
      FormFields.Field(name: name, value: CivilDate(dayNumber: day).description)
    }
    choice.period = bounds + period.filter { !["from", "to"].contains($0.name) }
    return choice
  }

  /// Whether any rule differs from the agreement's.
  var isWhatIf: Bool { !rules.isEmpty }

  /// Whether some leads are left out, or some facts.
  var isNarrowed: Bool { !facts.isEmpty }

  /// Which leads and facts, as options of a question.
  private var facts: [FormFields.Field] {
    var all = conditions
    all += Self.namedDimensions.compactMap { dimension in
      named[dimension].map { Self.condition(dimension, $0) }
    }
    return all.map { FormFields.Field(name: "where", value: $0) } + period
  }

  /// What a what-if changes, as options of a question.
  var rules: [FormFields.Field] {
    let single = [("skips", skips), ("returns", returns), ("mql-at", mqlAt)].filter {
      !$0.1.isEmpty
    }
    let several = confirmed.map { ("confirmed", $0) } + horizons.map { ("horizon", $0) }
    return (single + several).map { FormFields.Field(name: $0, value: $1) }
  }

  /// Everything but what leads are split by, as options of a question.
  func options(whatIf: Bool = true) -> [FormFields.Field] { facts + (whatIf ? rules : []) }

  /// The same, as a question is asked.
  func parameters(whatIf: Bool = true, as reader: Reader) -> [QuestionCall.Parameter] {
    options(whatIf: whatIf).map { ($0.name, $0.value) } + [("as", reader.rawValue)]
  }

  /// Where the leads behind a number are listed.
  ///
  /// - Parameters:
  ///   - number: The number, such as `open:sql`.
  ///   - group: The value of what leads are split by; all when nil.
  /// - Returns: The address.
  func records(_ number: String, group: String?) -> String {
    let group = group.map {
      [FormFields.Field(name: "where", value: Self.condition(by, $0))]
    }
    return Address.of(
      "/records",
      options() + (group ?? []) + [FormFields.Field(name: "number", value: number)]
    )
  }

  /// Where the leads behind a number are listed of which something is one of some values.
  func records(_ number: String, where dimension: FunnelDimension, is values: [String]) -> String {
    Address.of(
      "/records",
      options() + [
        FormFields.Field(name: "where", value: Self.condition(dimension, values)),
        FormFields.Field(name: "number", value: number),
      ]
    )
  }

  /// Where the leads are listed that entered a stage in a week, of which something has a value.
  func records(
    entered entries: WeekEntries,
    where dimension: FunnelDimension?,
    is value: String
  ) -> String {
    let condition = dimension.map {
      [FormFields.Field(name: "where", value: Self.condition($0, value))]
    }
    return Address.of(
      "/records",
      options(whatIf: false) + (condition ?? [])
        + [FormFields.Field(name: "entered", value: entries.text)]
    )
  }

  /// Where the leads behind a number under another skip rule are listed.
  func records(_ number: String, under rule: SkipRule) -> String {
    Address.of(
      "/records",
      options().filter { $0.name != "skips" } + [
        FormFields.Field(name: "skips", value: rule.rawValue),
        FormFields.Field(name: "number", value: number),
      ]
    )
  }

  /// Where the leads of a channel, rep or pair that was judged are listed.
  func records(unit: String) -> String {
    Address.of(
      "/records",
      options(whatIf: false) + [FormFields.Field(name: "unit", value: unit)]
    )
  }

  /// A condition on one value, whatever is in it.
  static func condition(_ dimension: FunnelDimension, _ value: String) -> String {
    condition(dimension, [value])
  }

  /// A condition on one of some values, whatever is in them.
  static func condition(_ dimension: FunnelDimension, _ values: [String]) -> String {
    let texts = values.map { value in
      let isPlain = !value.contains { $0 == "," || $0 == "\"" }
      return isPlain ? value : "\"" + value.replacing("\"", with: "\"\"") + "\""
    }
    return "\(dimension.rawValue)=\(texts.joined(separator: ","))"
  }
}

extension FunnelChoice {
  /// Where the numbers of a page about these leads open.
  ///
  /// - Parameter agreement: The agreement under which they were counted.
  /// - Returns: The links.
  func links(under agreement: Agreement) -> RecordLinks {
    RecordLinks { number in
      switch number {
      case .funnel(let number, let group): records(number, group: group)
      case .cells(let number, let dimension, let values):
        records(number, where: dimension, is: values)
      case .skipped(let number, let rule): records(number, under: rule)
      case .entered(let entries, let dimension, let value):
        records(entered: entries, where: dimension, is: value)
      case .unit(let unit): records(unit: unit)
      // Gaps are those of all facts.
      case .gap(let kind): isNarrowed ? nil : GapAddress.of(kind, under: agreement)
      case .arrived(let days):
        during(days.lowerBound.dayNumber...days.upperBound.dayNumber)
          .records("reached:\(agreement.path[0].id)", group: nil)
      case .pipeline, .plan, .input, .budget, .rebound, .attainment: nil
      }
    }
  }
}
