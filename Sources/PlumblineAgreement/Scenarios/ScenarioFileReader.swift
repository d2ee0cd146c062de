public import PlumblineCore
import PlumblineStatistics
import PlumblineYAML

/// Reads scenarios for `plumbline simulate` from a file.
public struct ScenarioFileReader {
  /// The keys of the file.
  static let keys = [
    "simulate", "company", "currency", "start", "months", "draws", "seed", "today_is", "today",
    "scenarios",
  ]
  /// The keys of a scenario besides the inputs.
  static let scenarioKeys = ["name", "hire", "fire", "from"]

  /// A file with all there is to say of it.
  public struct Reading: Sendable {
    /// The file; nil exactly when one of the diagnostics is an error.
    public let file: ScenarioFile?
    /// All findings, in the order of the file.
    public let diagnostics: [Diagnostic]
  }

  private let findings: YAMLFindings
  private let minorUnits: Int64

  /// The scenarios in a file's bytes.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - path: The file's path as the user gave it, for messages.
  ///   - currency: The currency of amounts where the file names none; the agreement's.
  /// - Returns: The scenarios, and all diagnostics.
  public static func read(
    _ bytes: some Collection<UInt8>,
    path: String,
    currency: String? = nil
  ) -> Reading {
    let findings = YAMLFindings(file: path, codePrefix: "scenario")
    guard let root = YAMLReader.read(bytes, findings: findings) else {
      return Reading(file: nil, diagnostics: findings.diagnostics)
    }
    let value = YAMLValue(root, name: "the file", findings: findings)
    guard let fields = value.fields(keys) else {
      return Reading(file: nil, diagnostics: findings.diagnostics)
    }
    let named = fields["currency"]?.filledText()
    if let named, named.value.count != 3 || !named.value.allSatisfy({ "A"..."Z" ~= $0 }) {
      fields["currency"]?.report(
        "currency",
        "\"\(named.value.shownInMessage)\" is no currency.",
        remedy: "Write its three letters, such as EUR."
      )
    }
    if let named, let currency, named.value != currency {
      fields["currency"]?.report(
        "other-currency",
        "the file counts in \(named.value.shownInMessage), the agreement in \(currency).",
        remedy: "Write the amounts in \(currency)."
      )
    }
    if named == nil, currency == nil, fields["currency"] == nil { _ = fields.required("currency") }
    let reader = ScenarioFileReader(
      findings: findings,
      minorUnits: Currency.minorUnits(of: named?.value ?? currency ?? "")
    )
    var file = reader.file(fields, path: path)
    file.currency = named?.value
    return Reading(
      file: findings.hasErrors ? nil : file,
      diagnostics: findings.diagnostics
    )
  }

  private func file(_ fields: YAMLFields, path: String) -> ScenarioFile {
    _ = fields.required("simulate")?.integer(in: 1...1)
    var file = ScenarioFile(path: path)
    file.company = fields["company"]?.filledText()?.value
    file.start = fields["start"].flatMap(month)
    file.months = fields["months"]?.integer(in: 0...HeadcountPlan.mostMonths)?.value
    file.draws = fields["draws"]?.integer(in: 0...HeadcountQuestion.mostDraws)?.value
    file.seed = fields["seed"]?.integer(in: 0...Int.max).map { UInt64($0.value) }
    file.todayName = fields["today_is"]?.filledText()?.value
    if let today = fields["today"]?.fields(HeadcountInput.allCases.map(\.rawValue)) {
      file.today = inputs(today)
    }
    var names: Set<String> = [WordKey.of(file.todayName ?? HeadcountScenario.today.name)]
    for item in fields["scenarios"]?.items() ?? [] {
      guard let scenario = scenario(item) else { continue }
      if !names.insert(WordKey.of(scenario.name)).inserted {
        item.report(
          "duplicate-scenario",
          "two courses are called \"\(scenario.name.shownInMessage)\".",
          remedy: "Give each its own name; today's course is called "
            + "\"\((file.todayName ?? HeadcountScenario.today.name).shownInMessage)\"."
        )
      }
      file.scenarios.append(scenario)
    }
    return file
  }

  private func scenario(_ value: YAMLValue) -> HeadcountScenario? {
    let known = Self.scenarioKeys + HeadcountInput.allCases.map(\.rawValue)
    guard let fields = value.fields(known) else { return nil }
    var scenario = HeadcountScenario(
      name: fields.required("name")?.filledText()?.value ?? "",
      overrides: inputs(fields)
    )
    scenario.hires = fields["hire"].map(moves) ?? []
    scenario.departures = fields["fire"].map(moves) ?? []
    guard let from = fields["from"], let pairs = from.pairs() else { return scenario }
    for (key, value) in pairs {
      guard let month = PlanMonth(key.value) else {
        reportMonth(value, key.value)
        continue
      }
      let changing = HeadcountInput.allCases.filter(\.mayChange).map(\.rawValue)
      guard let fields = value.fields(changing) else { continue }
      scenario.changes.append(
        HeadcountScenario.Change(month: month, overrides: inputs(fields))
      )
    }
    scenario.changes.sort { $0.month < $1.month }
    return scenario
  }

  /// Reps by month: `{2026-02: 2, 2026-05: 1}`.
  private func moves(_ value: YAMLValue) -> [HeadcountScenario.Move] {
    (value.pairs() ?? []).compactMap { key, value in
      guard let month = PlanMonth(key.value) else {
        reportMonth(value, key.value)
        return nil
      }
      guard let number = value.decimal()?.value.value else { return nil }
      guard (0...1e6).contains(number) else {
        value.report(
          "out-of-range",
          "\(value.name) must be a number of reps, 0 or more.",
          remedy: "Write those hired under hire and those let go under fire, without a sign."
        )
        return nil
      }
      return HeadcountScenario.Move(month: month, reps: number)
    }.sorted { $0.month < $1.month }
  }

  private func inputs(_ fields: YAMLFields) -> [HeadcountInput: HeadcountOverride] {
    var overrides: [HeadcountInput: HeadcountOverride] = [:]
    for input in HeadcountInput.allCases {
      guard let value = fields[input.rawValue] else { continue }
      overrides[input] = override(input, value)
    }
    return overrides
  }

  private func override(_ input: HeadcountInput, _ value: YAMLValue) -> HeadcountOverride? {
    do {
      if case .list = value.node.content {
        guard input.unit == .shares else {
          value.report("wrong-type", "\(value.name) \(wanted(input)), not a list.")
          return nil
        }
        let list = value.items()?.compactMap { $0.decimal()?.value.value } ?? []
        return .set(.shares(try input.shares(list)))
      }
      guard let text = value.text()?.value else { return nil }
      return try input.override(text, minorUnits: minorUnits)
    } catch {
      value.report(
        "value",
        "\(value.name) \(error.wanted), not \"\(shown(value))\".",
        remedy: "Write its value, such as \(input.example)."
      )
      return nil
    }
  }

  private func wanted(_ input: HeadcountInput) -> String {
    input.unit == .payments ? "must be monthly or annual" : "must be a number"
  }

  private func shown(_ value: YAMLValue) -> String {
    value.node.scalar?.text.shownInMessage ?? "a list"
  }

  private func month(_ value: YAMLValue) -> PlanMonth? {
    guard let text = value.text()?.value else { return nil }
    guard let month = PlanMonth(text) else {
      reportMonth(value, text)
      return nil
    }
    return month
  }

  private func reportMonth(_ value: YAMLValue, _ text: String) {
    value.report(
      "month",
      "\"\(text.shownInMessage)\" is no month.",
      remedy: "Write year and month, such as 2026-02."
    )
  }
}
