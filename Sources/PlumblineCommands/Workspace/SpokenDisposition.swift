import Crypto
import PlumblineConnectors
public import PlumblineCore
import PlumblineStorage

/// What somebody of sales says of one lead, outside a file.
///
/// It becomes the same facts as a row of `plumbline disposition import`: the disposition, and its
/// note as a word of sales about the lead.
public struct SpokenDisposition: Sendable {
  /// The most characters of a note.
  public static let longestNote = 1_000
  /// What stands for the file's name where nothing was read from a file.
  static let fileName = "said in Plumbline"
  /// Saying the same again within so many seconds is one saying: a form that was sent twice.
  static let secondsOfOneSaying: Int64 = 60

  /// The lead's id, or another id that leads to it.
  public var lead: String
  /// One of the agreement's reasons.
  public var reason: String
  /// Who says it: the owner that they are in the CRM, or else the name of their account.
  public var owner: String
  /// What else there is to say; may be empty.
  public var note: String
  /// When it is said.
  public var time: Instant

  /// What is said of a lead.
  ///
  /// - Parameters:
  ///   - reason: One of the agreement's reasons.
  ///   - lead: The lead's id, or another id that leads to it.
  ///   - owner: Who says it.
  ///   - note: What else there is to say.
  ///   - time: When it is said.
  public init(_ reason: String, of lead: String, by owner: String, note: String, at time: Instant) {
    self.lead = lead
    self.reason = reason
    self.owner = owner
    // A note may have several lines; what steers a terminal has no place in it.
    var scalars = String.UnicodeScalarView()
    for scalar in note.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      if scalar != "\r" { scalars.append(isControl && scalar != "\n" ? " " : scalar) }
    }
    self.note = String(scalars).trimmed
    self.time = time
  }

  /// Stores it, whole or not at all.
  ///
  /// - Parameter workspace: The workspace.
  /// - Returns: Whether it is new; false for what the same owner said of the lead within a minute.
  /// - Throws: `InputError` with code `disposition.unknown-reason`, `disposition.long-note`,
  ///   `disposition.nobody` or `show.unknown-lead`, with all that is wrong; or what the store throws.
  /// - Complexity: O(texts of the store).
  public func store(in workspace: Workspace) throws -> Bool {
    let agreement = try workspace.agreement()
    let store = try workspace.store()
    let texts = try store.texts(Set(TextDomain.allCases), isIndexed: true)
    let faults = faults(agreement, texts[.lead])
    guard faults.isEmpty else { throw InputError(faults) }
    let imports = try store.imports()
    let batch = batch(texts)
    var selection = FactSelection()
    for kind in FactKind.allCases { selection.add(batch[kind]) }
    var ledger = try Ledger(
      reading: store,
      selecting: try selection.closed(in: store),
      texts: texts
    )
    guard !isRepeated(batch[.disposition], in: ledger[.disposition]) else { return false }
    var record = record(agreement)
    let (news, novelty) = ledger.addNews(of: batch, record)
    record.changedKinds = FactKind.allCases.filter { (novelty[$0]?.changed ?? 0) > 0 }
    _ = try store.append(after: imports.last?.sequence ?? 0) { store in
      for kind in FactKind.allCases where news[kind].rowCount > 0 { try store(news[kind]) }
      return (record, news.texts)
    }
    return true
  }

  private func faults(_ agreement: Agreement, _ leads: TextDictionary) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    func find(_ code: String, _ message: String, _ remedy: String) {
      faults.append(Diagnostic(.error, code: code, message, remedy: remedy))
    }
    let reasons = agreement.dispositions.map(\.id)
    if !reasons.contains(reason) {
      find(
        "disposition.unknown-reason",
        reason.isEmpty
          ? "no reason was chosen." : "\"\(reason.prefix(60))\" is no reason of the agreement.",
        "Choose one of: \(reasons.joined(separator: ", "))."
      )
    }
    if note.count > Self.longestNote {
      find(
        "disposition.long-note",
        "the note has \(note.count) characters.",
        "Write at most \(Self.longestNote)."
      )
    }
    if owner.isEmpty {
      find("disposition.nobody", "nobody says it.", "Sign in with an account that has a name.")
    }
    if leads.code(of: lead) ?? TextDictionary.missing == TextDictionary.missing {
      find(
        "show.unknown-lead",
        "there is no lead with the id \"\(lead.prefix(60))\".",
        "Open the lead from a list, and say it there."
      )
    }
    return faults
  }

  /// The facts, with texts that continue those of the store.
  private func batch(_ texts: TextDictionaries) -> FactBatch {
    var batch = FactBatch()
    batch.texts = texts
    let at = TimePoint(time).rawValue
    func code(_ domain: TextDomain, _ text: String) -> Int64 {
      Int64(batch.texts[domain].intern(text))
    }
    let said = [
      "lead": code(.lead, lead), "at": at, "reason": code(.other, reason),
      "owner": code(.owner, owner),
    ]
    let noted =
      note.isEmpty
      ? nil
      : [
        "lead": code(.lead, lead), "at": at, "name": code(.other, DispositionFile.noteName),
        "by": code(.other, Stage.Team.sales.rawValue), "value": code(.other, note),
      ]
    for (kind, values) in [(FactKind.disposition, said), (.attribute, noted)] {
      guard let values else { continue }
      let row = kind.schema.columns.map { values[$0.name] ?? $0.missingValue }
      batch[kind].append(row, file: 0, line: 1)
    }
    return batch
  }

  private func record(_ agreement: Agreement) -> ImportRecord {
    let text = [lead, reason, owner, note, String(time.seconds)].map { "\($0.utf8.count):\($0)" }
      .joined()
    let hash = SHA256.hash(data: Array(text.utf8)).hexadecimal
    return ImportRecord(
      source: "dispositions",
      seenAt: time.seconds,
      mappingHash: Self.fileName,
      zoneName: agreement.calendar.zoneName,
      files: [
        ImportedFile(name: Self.fileName, contentHash: hash, byteCount: text.utf8.count)
      ]
    )
  }

  /// Whether the same was said a moment ago.
  private func isRepeated(_ said: FactTable, in known: FactTable) -> Bool {
    let (leads, reasons, owners) = (known["lead"], known["reason"], known["owner"])
    let times = known["at"].map { TimePoint(rawValue: $0) }
    return (0..<known.rowCount).contains { row in
      leads[row] == said["lead"][0] && reasons[row] == said["reason"][0]
        && owners[row] == said["owner"][0] && times[row].isDated
        && abs(times[row].instant.seconds - time.seconds) < Self.secondsOfOneSaying
    }
  }
}

extension String {
  /// The text without blanks and line breaks at its ends.
  fileprivate var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
