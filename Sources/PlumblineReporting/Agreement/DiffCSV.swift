public import PlumblineCore

/// The leads that two definitions count differently as CSV: one line for each stage of each pass
/// that differs, safe in a spreadsheet.
public struct DiffCSV: Sendable {
  private let diff: DefinitionDiff

  /// Two definitions to be written.
  public init(_ diff: DefinitionDiff) { self.diff = diff }

  private static let columns = [
    "lead", "attempt", "class_before", "exit_before", "class_after", "exit_after", "stage",
    "change",
    "time_before", "time_after", "as_of", "version_before", "hash_before", "version_after",
    "hash_after",
  ]

  /// The text; lines end as RFC 4180 wants them.
  public var text: String {
    let tail = [
      Format.iso8601(diff.asOf, diff.after.calendar), diff.before.version, diff.before.hash,
      diff.after.version, diff.after.hash,
    ]
    var lines = [DelimitedRow.line(Self.columns)]
    for pass in diff.passes {
      let head = [
        pass.id, String(pass.attempt), pass.before?.stage ?? "", pass.before?.exit ?? "",
        pass.after?.stage ?? "", pass.after?.exit ?? "",
      ]
      if pass.stages.isEmpty {
        lines.append(DelimitedRow.line(head + ["", "", "", ""] + tail))
      }
      for stage in pass.stages {
        lines.append(
          DelimitedRow.line(
            head + [
              stage.stage, stage.kind.rawValue, time(stage.before, diff.before.calendar),
              time(stage.after, diff.after.calendar),
            ] + tail
          )
        )
      }
    }
    return lines.joined()
  }

  /// A time as exactly as it is known; `undated` where a stage was reached, nobody knows when.
  private func time(_ time: TimePoint, _ calendar: LocalCalendar) -> String {
    guard time.isPresent else { return "" }
    guard time.isDated else { return "undated" }
    return time.precision == .day
      ? calendar.day(of: time.instant).description : Format.iso8601(time.instant, calendar)
  }
}
