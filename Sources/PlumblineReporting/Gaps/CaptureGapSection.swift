public import PlumblineCore

/// What nobody recorded as a part of a page, with how to close each gap.
public struct CaptureGapSection: Sendable {
  private let rows: [GapWire]

  /// The gaps to be shown, in their order.
  public init(_ gaps: [CaptureGap]) { rows = gaps.map { GapWire($0) } }

  init(_ rows: [GapWire]) { self.rows = rows }

  /// The part, or nothing where there are no gaps.
  ///
  /// - Parameters:
  ///   - heading: Its heading.
  ///   - agreement: Says what is to be recorded; its version and hash stand below where it is given.
  ///   - whenNone: What is said where nothing is missing; no part at all when nil.
  ///   - leadAddress: Gives the address of a lead's page by its id; no links when nil.
  ///   - listAddress: Gives the address of the list of all leads that a gap is about; no link where
  ///     it gives nil.
  /// - Returns: The section.
  public func markup(
    _ heading: String = "What nobody recorded",
    under agreement: Agreement? = nil,
    whenNone: String? = nil,
    leadAddress: ((String) -> String)? = nil,
    listAddress: (CaptureGap.Kind) -> String? = { _ in nil }
  ) -> Markup {
    guard !rows.isEmpty else {
      guard let whenNone else { return .none }
      return HTMLPage.section(heading, [.element("p", [:], whenNone)])
    }
    var table = MarkupTable(
      "gaps-table",
      caption: "Kept apart from leaks, and never priced",
      [
        .text("What is missing"), .number("How often"), .number("Of"), .text("For example"),
        .text("How to close it"),
      ]
    )
    for row in rows {
      let examples = row.examples.prefix(3).map { example in
        guard row.kind.namesLeads, let leadAddress else { return Markup.text(example) }
        return .element("a", ["href": leadAddress(example)], example)
      }
      table.add([
        .text(row.kind.statement(row.count, of: row.of).capitalizedFirst),
        listAddress(row.kind).map { .element("a", ["href": $0], Format.count(row.count)) }
          ?? .text(Format.count(row.count)),
        .text(row.of.map { Format.count($0) } ?? Format.absent),
        examples.isEmpty
          ? .text(Format.absent)
          : .element("ul", ["class": "bare"], examples.map { .element("li", [:], [$0]) }),
        .text(row.remedy),
      ])
    }
    let basis = agreement.map { agreement in
      Markup.element(
        "p",
        ["class": "note"],
        "Counted under agreement \(agreement.version.printable) "
          + "(\(agreement.hash.prefix(12)))."
      )
    }
    return HTMLPage.section(heading, [table.markup, basis ?? .none])
  }
}

extension CaptureGap.Kind {
  /// Whether the examples are ids of leads that are on record.
  var namesLeads: Bool {
    switch self {
    case .leadWithoutChannel, .leadWithoutDate, .leadWithoutOwner, .scoreWithoutHandOff: true
    default: false
    }
  }
}
