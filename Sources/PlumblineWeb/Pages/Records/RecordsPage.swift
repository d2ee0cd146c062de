import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The leads behind a number, a hundred a page, and all of them as a file.
enum RecordsPage {
  /// How many leads a page lists.
  static let most = 100

  static func answer(_ visit: Visit) async throws -> Response {
    let asked = Asked(visit)
    let page = max(1, visit.query["page"].flatMap { Int($0) } ?? 1)
    return try await visit.page("Leads", nil) { try asked.page(page) }
  }

  /// The list as comma-separated values.
  static func file(_ visit: Visit) async throws -> Response {
    let asked = Asked(visit)
    let person = try visit.person
    let (file, _) = try await visit.office.desk.ask(for: person) { try asked.file() }
    // Without the list's name: it may be that of a rep.
    try visit.note(.exported, detail: Format.count(file.count, "lead"))
    var response = Response(
      status: .ok,
      headers: [.contentType: "text/csv; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: file.text))
    )
    response.headers[.contentDisposition] = "attachment; filename=\"\(file.name).csv\""
    return response
  }

  /// A file to be sent.
  struct File: Sendable {
    /// Its name without its ending: letters, digits and hyphens.
    var name: String
    var text: String
    /// How many leads are in it.
    var count: Int
  }

  /// What the page is asked.
  private struct Asked: Sendable {
    let choice: FunnelChoice
    let number: String
    let unit: String
    let folder: String
    let reader: Reader
    /// The fields of the address, for the ways to other pages of the list.
    let fields: [FormFields.Field]

    init(_ visit: Visit) {
      choice = FunnelChoice(visit.query)
      number = visit.query["number"] ?? ""
      unit = visit.query["unit"] ?? ""
      folder = visit.office.desk.workspace.name
      reader = visit.reader
      fields = visit.query.fields.filter { !["page", "as"].contains($0.name) }
    }

    private func list() throws -> (sections: RecordSections, count: Int) {
      guard unit.isEmpty else { return try judged() }
      let asked = try QuestionCall.question(
        Funnel.self,
        choice.parameters(as: reader),
        of: folder
      )
      let ids = try asked.leadIDs(behind: number)
      let answer = try asked.answer()
      let sections = RecordSections(
        ids,
        behind: number,
        of: answer.funnel,
        under: answer.history.agreement
      )
      return (sections, ids.count)
    }

    /// The leads behind a channel, rep or pair that the verdict judged.
    private func judged() throws -> (sections: RecordSections, count: Int) {
      let asked = try QuestionCall.question(
        Diagnose.self,
        choice.parameters(whatIf: false, as: reader),
        of: folder
      )
      let answer = try asked.answer()
      let leads = try asked.leads(behind: unit, in: answer)
      let sections = RecordSections(
        leads.map {
          RecordSections.Entry(id: $0.id, outcome: $0.outcome, followUp: $0.followUp)
        },
        judgedAs: unit,
        in: answer.diagnosis,
        under: answer.history.agreement
      )
      return (sections, leads.count)
    }

    func page(_ wanted: Int) throws -> Markup {
      let (sections, count) = try list()
      let pages = max(1, (count + most - 1) / most)
      let page = min(wanted, pages)
      let first = (page - 1) * most
      return .lines([
        .element(
          "header",
          [:],
          [
            .lines([
              .element("p", ["class": "eyebrow"], "The leads behind a number"),
              .element("h1", [:], sections.headline),
              .element("p", ["class": "scope"], sections.scope),
            ])
          ]
        ),
        .element(
          "div",
          [:],
          [
            .lines([
              .element(
                "p",
                ["class": "next"],
                [
                  .element(
                    "a",
                    ["class": "button quiet", "href": Address.of("/records.csv", fields)],
                    "Export as CSV"
                  )
                ]
              ),
              sections.list(first..<min(count, first + most), Address.lead),
              turning(page, of: pages, first: first, count: count),
            ])
          ]
        ),
        sections.footer(generatedBy: "plumbline \(Release.number)"),
      ])
    }

    private func turning(_ page: Int, of pages: Int, first: Int, count: Int) -> Markup {
      guard pages > 1 else { return .none }
      func way(_ title: String, _ page: Int, _ relation: String) -> Markup {
        let address = Address.of(
          "/records",
          fields + [FormFields.Field(name: "page", value: String(page))]
        )
        return .element("a", ["class": "button quiet", "rel": relation, "href": address], title)
      }
      let last = Format.count(min(count, first + most))
      return .element(
        "nav",
        ["class": "next", "aria-label": "Pages of the list"],
        [
          page > 1 ? way("Before", page - 1, "prev") : .none,
          .element(
            "span",
            [:],
            " \(Format.count(first + 1)) to \(last) of \(Format.count(count)) "
          ),
          page < pages ? way("Next", page + 1, "next") : .none,
        ]
      )
    }

    func file() throws -> File {
      let (sections, count) = try list()
      let words = unit.isEmpty ? number : unit
      let plain = words.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
      return File(
        name: "leads-" + String(plain.prefix(60)),
        text: sections.csv,
        count: count
      )
    }
  }
}
