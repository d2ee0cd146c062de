public import PlumblineCore

/// What sales said of leads beside what marketing believed, as text for people.
public struct VoiceText: Sendable {
  private let words: VoiceWords
  private let layout: TextLayout
  private let showsIDs: Bool

  private var voice: VoiceOfSales { words.voice }
  private var recorded: RecordedOutcomes { words.recorded }

  /// An answer to be shown.
  ///
  /// - Parameters:
  ///   - voice: What sales said.
  ///   - recorded: How outcomes were recorded.
  ///   - history: The history that both were read from.
  ///   - showsIDs: Whether the leads behind the numbers are listed.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ voice: VoiceOfSales,
    _ recorded: RecordedOutcomes,
    of history: CompanyHistory,
    showsIDs: Bool = false,
    layout: TextLayout = TextLayout()
  ) {
    words = VoiceWords(voice: voice, recorded: recorded, history: history)
    self.layout = layout
    self.showsIDs = showsIDs
  }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    page.paragraph(words.headline, ink: .strong)
    if let days = voice.days {
      page.paragraph("Handed over from \(days.lowerBound) to \(days.upperBound).")
    }
    said(&page)
    if !voice.leads.isEmpty { factors(&page) }
    defaults(&page)
    if showsIDs { ids(&page) }
    page.heading("How this is counted")
    page.bullets(words.notes)
    page.blank()
    page.paragraph(words.footer, ink: .faint)
    return page.text
  }

  private func said(_ page: inout TextPage) {
    guard !voice.rows.isEmpty else { return }
    page.heading("What sales said, and whom marketing took for an ideal customer")
    var table = TextTable([
      .text("sales said"), .text("which is"), .number("leads"), .number("ideal"),
      .number("not ideal"), .number("unknown"), .number("all factors yes"),
    ])
    for row in voice.rows {
      let outcome =
        row.outcome?.rawValue ?? (row.word == .nothing ? "" : "not on the list")
      table.add([
        voice.name(of: row.word), outcome, Format.count(row.count), Format.count(row.ideal.count),
        Format.count(row.notIdeal.count), Format.count(row.unknown.count),
        Format.count(row.allFactorsYes),
      ])
    }
    func sum(_ value: (VoiceOfSales.Row) -> Int) -> String {
      Format.count(voice.rows.reduce(0) { $0 + value($1) })
    }
    table.add(
      [
        "all", "", sum(\.count), sum(\.ideal.count), sum(\.notIdeal.count), sum(\.unknown.count),
        sum(\.allFactorsYes),
      ],
      ink: .strong
    )
    page.table(table)
    if words.agreement.idealCustomer.isEmpty {
      page.paragraph("No ideal customer is agreed, so nobody is known to be one.", indent: 2)
    }
  }

  private func factors(_ page: inout TextPage) {
    guard !voice.factors.isEmpty else { return }
    page.heading("Qualifying factors: marketing's value against sales' finding")
    let silent = voice.factors.filter {
      $0.count(marketing: .notAsked, sales: .notAsked) == $0.total
    }
    for factor in voice.factors where !silent.contains(where: { $0.factor == factor.factor }) {
      page.paragraph(factor.factor.id, indent: 2, ink: .strong)
      var table = TextTable(
        [.whole("marketing")]
          + AnswerTable.answers.map { .number("sales \(VoiceWords.answer($0))") }
      )
      for marketing in AnswerTable.answers {
        table.add(
          [VoiceWords.answer(marketing)]
            + AnswerTable.answers.map { sales in
              Format.count(factor.count(marketing: marketing, sales: sales))
            }
        )
      }
      page.table(table, indent: 4)
      page.paragraph(
        "Both agree: \(words.agreed(factor)). Kappa: \(words.kappa(factor)).",
        indent: 4
      )
    }
    if !silent.isEmpty {
      let names = silent.map(\.factor.id.printable).joined(separator: ", ")
      page.paragraph("Nobody recorded an answer: \(names).", indent: 2)
    }
  }

  private func defaults(_ page: inout TextPage) {
    page.heading("Recorded in bulk or by default")
    var items = recorded.bulk.prefix(10).map(words.sentence)
    if recorded.bulk.count > 10 {
      items.append("\(Format.count(recorded.bulk.count - 10)) more; JSON lists them all.")
    }
    for kind in BulkRecord.Kind.allCases {
      if let resolution = recorded.resolution[kind], resolution.records > 0,
        resolution.seconds == nil
      {
        items.append(
          "Times of \(Format.count(resolution.records, "\(kind.rawValue) record")) are cut to the "
            + "hour or the day, so nobody can tell whether they were recorded in bulk."
        )
      }
    }
    for owner in recorded.defaults {
      items.append(
        "\(words.owner(owner.owner)): the reason that the CRM fills in by itself was never changed "
          + "for \(ReboundWords.share(owner.unchanged.count, of: owner.leads)) leads."
      )
    }
    for owner in recorded.meetings where owner.isFlagged {
      items.append(
        "\(words.owner(owner.owner)): all \(Format.count(owner.recorded)) meetings are recorded as "
          + "held, against \(ReboundWords.share(owner.others.held, of: owner.others.recorded)) of "
          + "everybody else's. Outcomes may be filled in by default."
      )
    }
    if items.isEmpty { items = ["Nothing stands out."] }
    page.bullets(items)
  }

  private func ids(_ page: inout TextPage) {
    func list(_ title: String, _ ids: [String]) {
      guard !ids.isEmpty else { return }
      page.heading(title)
      page.paragraph(ids.joined(separator: ", "), indent: 2)
    }
    for row in voice.rows { list(voice.name(of: row.word), words.ids(row.leads)) }
    for factor in voice.factors {
      for marketing in AnswerTable.answers {
        for sales in AnswerTable.answers where marketing != sales {
          list(
            "\(factor.factor.id): marketing \(VoiceWords.answer(marketing)), sales "
              + VoiceWords.answer(sales),
            words.ids(factor.leads(marketing: marketing, sales: sales))
          )
        }
      }
    }
    for record in recorded.bulk {
      list(words.sentence(record), words.ids(record.leads.map { Int32($0) }))
    }
    for owner in recorded.defaults {
      list(
        "Never changed: \(words.owner(owner.owner))",
        words.ids(owner.unchanged.map { Int32($0) })
      )
    }
  }
}
