public import PlumblineCore

/// Where a number of a page opens to the records behind it.
///
/// A report stands alone and opens nothing; a page of the web app knows where its lists are.
public struct RecordLinks: Sendable {
  /// A number that may be opened.
  public enum Number: Hashable, Sendable {
    /// A number of a group of the funnel, such as `advanced:sql`, `deals` or `spend`; of all leads
    /// without a group.
    case funnel(String, group: String?)
    /// The leads behind a channel, rep or pair that was judged, by the unit's id.
    case unit(String)
    /// The open leads behind a plan, by the id of their furthest stage; all of them without one.
    case pipeline(stage: String?)
    /// The won deals behind a number of a plan.
    case plan(PlanNumber)
    /// What an input of a simulation was measured from.
    case input(HeadcountInput)
    /// A number of a divided budget.
    case budget(BudgetNumber)
  }

  private let address: @Sendable (Number) -> String?

  /// Links of a page.
  ///
  /// - Parameter address: Where a number opens; nil where it does not.
  public init(_ address: @escaping @Sendable (Number) -> String?) { self.address = address }

  /// Nothing opens.
  public static let none = RecordLinks { _ in nil }

  /// A number, linked to its records where it opens.
  ///
  /// - Parameters:
  ///   - text: The number in words.
  ///   - number: What it is.
  /// - Returns: The words, or a link around them.
  public func markup(_ text: String, _ number: Number) -> Markup {
    guard let address = address(number) else { return .text(text) }
    return .element("a", ["class": "open", "href": address], text)
  }

  /// A number of a row of the funnel, linked to its records where it opens.
  func markup(_ text: String, _ number: CellNumber, _ row: FunnelRow) -> Markup {
    markup(
      text,
      .funnel(number.rawValue, group: row.group.isEmpty ? nil : row.group)
    )
  }
}
