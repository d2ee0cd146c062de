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
    /// A number of the funnel of the leads of which something is one of some values.
    case cells(String, FunnelDimension, [String])
    /// The leads that came in on some days.
    case arrived(ClosedRange<CivilDate>)
    /// A number of the funnel under another skip rule.
    case skipped(String, SkipRule)
    /// The leads that entered a stage in a week, of which something has a value; of all where
    /// nothing has to have one.
    case entered(WeekEntries, FunnelDimension?, String)
    /// The leads behind a channel, rep or pair that was judged, behind the others or the whole
    /// verdict, see `JudgedGroup.id`.
    case unit(String)
    /// A number of an answer about second chances.
    case rebound(ReboundNumber)
    /// A number of an answer about attainment.
    case attainment(AttainmentNumber)
    /// What a gap is about.
    case gap(CaptureGap.Kind)
    /// The open leads behind a plan, by the id of their furthest stage; all of them without one.
    case pipeline(stage: String?)
    /// The won deals behind a number of a plan.
    case plan(PlanNumber)
    /// What an input of a simulation was measured from.
    case input(HeadcountInput)
    /// A number of a divided budget.
    case budget(BudgetNumber)
  }

  let address: @Sendable (Number) -> String?

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

  /// A count, linked to its records where it opens; of nothing there is nothing to open.
  func count(_ count: Int, _ number: Number) -> Markup {
    count > 0 ? markup(Format.count(count), number) : .text(Format.count(count))
  }

  /// Ways to the records behind numbers that stand in sentences or pictures; nothing where none
  /// opens.
  func ways(_ ways: [(text: String, number: Number)]) -> Markup {
    let open = ways.filter { address($0.number) != nil }
    guard !open.isEmpty else { return .none }
    let links = open.enumerated().flatMap { index, way in
      (index == 0 ? [] : [Markup.text(", ")]) + [markup(way.text, way.number)]
    }
    return .element("p", ["class": "note"], [.text("Records: ")] + links)
  }

  /// A number of a row of the funnel, linked to its records where it opens.
  func markup(_ text: String, _ number: CellNumber, _ row: FunnelRow) -> Markup {
    markup(
      text,
      .funnel(number.rawValue, group: row.group.isEmpty ? nil : row.group)
    )
  }
}
