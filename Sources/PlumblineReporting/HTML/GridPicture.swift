/// The channel × rep grid: how far each channel, each rep and each pair of them stands from the
/// others.
///
/// It is a table, not a drawing: every cell says its number with a sign, its leads and its mark in
/// words, so that the colours only repeat what the words say, and a screen reader walks it by
/// heads. Reps go down, channels across; what a channel or a rep does by itself stands in the
/// first row and the first column. Where there are too many, the most notable ones are shown and
/// the others counted and listed.
struct GridPicture {
  /// What an effect is counted in.
  enum Measure: Hashable {
    /// Differences of log-odds: −0.69 is half the odds of the others.
    case logOdds
    /// Differences of shares, as fractions, around a share such as that of all leads together.
    case points(around: Double)
  }

  /// What became of the question whether a unit is a leak.
  enum Mark: Int, Hashable, Comparable {
    /// Too few leads to be judged.
    case tooFew
    /// Judged; nothing to report.
    case judged
    /// Would be named, but another reading of the data cannot be ruled out.
    case withheld
    /// Named as a leak.
    case named

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// How far something stands from the others, after allowing for few leads.
  struct Effect: Hashable {
    /// The effect in the grid's measure, below 0 where it does worse; nil where there is none.
    var value: Double?
    /// The lower end of the effect's interval.
    var lower: Double?
    /// The upper end of the effect's interval.
    var upper: Double?
    /// The leads behind it.
    var leads: Int
    /// Whether it is a leak.
    var mark: Mark
    /// The id of what it is of, by which its leads open; nil where they do not.
    var unit: String?
  }

  /// A channel or a rep with what it does by itself.
  struct Unit: Hashable {
    var name: String
    var effect: Effect
  }

  /// What one rep does with one channel's leads.
  struct Cell: Hashable {
    /// The place of the channel among the channels.
    var channel: Int
    /// The place of the rep among the reps.
    var owner: Int
    var effect: Effect
  }

  /// The name under which the page finds the table.
  let id: String
  /// What the effects are about: `Won within 91 days of the hand-off`.
  let title: String
  let measure: Measure
  /// The confidence of the intervals, as a fraction.
  let confidence: Double
  let channels: [Unit]
  let owners: [Unit]
  /// The pairs that have leads, in any order.
  let cells: [Cell]
  /// Where leads open.
  var links = RecordLinks.none
  /// How many channels fit.
  var mostChannels = 12
  /// How many reps fit.
  var mostOwners = 24

  /// The sentence above, the grid, what its colours and marks mean, and those not shown.
  var markup: Markup {
    guard !channels.isEmpty, !owners.isEmpty else {
      return .element("p", [:], "No channel was worked by a rep: there is no grid.")
    }
    let choice = GridChoice(self)
    return .lines([
      .element(
        "figure",
        ["class": "heat-figure"],
        [.lines([.element("p", ["class": "answer-line"], answer), table(choice), key, caption])]
      ),
      rest(choice),
    ])
  }

  // MARK: Answer

  private var answer: String {
    func list(_ mark: Mark) -> [String] {
      let units = (channels + owners).filter { $0.effect.mark == mark }
        .map { "\(Self.short($0.name)) (\(amount($0.effect)))" }
      let pairs = cells.filter { $0.effect.mark == mark && isInside($0) }.map {
        let rep = Self.short(owners[$0.owner].name)
        return "\(rep) with \(Self.short(channels[$0.channel].name)) (\(amount($0.effect)))"
      }
      let all = units + pairs
      let more = all.count > 4 ? ["\(Format.count(all.count - 4)) more"] : []
      return Array(all.prefix(4)) + more
    }
    let named = list(.named)
    let withheld = list(.withheld)
    let first =
      named.isEmpty
      ? "No channel, no rep and no pair of them is named."
      : "Named: \(named.joined(separator: ", "))."
    return withheld.isEmpty ? first : "\(first) Withheld: \(withheld.joined(separator: ", "))."
  }

  func isInside(_ cell: Cell) -> Bool {
    channels.indices.contains(cell.channel) && owners.indices.contains(cell.owner)
  }

  // MARK: Words

  static func short(_ name: String) -> String {
    DisplayWidth.shortened(Picture.shown(name), to: 32)
  }

  private func amount(_ effect: Effect) -> String {
    guard let value = effect.value, value.isFinite else { return Format.absent }
    return words(value) + (measure == .logOdds ? "" : " points")
  }

  func words(_ value: Double) -> String {
    measure == .logOdds ? Format.signed(value, decimals: 2) : Format.signedPoints(value)
  }

  func interval(_ effect: Effect) -> String? {
    guard let lower = effect.lower, let upper = effect.upper, lower.isFinite, upper.isFinite
    else { return nil }
    return "\(words(lower)) to \(words(upper))"
  }

  static func label(_ mark: Mark, below: Bool) -> String? {
    switch mark {
    case .named: below ? "▼ named" : "▲ named"
    case .withheld: "◆ withheld"
    case .tooFew: "too few"
    case .judged: nil
    }
  }

  // MARK: Table

  private func table(_ choice: GridChoice) -> Markup {
    let head =
      [
        Markup.element("td", ["class": "corner"]),
        .element("th", ["scope": "col", "class": "margin"], "All channels"),
      ]
      + choice.channels.map { column in
        .element("th", ["scope": "col"], [Picture.name("unit", channels[column].name)])
      }
    let margin =
      [
        Markup.element("th", ["scope": "row", "class": "margin"], "All reps"),
        .element("td", ["class": "corner"]),
      ] + choice.channels.map { cell(channels[$0].effect, kind: "margin") }
    let rows = choice.owners.map { row in
      let cells = choice.channels.map { cell(choice.effect(row, $0), kind: "pair") }
      return Markup.element(
        "tr",
        [:],
        [
          .element("th", ["scope": "row"], [Picture.name("unit", owners[row].name)]),
          cell(owners[row].effect, kind: "margin"),
        ] + cells
      )
    }
    let table = Markup.element(
      "table",
      ["class": choice.channels.count > 8 ? "heat-grid dense" : "heat-grid"],
      [
        .element(
          "caption",
          ["id": id],
          [
            .element(
              "span",
              [:],
              "\(title): each rep and each channel against the others, \(measureWords)"
                + choice.note
            )
          ]
        ),
        .element("thead", [:], [.element("tr", [:], head)]),
        .element("tbody", [:], [.lines([.element("tr", ["class": "margins"], margin)] + rows)]),
      ]
    )
    return .element(
      "div",
      ["class": "scroll", "role": "region", "tabindex": "0", "aria-labelledby": id],
      [table]
    )
  }

  private var measureWords: String {
    measure == .logOdds ? "in log-odds" : "in percentage points"
  }

  private func cell(_ effect: Effect?, kind: String) -> Markup {
    guard let effect else {
      return .element(
        "td",
        ["class": "nobody"],
        [
          .element("span", ["aria-hidden": "true"], "·"),
          .element("span", ["class": "unseen"], "no leads"),
        ]
      )
    }
    var parts: [Markup] = []
    let isJudged = effect.mark != .tooFew
    let value = effect.value.flatMap { $0.isFinite && isJudged ? $0 : nil }
    if isJudged {
      parts.append(.element("span", ["class": "effect"], value.map(words) ?? Format.absent))
    }
    if let label = Self.label(effect.mark, below: (value ?? 0) <= 0) {
      parts.append(.element("span", ["class": "mark"], label))
    }
    if isJudged, kind == "margin", let interval = interval(effect) {
      parts.append(.element("span", ["class": "span"], interval))
    }
    let leads = Format.count(effect.leads, "lead")
    let opened = effect.unit.map { links.markup(leads, .unit($0)) } ?? .text(leads)
    parts.append(.element("span", ["class": "leads"], [opened]))
    let heat = value.map { GridHeat(measure).kind(of: $0) } ?? "none"
    return .element("td", ["class": "heat \(heat) \(kind) \(effect.mark)"], parts)
  }

  // MARK: Below the grid

  private var key: Markup {
    let heat = GridHeat(measure)
    let swatches = heat.key.map { kind, value in
      Markup.element("li", ["class": "heat \(kind)"], value == 0 ? "0" : words(value))
    }
    return .element(
      "div",
      ["class": "heat-key"],
      [
        .element("span", [:], "worse"), .element("ul", ["aria-label": "Colours"], swatches),
        .element("span", [:], "better"),
      ]
    )
  }

  private var caption: Markup {
    let scale =
      measure == .logOdds
      ? "A colour begins at its number, counted in log-odds: −0.69 is half the odds of the others, "
        + "+0.69 twice."
      : "A colour begins at its number, in percentage points."
    var sentences = [scale, "Effects are drawn toward 0 where leads are few."]
    let effects = (channels + owners).map(\.effect) + cells.map(\.effect)
    if effects.contains(where: { interval($0) != nil }) {
      sentences.append("Ranges are \(Format.percent(confidence)) intervals.")
    }
    let marks = Set(effects.map(\.mark))
    if marks.contains(.named) { sentences.append("▼ named: a leak.") }
    if marks.contains(.withheld) {
      sentences.append("◆ withheld: looks like a leak, but another reading cannot be ruled out.")
    }
    if marks.contains(.tooFew) { sentences.append("Too few: not enough leads to judge.") }
    return .element("figcaption", [:], sentences.joined(separator: " "))
  }

  /// The channels and reps that did not fit, as a table.
  private func rest(_ choice: GridChoice) -> Markup {
    let hidden =
      choice.hiddenChannels.map { ("channel", channels[$0]) }
      + choice.hiddenOwners.map { ("rep", owners[$0]) }
    guard !hidden.isEmpty else { return .none }
    var table = MarkupTable(
      "\(id)-rest",
      caption: "Channels and reps that are not in the grid, \(measureWords)",
      [
        .text("Name"), .text("Kind"), .number("Leads"), .number("Effect"),
        .number("\(Format.percent(confidence)) interval"), .text("Mark"),
      ]
    )
    for (kind, unit) in hidden {
      let effect = unit.effect
      let value = effect.mark == .tooFew ? nil : effect.value
      let leads = Format.count(effect.leads)
      table.add(
        [
          .text(Picture.shown(unit.name)), .text(kind),
          effect.unit.map { links.markup(leads, .unit($0)) } ?? .text(leads),
        ]
          + [
            value.map { $0.isFinite ? words($0) : Format.absent } ?? Format.absent,
            interval(effect) ?? Format.absent,
            Self.label(effect.mark, below: (value ?? 0) <= 0) ?? "judged",
          ].map { .text($0) }
      )
    }
    return .element(
      "details",
      [:],
      [.lines([.element("summary", [:], "The \(choice.hiddenWords) not shown"), table.markup])]
    )
  }
}
