import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// A list of records, a hundred a page, that can be taken out as a file.
struct RecordList {
  /// Where the pages of a list are.
  struct Place: Sendable {
    /// So many are on a page.
    static let most = 100

    /// The path of the page.
    let page: String
    /// The path of the file.
    let file: String
    /// What else the address says.
    let fields: [FormFields.Field]
    /// The page that is asked for, from 1 on.
    let wanted: Int

    /// A place.
    ///
    /// - Parameters:
    ///   - page: The path of the page.
    ///   - file: The path of the file.
    ///   - query: The fields of the address.
    init(page: String, file: String, _ query: FormFields) {
      self.page = page
      self.file = file
      fields = query.fields.filter { !["page", "as"].contains($0.name) }
      wanted = max(1, query["page"].flatMap { Int($0) } ?? 1)
    }

    /// The records on the page that is asked for; the last page for any beyond it.
    ///
    /// - Parameter count: How many records there are.
    /// - Returns: Their places in the list.
    func range(of count: Int) -> Range<Int> {
      let last = max(0, (count - 1) / Self.most)
      let first = min(wanted - 1, last) * Self.most
      return first..<min(count, first + Self.most)
    }

    /// The way to the file.
    var export: Markup {
      .element(
        "p",
        ["class": "next"],
        [
          .element(
            "a",
            ["class": "button quiet", "href": Address.of(file, fields)],
            "Export as CSV"
          )
        ]
      )
    }

    /// The ways to the pages before and after; nothing where all is on one.
    ///
    /// - Parameter count: How many records there are.
    /// - Returns: The ways.
    func turning(of count: Int) -> Markup {
      guard count > Self.most else { return .none }
      let range = range(of: count)
      let number = range.lowerBound / Self.most + 1
      func way(_ title: String, _ number: Int, _ relation: String) -> Markup {
        let address = Address.of(
          page,
          fields + [FormFields.Field(name: "page", value: String(number))]
        )
        return .element("a", ["class": "button quiet", "rel": relation, "href": address], title)
      }
      return .element(
        "nav",
        ["class": "next", "aria-label": "Pages of the list"],
        [
          number > 1 ? way("Before", number - 1, "prev") : .none,
          .element(
            "span",
            [:],
            " \(Format.count(range.lowerBound + 1)) to \(Format.count(range.upperBound)) of "
              + "\(Format.count(count)) "
          ),
          range.upperBound < count ? way("Next", number + 1, "next") : .none,
        ]
      )
    }
  }

  let sections: RecordSections
  let place: Place

  /// The page that is asked for.
  ///
  /// - Parameters:
  ///   - eyebrow: What kind of list it is.
  ///   - back: The way to where the number stands.
  /// - Returns: The inside of the page.
  func markup(_ eyebrow: String, back: Markup = .none) -> Markup {
    Self.markup(
      eyebrow,
      sections.headline,
      sections.scope,
      back: back,
      [
        place.export, sections.list(place.range(of: sections.count), Address.lead),
        place.turning(of: sections.count),
      ],
      sections.footer(generatedBy: "plumbline \(Release.number)")
    )
  }

  /// The inside of a page with the records behind a number.
  ///
  /// - Parameters:
  ///   - eyebrow: What kind of list it is.
  ///   - records: The records.
  ///   - place: Where the list is.
  ///   - back: The way to where the number stands.
  /// - Returns: The inside of the page.
  static func markup(
    _ eyebrow: String,
    _ records: NumberSections,
    _ place: Place,
    back: Markup = .none
  ) -> Markup {
    switch records {
    case .leads(let sections), .occasions(let sections):
      RecordList(sections: sections, place: place).markup(eyebrow, back: back)
    case .spend(let sections):
      markup(
        eyebrow,
        sections.headline,
        sections.scope,
        back: back,
        [
          place.export, sections.list(place.range(of: sections.count)),
          place.turning(of: sections.count),
        ],
        sections.footer(generatedBy: "plumbline \(Release.number)")
      )
    }
  }

  /// The inside of a page with a list.
  ///
  /// - Parameters:
  ///   - eyebrow: What kind of list it is.
  ///   - headline: What is in it.
  ///   - scope: Which records were asked for.
  ///   - back: The way to where the number stands.
  ///   - list: The list and its ways.
  ///   - footer: What the list rests on.
  /// - Returns: The inside of the page.
  static func markup(
    _ eyebrow: String,
    _ headline: String,
    _ scope: String,
    back: Markup,
    _ list: [Markup],
    _ footer: Markup
  ) -> Markup {
    .lines([
      .element(
        "header",
        [:],
        [
          .lines([
            .element("p", ["class": "eyebrow"], eyebrow), .element("h1", [:], headline),
            .element("p", ["class": "scope"], scope), back,
          ])
        ]
      ), .element("div", [:], [.lines(list)]), footer,
    ])
  }
}
