/// A number of which several definitions circulate.
public enum ReconcileMetric: Hashable, Sendable {
  /// The share of those at a stage of the path who reached the next, by the first one's position.
  case stageRate(from: Int)
  /// The share of opportunities that were won.
  case winRate
  /// The time until somebody first turns to a lead.
  case speedToLead
  /// How often the pipeline holds the quota.
  case coverage
  /// The months until a customer has paid back what it cost to win.
  case payback

  /// Every metric of an agreement: the steps of its path, then the others.
  public static func all(of agreement: Agreement) -> [ReconcileMetric] {
    (0..<max(0, agreement.path.count - 1)).map { .stageRate(from: $0) }
      + [.winRate, .speedToLead, .coverage, .payback]
  }

  /// The name by which a command asks for it, such as `mql-to-sql`.
  public func name(in agreement: Agreement) -> String {
    func word(_ stage: Int) -> String { agreement.path[stage].id.replacing("_", with: "-") }
    return switch self {
    case .stageRate(let from): "\(word(from))-to-\(word(from + 1))"
    case .winRate: "win-rate"
    case .speedToLead: "speed-to-lead"
    case .coverage: "coverage"
    case .payback: "payback"
    }
  }

  /// The metric of a name; case and the choice of blank, `-` or `_` do not matter.
  ///
  /// - Parameters:
  ///   - text: The name, such as `mql-to-sql`; `mql-sql` means the same.
  ///   - agreement: The agreement whose path it may name.
  /// - Throws: `InputError` that lists the metrics there are.
  public init(_ text: String, in agreement: Agreement) throws {
    let wanted = WordKey.of(text)
    let all = Self.all(of: agreement)
    let names = all.map { $0.name(in: agreement) }
    for (metric, name) in zip(all, names) {
      let shorter = name.replacing("-to-", with: "-")
      guard wanted == WordKey.of(name) || wanted == WordKey.of(shorter)
      else { continue }
      self = metric
      return
    }
    let hint = Suggestion.nearest(to: text, among: names).map { "Did you mean \($0)? " } ?? ""
    throw InputError(
      code: "reconcile.unknown-metric",
      "there is no metric \"\(text)\" to reconcile.",
      remedy: "\(hint)Known are: \(names.joined(separator: ", "))."
    )
  }
}
