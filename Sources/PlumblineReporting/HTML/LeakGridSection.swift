public import PlumblineCore
import PlumblineStatistics

/// Every channel with every rep: how far each stands from the others.
public struct LeakGridSection: Sendable {
  private let diagnosis: Diagnosis
  private let words: DiagnosisWords
  private let links: RecordLinks

  /// A grid to be made.
  ///
  /// - Parameters:
  ///   - diagnosis: The diagnosis.
  ///   - agreement: The agreement under which it was made.
  ///   - links: Where numbers open to the records behind them.
  public init(
    _ diagnosis: Diagnosis,
    under agreement: Agreement,
    links: RecordLinks = .none
  ) {
    self.diagnosis = diagnosis
    self.links = links
    words = DiagnosisWords(diagnosis, agreement)
  }

  /// The section; nothing where no leads were handed to sales.
  public var markup: Markup {
    let grid = diagnosis.verdict.grid
    guard !grid.pairs.isEmpty else { return .none }
    let days = Format.days(words.model.withinDays)
    let marks = GridMarks(diagnosis.verdict)
    return HTMLPage.section(
      "grid",
      "Every channel with every rep",
      [
        GridPicture(
          id: "channel-rep-grid",
          title: "Won within \(days) of the hand-off, after allowing for few leads",
          measure: .points(around: rate),
          confidence: 0.95,
          channels: zip(grid.channels, grid.channelLeads).map { name, leads in
            unit(name, LeakUnit(.channel, .direct, channel: name), leads, marks)
          },
          owners: zip(grid.owners, grid.ownerLeads).map { name, leads in
            unit(name, LeakUnit(.owner, .direct, owner: name), leads, marks)
          },
          cells: grid.pairs.map { pair in
            let names = (grid.channels[pair.channel], grid.owners[pair.owner])
            let unit = LeakUnit(.pair, .direct, channel: names.0, owner: names.1)
            return GridPicture.Cell(
              channel: pair.channel,
              owner: pair.owner,
              effect: GridPicture.Effect(
                value: points(pair.logOdds),
                leads: pair.leads,
                mark: marks.mark(unit, leads: pair.leads),
                unit: unit.id
              )
            )
          },
          links: links
        ).markup,
        .element(
          "p",
          ["class": "note"],
          "Points of the share won, around \(Format.percent(rate)) of "
            + "\(Format.count(diagnosis.verdict.leads)) leads. First row and first column: a channel "
            + "or rep against the mean of the others, with its 95 % interval. Inside: a channel and a "
            + "rep together against the average lead, by the model's mean alone."
        ),
        links.ways([
          (
            "the \(Format.count(diagnosis.verdict.leads, "lead")) behind the grid",
            .unit(JudgedGroup.everybody.id)
          )
        ]),
      ]
    )
  }

  private var rate: Double {
    Double(diagnosis.verdict.wins) / Double(max(1, diagnosis.verdict.leads))
  }

  /// A shift in log-odds as a difference of shares around the rate of all leads.
  private func points(_ logOdds: Double) -> Double {
    SpecialFunctions.shifted(rate, byLogOdds: logOdds) - rate
  }

  private func unit(
    _ name: String,
    _ unit: LeakUnit,
    _ leads: Int,
    _ marks: GridMarks
  ) -> GridPicture.Unit {
    let contrast = diagnosis.verdict.evidence(of: unit)?.contrast
    return GridPicture.Unit(
      name: name,
      effect: GridPicture.Effect(
        value: contrast.map { points($0.mean) },
        lower: contrast.map { points($0.interval95.lower) },
        upper: contrast.map { points($0.interval95.upper) },
        leads: leads,
        mark: marks.mark(unit, leads: leads),
        unit: unit.id
      )
    )
  }
}

/// What became of every unit, for looking up thousands of them.
private struct GridMarks {
  private var marks: [LeakUnit: GridPicture.Mark] = [:]
  private let minimumLeads: Int

  init(_ verdict: LeakVerdict) {
    minimumLeads = verdict.thresholds.minimumUnitLeads
    for evidence in verdict.evidence { marks[evidence.unit] = evidence.isNamed ? .named : .judged }
    for withheld in verdict.parties.flatMap(\.withheld) { marks[withheld.unit] = .withheld }
  }

  /// A unit with enough leads that was not judged had nothing to be compared with.
  func mark(_ unit: LeakUnit, leads: Int) -> GridPicture.Mark {
    marks[unit] ?? (leads < minimumLeads ? .tooFew : .judged)
  }
}
