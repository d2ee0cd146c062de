import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The records that an input of the plan of hires was measured from, a hundred a page, and all of
/// them as a file.
enum HiresRecordsPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let (input, folder) = (input(visit), visit.office.desk.workspace.name)
    let place = RecordList.Place(
      page: "/plan/hires/records",
      file: "/plan/hires/records.csv",
      visit.query
    )
    return try await visit.page("Records of an input", .plan) {
      let back = Markup.element(
        "p",
        [:],
        [.element("a", ["href": PlanParts.hires.rawValue], "Reps and cash")]
      )
      let eyebrow = "The records behind an input"
      switch try list(input, of: folder) {
      case .leads(let sections):
        return RecordList(sections: sections, place: place).markup(eyebrow, back: back)
      case .spend(let sections):
        return RecordList.markup(
          eyebrow,
          sections.headline,
          sections.scope,
          back: back,
          [
            place.export, sections.list(place.range(of: sections.count)),
            place.turning(of: sections.count),
          ],
          sections.footer(generatedBy: "plumbline \(Release.number)")
        )
      }
    }
  }

  /// The list as comma-separated values.
  static func file(_ visit: Visit) async throws -> Response {
    let (input, folder) = (input(visit), visit.office.desk.workspace.name)
    return try await visit.file {
      switch try list(input, of: folder) {
      case .leads(let sections): ListFile(input, sections)
      case .spend(let sections): ListFile(input, sections.csv, count: sections.count)
      }
    }
  }

  /// The input that an address names.
  static func input(_ visit: Visit) -> String { visit.query["input"] ?? "" }

  /// The records of an input.
  static func list(_ name: String, of folder: String) throws -> MeasuredSections {
    let measured = try QuestionCall.question(Simulate.self, [], of: folder).records(behind: name)
    return MeasuredSections(
      measured.records,
      behind: measured.input,
      measured.measure,
      of: measured.history,
      measured.leads
    )
  }
}
