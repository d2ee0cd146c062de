import PlumblineConnectors
import PlumblineCore
import PlumblineReporting

/// The fields of the form that changes how uploaded files are read.
enum ProposalChoices {
  /// How times, dates and numbers are meant.
  static func reading(_ mapping: Mapping) -> Markup {
    func select(
      _ label: String,
      _ name: String,
      _ options: [(String, String)],
      _ now: String
    )
      -> Markup
    {
      .element(
        "label",
        [:],
        [
          .text(label),
          .element(
            "select",
            ["name": name],
            options.map { value, title in option(value, title, isChosen: value == now) }
          ),
        ]
      )
    }
    func input(_ label: String, _ name: String, _ value: String) -> Markup {
      .element(
        "label",
        [:],
        [
          .text(label),
          .void("input", ["name": name, "value": value, "maxlength": "60", "autocomplete": "off"]),
        ]
      )
    }
    return .element(
      "section",
      [:],
      [
        .lines([
          .element("h2", [:], "How the files are read"),
          .element(
            "div",
            ["class": "arrival-choices"],
            [
              .lines([
                input("The system that the files come from", "source", mapping.source),
                input("Time zone of times without an offset", "zone", mapping.zoneName),
                input("Currency of amounts that say none", "currency", mapping.currency ?? ""),
                select(
                  "Dates such as 3/4/2026",
                  "date_order",
                  [
                    ("", "as the values show"), ("day_first", "day first"),
                    ("month_first", "month first"), ("year_first", "year first"),
                  ],
                  mapping.dateOrder?.rawValue ?? ""
                ),
                select(
                  "Numbers such as 1.234",
                  "decimal",
                  [
                    ("", "as the values show"), ("point", "point for decimals"),
                    ("comma", "comma for decimals"),
                  ],
                  mapping.decimal?.rawValue ?? ""
                ), .element("button", ["class": "quiet"], "Read the files again"),
              ])
            ]
          ),
        ])
      ]
    )
  }

  private static func option(_ value: String, _ title: String, isChosen: Bool) -> Markup {
    isChosen
      ? .element("option", ["value": value, "selected": ""], title)
      : .element("option", ["value": value], title)
  }

  /// A select for each field that a record may have.
  static func choice(
    _ mapping: Mapping,
    _ table: MappingPreview.Table,
    _ file: Int,
    _ place: Int
  ) -> Markup {
    let record = mapping.files[file].records[place]
    let fields = MappingKeys.fields(of: record.kind).filter { $0 != "also_known_as" }
    let required = Set(MappingKeys.required(record.kind).flatMap { $0 })
    let labels = fields.map { field -> Markup in
      let now = record[field == "type" ? "kind" : field]
      return .element(
        "label",
        [:],
        [
          .text(
            field.split(separator: "_").joined(separator: " ").sentence
              + (required.contains(field) ? " (needed)" : "")
          ),
          .element(
            "select",
            ["name": FieldChoice.name(file: file, record: place, field: field)],
            options(now, table)
          ),
        ]
      )
    }
    return .element(
      "fieldset",
      ["class": "arrival-choices"],
      [
        .lines(
          [.element("legend", [:], "\(table.name): \(record.kind.words)")] + labels
        )
      ]
    )
  }

  private static func options(_ now: FieldMapping?, _ table: MappingPreview.Table) -> [Markup] {
    // What is no single column of this file can be kept or replaced, not edited here.
    let place: Int? =
      if let now, now.columns.count == 1 {
        table.columns.firstIndex {
          HeaderName.normalized($0.name) == HeaderName.normalized(now.columns[0].name)
        }
      } else {
        nil
      }
    var options = [option("", "- left out -", isChosen: now == nil)]
    if let now, place == nil {
      let words: String =
        switch now.source {
        case .constant(let text): "always \(text)"
        case .columns(let columns): columns.map(\.name).joined(separator: ", else ")
        }
      options.append(option(FieldChoice.kept, words, isChosen: true))
    }
    return options
      + table.columns.enumerated().map { index, column in
        option(String(index), column.name, isChosen: index == place)
      }
  }
}
