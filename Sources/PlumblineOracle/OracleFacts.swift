import PlumblineCore

/// Turns the leads and events of reference cases into facts of the Core.
///
/// Days are counted from 1970-01-01T00:00:00Z, fractions are times of that day, exact to the
/// second.
struct OracleFacts {
  /// One event of a lead.
  struct Event {
    enum Kind: String { case stage, exit, reopen }

    let day: Double
    let kind: Kind
    /// The stage's id; nil where the event names none.
    let stage: String?
  }

  /// What is known of a lead besides its events.
  struct Attributes {
    var channel = ""
    var segment = ""
    var owner = ""
    var score: Int?
  }

  private var batch = FactBatch()
  private var line: UInt32 = 1

  /// The instant of a day; days further than a million years away are brought that near.
  static func instant(ofDay day: Double) -> Instant {
    let bounded = day.isFinite ? min(max(day, -366e6), 366e6) : 0
    return Instant(seconds: Int64((bounded * 86_400).rounded()))
  }

  /// Adds a lead, which comes into being with its first event that is not an exit.
  ///
  /// The word of an exit is `lost`. A return that names a stage is the return and the stage; the
  /// stage follows a second later where the lead left at the same instant, because within one
  /// instant stages come before exits.
  mutating func add(_ id: String, _ attributes: Attributes = .init(), events: [Event]) {
    let created = events.filter { $0.kind != .exit }.map(\.day).min()
    add(
      .lead,
      texts: [
        "id": id, "channel": attributes.channel, "segment": attributes.segment,
        "owner": attributes.owner,
      ],
      times: created.map { ["created": Self.instant(ofDay: $0)] } ?? [:],
      numbers: attributes.score.map { ["score": Int64($0)] } ?? [:]
    )
    let exits = Set(events.filter { $0.kind == .exit }.map { Self.instant(ofDay: $0.day) })
    for event in events {
      let instant = Self.instant(ofDay: event.day)
      switch event.kind {
      case .stage: addEvent(id, event.stage ?? "", instant)
      case .exit: addEvent(id, "lost", instant)
      case .reopen:
        addEvent(id, "reopened", instant)
        if let stage = event.stage {
          addEvent(id, stage, exits.contains(instant) ? instant.advanced(bySeconds: 1) : instant)
        }
      }
    }
  }

  private mutating func addEvent(_ lead: String, _ word: String, _ instant: Instant) {
    add(.stageEvent, texts: ["lead": lead, "stage": word], times: ["at": instant], numbers: [:])
  }

  private mutating func add(
    _ kind: FactKind,
    texts: [String: String],
    times: [String: Instant],
    numbers: [String: Int64]
  ) {
    let values = kind.schema.columns.map { column -> Int64 in
      switch column.content {
      case .text(let domain):
        Int64(batch.texts[domain].intern(texts[column.name] ?? ""))
      case .time: (times[column.name].map { TimePoint($0) } ?? .missing).rawValue
      case .number: numbers[column.name] ?? FactColumn.noNumber
      }
    }
    line += 1
    batch[kind].append(values, file: 0, line: line)
  }

  /// All facts so far, as one import.
  var ledger: Ledger {
    var ledger = Ledger()
    let file = ImportedFile(name: "case", contentHash: "", byteCount: 0)
    ledger.add(
      batch,
      of: ImportRecord(source: "case", seenAt: 0, mappingHash: "", files: [file])
    )
    return ledger
  }

  /// What the facts say under the default agreement, up to a day.
  func history(asOfDay day: Double) -> CompanyHistory {
    CompanyHistory(ledger, under: Agreement(), asOf: Self.instant(ofDay: day))
  }
}
