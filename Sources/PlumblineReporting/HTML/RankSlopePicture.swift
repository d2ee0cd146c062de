import PlumblineCore
import PlumblineStatistics

/// What a meeting and what a customer of each line costs, as two ranks side by side: the lines that
/// cross are those whose cheap meetings say nothing of cheap customers.
struct RankSlopePicture {
  /// So many lines are drawn; those called out always, of the others those with the most spend.
  static let mostLines = 16

  /// How wide the drawing is.
  private enum Layout: String {
    /// Name and amount beside each other.
    case wide
    /// For narrow pages: the name above its amount, and letters as large as they are read.
    case narrow

    var width: Double { self == .wide ? 760 : 360 }
    var left: Double { self == .wide ? 268 : 116 }
    var right: Double { width - left }
    var step: Double { self == .wide ? 30 : 44 }
    var gap: Double { self == .wide ? 12 : 10 }
    var lettersOfName: Int { self == .wide ? 20 : 14 }
  }

  private static let top = 52.0

  /// The name under which the page finds the picture.
  let id: String
  /// The lines with their ranks.
  let ranking: CostRanking
  /// The lines whose cheap meetings hide dear customers.
  let called: Set<String>
  /// The currency of the amounts.
  let currency: String
  /// What is in the costs of a customer: `all costs`.
  let costs: String
  /// One sentence that answers.
  let title: String

  /// The lines drawn, cheapest meetings first.
  var shown: [CostRanking.Entry] {
    let most = ranking.entries.sorted {
      ($1.row.spend, $0.row.group) < ($0.row.spend, $1.row.group)
    }
    let kept = Set(most.prefix(Self.mostLines).map(\.row.group)).union(called)
    return ranking.entries.filter { kept.contains($0.row.group) }
  }

  /// The picture for wide and for narrow pages; nothing where fewer than two lines can be ranked.
  var markup: Markup {
    shown.count > 1 ? .lines([drawing(.wide), drawing(.narrow)]) : .none
  }

  private func drawing(_ layout: Layout) -> Markup {
    let shown = shown
    let byWin = shown.sorted { $0.rankByWin < $1.rankByWin }.map(\.row.group)
    let (start, end) = (layout.left - layout.gap, layout.right + layout.gap)
    let heads =
      layout == .wide ? ["Cost per meeting held", "Cost per customer"] : ["Meeting", "Customer"]
    var parts = [
      Picture.words("slope-head end", x: start, y: 18, heads[0]),
      Picture.words("slope-unit end", x: start, y: 34, "media only, \(currency)"),
      Picture.words("slope-head", x: end, y: 18, heads[1]),
      Picture.words("slope-unit", x: end, y: 34, "\(costs), \(currency)"),
    ]
    let bottom = Self.top + layout.step * Double(shown.count - 1)
    for x in [layout.left, layout.right] {
      parts.append(Picture.line("axis", x1: x, y1: Self.top - 8, x2: x, y2: bottom + 8))
    }
    // Those called out are drawn last, above the others.
    for isCalled in [false, true] {
      for (index, entry) in shown.enumerated() where called.contains(entry.row.group) == isCalled {
        let place = byWin.firstIndex(of: entry.row.group) ?? index
        parts += line(entry, from: index, to: place, isCalled, layout)
      }
    }
    return Picture.frame(
      layout == .wide ? id : "\(id)-narrow",
      width: layout.width,
      height: bottom + 24,
      kind: "slope-picture \(layout.rawValue)-only",
      title: title,
      description: description,
      parts
    )
  }

  private func line(
    _ entry: CostRanking.Entry,
    from first: Int,
    to second: Int,
    _ isCalled: Bool,
    _ layout: Layout
  ) -> [Markup] {
    let kind = isCalled ? " called" : ""
    let (start, end) = (
      Self.top + layout.step * Double(first), Self.top + layout.step * Double(second)
    )
    let name = DisplayWidth.shortened(
      Picture.shown(entry.row.group.printable),
      to: layout.lettersOfName
    )
    let mark: (Double, Double) -> Markup = { x, y in
      isCalled
        ? Picture.shape("slope-mark called", [(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)])
        : Picture.dot("slope-mark", x: x, y: y, radius: 4)
    }
    let (before, after) = (layout.left - layout.gap, layout.right + layout.gap)
    let labels =
      switch layout {
      case .wide:
        [
          ("end", before, start + 4.5, "\(name)  \(meeting(entry.row))"),
          ("", after, end + 4.5, "\(customer(entry.row))  \(name)"),
        ]
      case .narrow:
        [
          ("end", before, start - 2.5, name), ("end", before, start + 13, meeting(entry.row)),
          ("", after, end - 2.5, name), ("", after, end + 13, customer(entry.row)),
        ]
      }
    return [
      Picture.line("slope\(kind)", x1: layout.left, y1: start, x2: layout.right, y2: end),
      mark(layout.left, start), mark(layout.right, end),
    ]
      + labels.map { side, x, y, text in
        Picture.words(
          "slope-name\(side.isEmpty ? "" : " \(side)")\(kind)",
          x: x,
          y: y,
          text
        )
      }
  }

  private func meeting(_ row: EconomicsRow) -> String {
    row.costPerMeeting.map { Format.amount($0, currency) } ?? Format.absent
  }

  private func customer(_ row: EconomicsRow) -> String {
    guard let lowest = row.lowestCostPerWin else { return Format.absent }
    return row.costPerWin.map { Format.amount($0, currency) }
      ?? "over \(Format.amount(lowest, currency))"
  }

  /// The numbers in words, for those who do not see the picture.
  private var description: String {
    shown.map { entry in
      "\(Picture.shown(entry.row.group.printable)): a meeting held costs \(meeting(entry.row)), rank "
        + "\(entry.rankByMeeting); a customer \(customer(entry.row)), rank \(entry.rankByWin)."
    }.joined(separator: " ")
  }
}
