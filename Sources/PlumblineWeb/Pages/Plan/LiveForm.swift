import PlumblineReporting

/// A form of numbers, days and choices; a field left empty says "as it is", and every field tells
/// what that is and where it comes from.
///
/// It is sent with GET, so that the address holds all that was asked and can be sent around. A
/// script gives numbers a slider.
struct LiveForm {
  /// A slider's scale.
  struct Slider {
    /// Its left end.
    let lowest: Double
    /// Its right end.
    let highest: Double
    /// The least move.
    let step: Double
    /// Where it stands while the field is empty.
    let usual: Double
  }

  /// What a field holds.
  enum Kind {
    /// A number, with a slider where there is a scale for one.
    case number(Slider?)
    /// A day.
    case day
    /// A month.
    case month
    /// One of some values; the first is what an empty field says.
    case choice([(value: String, title: String)])
    /// Words.
    case text
    /// Yes or no.
    case yes
  }

  /// A field.
  struct Field {
    let name: String
    let label: String
    let kind: Kind
    /// What was asked; empty where nothing was.
    let value: String
    /// What holds while it is empty.
    var usual = ""
    /// Where that comes from.
    var note = ""
  }

  /// A link that fills the form in.
  struct Preset {
    let title: String
    let address: String
  }

  /// Where it is sent.
  let action: String
  /// What it is about, for those who cannot see it.
  let title: String
  let fields: [Field]
  var presets: [Preset] = []
  /// Further fields, folded away.
  var more: [Field] = []

  /// The form.
  var markup: Markup {
    var parts = fields.map(field)
    if !more.isEmpty {
      parts.append(
        .element(
          "details",
          more.contains { !$0.value.isEmpty } ? ["open": ""] : [:],
          [.element("summary", [:], "More"), .lines(more.map(field))]
        )
      )
    }
    parts.append(
      .element(
        "p",
        ["class": "live-actions"],
        [
          .element("button", [:], "Show"), .text(" "),
          .element("a", ["href": action], "As it is today"),
        ]
      )
    )
    return .lines([
      presetList,
      .element(
        "form",
        ["method": "get", "action": action, "class": "live-fields", "aria-label": title],
        [.lines(parts)]
      ),
    ])
  }

  private var presetList: Markup {
    presets.isEmpty
      ? .none
      : .element(
        "ul",
        ["class": "presets", "aria-label": "Examples"],
        [
          .lines(
            presets.map { .element("li", [:], [.element("a", ["href": $0.address], $0.title)]) }
          )
        ]
      )
  }

  private func field(_ field: Field) -> Markup {
    let id = "f-\(field.name.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined())"
    if case .yes = field.kind {
      let box = Markup.void(
        "input",
        field.value == "true"
          ? ["type": "checkbox", "id": id, "name": field.name, "value": "true", "checked": ""]
          : ["type": "checkbox", "id": id, "name": field.name, "value": "true"]
      )
      return .element(
        "div",
        ["class": "live-field"],
        [.element("label", ["class": "box", "for": id], [box, .text(" \(field.label)")])]
      )
    }
    return .element(
      "div",
      ["class": "live-field"],
      [
        .lines([
          .element("label", ["for": id], field.label), input(field, id),
          note(field).map { .element("p", ["class": "note", "id": "\(id)-note"], $0) } ?? .none,
        ])
      ]
    )
  }

  private func note(_ field: Field) -> String? {
    let parts = [field.usual, field.note].filter { !$0.isEmpty }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private func input(_ field: Field, _ id: String) -> Markup {
    let described = note(field) == nil ? "" : "\(id)-note"
    switch field.kind {
    case .number(let slider):
      // A browser complains of anything else in a field of numbers, such as 2.4M, and shows nothing.
      let value = Double(field.value) == nil ? "" : field.value
      guard let slider else {
        return .void(
          "input",
          [
            "type": "number", "id": id, "name": field.name, "value": value, "step": "any",
            "inputmode": "decimal", "aria-describedby": described,
          ]
        )
      }
      return .void(
        "input",
        [
          "type": "number", "id": id, "name": field.name, "value": value, "step": "any",
          "inputmode": "decimal", "aria-describedby": described, "data-slider": "",
          "data-lowest": Self.plain(slider.lowest), "data-highest": Self.plain(slider.highest),
          "data-step": Self.plain(slider.step), "data-usual": Self.plain(slider.usual),
        ]
      )
    case .day: return plain("date", field, id, described)
    case .month: return plain("month", field, id, described)
    case .text, .yes: return plain("text", field, id, described)
    case .choice(let choices):
      let options = choices.map { choice in
        Markup.element(
          "option",
          choice.value == field.value
            ? ["value": choice.value, "selected": ""] : ["value": choice.value],
          choice.title
        )
      }
      return .element(
        "select",
        ["id": id, "name": field.name, "aria-describedby": described],
        options
      )
    }
  }

  private func plain(_ type: String, _ field: Field, _ id: String, _ described: String) -> Markup {
    .void(
      "input",
      [
        "type": type, "id": id, "name": field.name, "value": field.value,
        "aria-describedby": described,
      ]
    )
  }

  /// A number as the attributes of inputs have it.
  static func plain(_ number: Double) -> String {
    guard number != number.rounded() || abs(number) >= 1e15 else { return String(Int(number)) }
    return String((number * 1e6).rounded() / 1e6)
  }
}

extension LiveForm.Slider {
  /// A scale around a value, up to twice as much; nil around 0, or around no number.
  ///
  /// - Parameters:
  ///   - usual: The value.
  ///   - least: The least that may be asked for, not above the value.
  /// - Returns: The scale, in steps that read well.
  static func around(_ usual: Double?, atLeast least: Double = 0) -> LiveForm.Slider? {
    guard let usual, usual.isFinite, usual > 0 else { return nil }
    var step = 0.01
    // A small part of the scale, as 1, 2 or 5 of some place.
    for place in 0... {
      let next = step * (place % 3 == 1 ? 2.5 : 2)
      guard next <= usual / 40 else { break }
      step = next
    }
    let highest = (2 * usual / step).rounded(.up) * step
    // The first notch is not below the least, but for what calculating with fractions adds.
    let lowest = min(usual, (least / step - 1e-9).rounded(.up) * step)
    return LiveForm.Slider(lowest: max(0, lowest), highest: highest, step: step, usual: usual)
  }
}
