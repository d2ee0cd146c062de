import PlumblineCore
import PlumblineYAML

extension AgreementWriter {
  /// What the data on record hold, so that a first agreement fits them.
  public struct Observed: Sendable {
    /// A reason on record for leaving the path.
    public struct DetourReason: Hashable, Sendable {
      /// The detour's id, such as `disqualified`.
      public var detour: String
      /// The reason in the data's words.
      public var reason: String

      /// A reason on record.
      public init(detour: String, reason: String) {
        self.detour = detour
        self.reason = reason
      }
    }

    /// An attribute on record, with some of its values.
    public struct Attribute: Hashable, Sendable {
      /// The attribute's name.
      public var name: String
      /// Values that leads have, the most frequent first.
      public var examples: [String]

      /// An attribute on record.
      public init(name: String, examples: [String]) {
        self.name = name
        self.examples = examples
      }
    }

    /// The channels in the order to list them; names that differ only by case or blanks at their
    /// ends are listed once.
    public var channels: [String]
    /// The reasons for leaving the path, the most frequent first.
    public var detourReasons: [DetourReason]
    /// The types of touch, the most frequent first.
    public var touchTypes: [String]
    /// What is said of leads, the most frequent first.
    public var attributes: [Attribute]
    /// How many time zones owners have between them.
    public var ownerZones: Int

    /// What is on record; nothing unless given.
    public init(
      channels: [String] = [],
      detourReasons: [DetourReason] = [],
      touchTypes: [String] = [],
      attributes: [Attribute] = [],
      ownerZones: Int = 0
    ) {
      self.channels = channels
      self.detourReasons = detourReasons
      self.touchTypes = touchTypes
      self.attributes = attributes
      self.ownerZones = ownerZones
    }

    /// What tells whom one wants: every attribute but the qualifying factors.
    fileprivate var traits: [Attribute] {
      let factors = Set(QualifyingFactor.usual.map(\.id))
      return attributes.filter {
        !factors.contains(WordKey.of($0.name)) && !AgreementWriter.choice($0.examples).isEmpty
          && AgreementWriter.isShort($0.name)
      }
    }
  }

  static func channelLines(_ channels: [String]) -> String {
    var seen: Set<String> = [""]
    let names = channels.filter { seen.insert(WordKey.of($0)).inserted }
    guard !names.isEmpty else { return " {}" }
    return names.map { "\n" + YAMLText.entry($0, "[]", indent: 2) }.joined()
  }

  static func zoneWords(_ count: Int) -> String {
    count > 1 ? "; the data hold \(count) such zones" : ""
  }

  static func criteria(of observed: Observed) -> String {
    let traits = distinct(observed.traits) { AgreementDraft.attributeName($0.name) }
    guard !traits.isEmpty else {
      return "{company_size: 50..1000, industries: [software, fintech]}"
    }
    return mapping(traits.map { "\(YAMLText.scalar($0.name)): \(choice($0.examples))" }, room: 75)
  }

  static func factors(of observed: Observed) -> String {
    let names = Set(observed.attributes.map { WordKey.of($0.name) })
    let known = QualifyingFactor.usual.map(\.id).filter(names.contains)
    let factors = known.isEmpty ? QualifyingFactor.usual.map(\.id) : known
    return "[\(factors.joined(separator: ", "))]"
  }

  static func fit(of observed: Observed) -> String {
    let traits = distinct(observed.traits) { AgreementDraft.attributeName($0.name) }
    guard !traits.isEmpty else {
      return "{company_size: {50..1000: 20, missing: -5}, industry: {software: 10}}"
    }
    let entries = traits.map { trait in
      let value = range(trait.examples) ?? trait.examples.first { isShort($0) } ?? "any"
      let word = range(trait.examples) == nil ? YAMLText.scalar(value) : value
      return "\(YAMLText.scalar(trait.name)): {\(word): 20}"
    }
    return mapping(entries, room: 80)
  }

  static func engagement(of observed: Observed) -> String {
    let touches = distinct(observed.touchTypes.filter { isShort($0) && $0 != "half_life" }) { $0 }
    guard !touches.isEmpty else {
      return "{half_life: 30 days, download: 10, email_open: {points: 2, most: 10}, spam: -20}"
    }
    return mapping(
      ["half_life: 30 days"] + touches.map { "\(YAMLText.scalar($0)): \(points(of: $0))" },
      room: 70
    )
  }

  static func recycleLines(of observed: Observed) -> String {
    let detours = Set(Stage.defaultDetours.map(\.id))
    let reasons = distinct(
      observed.detourReasons.filter { detours.contains($0.detour) && isShort($0.reason) }
    ) { "\($0.detour): \($0.reason)" }
    let rules =
      reasons.isEmpty
      ? [Observed.DetourReason(detour: "disqualified", reason: "bad timing")] : reasons
    return rules.prefix(3).map { rule in
      let words = rule.reason.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
      let list = (["nurture"] + words.map(String.init)).joined(separator: "-")
      let when = YAMLText.quoted("\(rule.detour): \(rule.reason)")
      return "#   - {when: \(when), after: 60 days, to: \(list)}"
    }.joined(separator: "\n")
  }

  static func farewells(of observed: Observed) -> String {
    let known = distinct(observed.touchTypes.filter { isFarewell($0) && isShort($0) }) { $0 }
    let touches = known.isEmpty ? RecycleSuppression().unsubscribed : known
    return "[\(touches.prefix(3).map(YAMLText.scalar).joined(separator: ", "))]"
  }

  /// Values as they stand in an agreement: a range of numbers, or some words; empty for none.
  private static func choice(_ examples: [String]) -> String {
    if let range = range(examples) { return range }
    let words = distinct(examples.filter { isShort($0) }) { $0 }.prefix(2)
    return words.isEmpty ? "" : "[\(words.map(YAMLText.scalar).joined(separator: ", "))]"
  }

  /// The range of values that are all numbers, or bands of numbers such as `51-200`.
  private static func range(_ examples: [String]) -> String? {
    let ends = examples.map { $0.split(separator: "-").map { ExactDecimal(String($0)) } }
    let numbers = ends.joined().compactMap { $0 }
    guard ends.allSatisfy({ (1...2).contains($0.count) && !$0.contains(nil) }),
      let least = numbers.min(by: { $0.value < $1.value }),
      let most = numbers.max(by: { $0.value < $1.value })
    else { return nil }
    return "\(least)..\(most)"
  }

  /// Points to begin with; people change them.
  private static func points(of touch: String) -> String {
    let key = WordKey.of(touch)
    if isFarewell(touch) { return "-20" }
    if key.contains("open") || key.contains("visit") { return "{points: 2, most: 10}" }
    return key.contains("pricing") || key.contains("demo") ? "15" : "5"
  }

  private static func isFarewell(_ touch: String) -> Bool {
    ["unsubscribe", "complaint", "bounce", "opt out"].contains { WordKey.of(touch).contains($0) }
  }

  /// Whether a word of the data is short and plain enough for an example.
  private static func isShort(_ word: String) -> Bool {
    !WordKey.of(word).isEmpty && word.unicodeScalars.count <= 30 && !word.contains("..")
      && word.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// The first of those that are the same word.
  private static func distinct<Element>(
    _ elements: [Element],
    by word: (Element) -> String
  ) -> [Element] {
    var seen: Set<String> = []
    return elements.filter { seen.insert(WordKey.of(word($0))).inserted }
  }

  /// As many entries as fit a line, at least one.
  private static func mapping(_ entries: [String], room: Int) -> String {
    var text = entries.first ?? ""
    for entry in entries.dropFirst() where text.count + 2 + entry.count <= room {
      text += ", " + entry
    }
    return "{\(text)}"
  }
}
