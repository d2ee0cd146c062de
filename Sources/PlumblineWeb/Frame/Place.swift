import PlumblineCore

/// A place that the pages' navigation leads to, in its order.
enum Place: String, CaseIterable, Sendable {
  case verdict, channels, owners, sla, rebound, plan, scorecards, weekly, voice, agreement, glossary
  case data, settings

  /// What the navigation says.
  var title: String {
    switch self {
    case .verdict: "Verdict"
    case .channels: "Channels"
    case .owners: "Owners"
    case .sla: "SLA"
    case .rebound: "Rebound"
    case .plan: "Plan"
    case .scorecards: "Scorecards"
    case .weekly: "Weekly"
    case .voice: "Pulse"
    case .agreement: "Agreement"
    case .glossary: "Glossary"
    case .data: "Data"
    case .settings: "Settings"
    }
  }

  /// Where it is.
  var path: String {
    switch self {
    case .verdict: "/"
    case .voice: "/pulse"
    default: "/\(rawValue)"
    }
  }

  /// The places in the order that suits whose words are spoken; every place is there for all.
  static func ordered(for reader: Reader) -> [Place] {
    let first: [Place] =
      switch reader {
      case .marketing: [.verdict, .channels, .sla, .rebound, .plan]
      case .sales: [.verdict, .sla, .rebound, .owners, .channels]
      case .leadership: [.verdict, .plan, .scorecards, .channels, .owners]
      }
    return first + allCases.filter { !first.contains($0) }
  }
}
