import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The three parts of the plan, and what they have in common.
enum PlanParts: String, CaseIterable {
  case quota = "/plan"
  case hires = "/plan/hires"
  case budget = "/plan/budget"

  private var title: String {
    switch self {
    case .quota: "Quota and leads"
    case .hires: "Reps and cash"
    case .budget: "Budget"
    }
  }

  /// The ways to all parts, from this one.
  var tabs: Markup {
    let links = Self.allCases.map { part in
      Markup.element(
        "li",
        [:],
        [
          .element(
            "a",
            part == self
              ? ["href": part.rawValue, "aria-current": "page"] : ["href": part.rawValue],
            part.title
          )
        ]
      )
    }
    return .element(
      "nav",
      ["class": "parts", "aria-label": "Parts of the plan"],
      [.element("ul", [:], links)]
    )
  }

  /// The parameters of a question that stand in the address by their own names, where they say
  /// anything.
  ///
  /// - Parameters:
  ///   - names: The names; each once.
  ///   - query: The address.
  /// - Returns: The parameters.
  static func parameters(_ names: [String], in query: FormFields) -> [QuestionCall.Parameter] {
    names.compactMap { name in
      guard let value = query[name], !value.isEmpty else { return nil }
      return (name, value)
    }
  }
}

extension FormFields {
  /// What a field of the address says; empty where it says nothing.
  func said(_ name: String) -> String { self[name] ?? "" }

  /// The number of a field; nil where it holds none.
  func number(_ name: String) -> Double? {
    self[name].flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
  }
}
