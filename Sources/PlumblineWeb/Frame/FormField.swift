import PlumblineReporting

/// A field of a form with its label.
enum FormField {
  /// How the fields of a form stand.
  enum Kind: String {
    /// One below the other.
    case fields
    /// Beside each other.
    case row
  }

  /// A line of text.
  ///
  /// - Parameters:
  ///   - label: What it is.
  ///   - name: The field's name.
  ///   - value: What stands in it at first.
  ///   - autocomplete: What browsers fill in.
  ///   - most: The longest text, in characters.
  ///   - isRequired: Whether it must be filled in.
  /// - Returns: The label with the field inside.
  static func text(
    _ label: String,
    _ name: String,
    value: String = "",
    autocomplete: String = "off",
    most: Int = 254,
    isRequired: Bool = true
  ) -> Markup {
    let attributes: KeyValuePairs =
      isRequired
      ? [
        "name": name, "value": value, "autocomplete": autocomplete, "maxlength": String(most),
        "required": "",
      ]
      : ["name": name, "value": value, "autocomplete": autocomplete, "maxlength": String(most)]
    return labelled(label, .void("input", attributes))
  }

  /// A password.
  static func password(_ label: String, _ name: String, autocomplete: String) -> Markup {
    labelled(
      label,
      .void(
        "input",
        [
          "name": name, "type": "password", "autocomplete": autocomplete, "required": "",
          "maxlength": "1024",
        ]
      )
    )
  }

  /// One of some choices.
  ///
  /// - Parameters:
  ///   - label: What it is.
  ///   - name: The field's name.
  ///   - choices: Values and what they are called.
  ///   - chosen: The value that is chosen at first.
  /// - Returns: The label with the field inside.
  static func choice(
    _ label: String,
    _ name: String,
    _ choices: [(value: String, title: String)],
    chosen: String
  ) -> Markup {
    let options = choices.map { choice in
      choice.value == chosen
        ? Markup.element("option", ["value": choice.value, "selected": ""], choice.title)
        : Markup.element("option", ["value": choice.value], choice.title)
    }
    return labelled(label, .element("select", ["name": name], options))
  }

  /// A box to tick.
  static func tick(_ label: String, _ name: String, _ value: String, isTicked: Bool) -> Markup {
    let box: Markup =
      isTicked
      ? .void("input", ["type": "checkbox", "name": name, "value": value, "checked": ""])
      : .void("input", ["type": "checkbox", "name": name, "value": value])
    return .element("label", ["class": "tick"], [box, .text(label)])
  }

  /// A form that changes something, with the token of our own pages.
  ///
  /// - Parameters:
  ///   - action: Where it goes.
  ///   - kind: How its fields stand.
  ///   - fields: What stands in it.
  /// - Returns: The form.
  static func form(_ action: String, _ kind: Kind = .fields, _ fields: [Markup]) -> Markup {
    .element(
      "form",
      ["class": kind.rawValue, "method": "post", "action": action],
      [.lines([Forms.token] + fields)]
    )
  }

  private static func labelled(_ label: String, _ field: Markup) -> Markup {
    .element("label", [:], [.text(label), field])
  }
}
