import ArgumentParser
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// What both sides promised, what is open now, and for a rep who comes first.
enum SLAPages {
  /// How many rows of the queue are shown; a working day has no more.
  private static let mostInQueue = 25
  /// How many are shown to who asks for all.
  private static let mostInWholeQueue = 1000

  static func answer(_ visit: Visit) async throws -> Response {
    let options = SLAPageOptions(visit)
    let person = try visit.person
    let moment = options.moment(visit)
    let place = RecordList.Place(page: "/sla", file: "/sla.csv", visit.query)
    return try await visit.page("Service levels", .sla, hangingOn: moment) {
      let (answer, page) = try options.page()
      if let list = options.list {
        let records = try options.records(list, answer, page)
        return RecordList(sections: records, place: place).markup("The leads behind a number")
      }
      let owner = options.owner
      var parts = [page.header]
      if person.role == .sales, let own = person.owner {
        let all = answer.sla.queue.filter {
          $0.owner == own && answer.sla.saidSince[$0.lead] == nil
        }
        let leads = LeadGroup.leads(of: all)
        let most = options.isWholeQueue ? mostInWholeQueue : mostInQueue
        let context = try answer.context(of: leads.prefix(most).map(\.lead))
        parts.append(
          page.queue(
            leads,
            atMost: most,
            all: options.isWholeQueue ? nil : options.wholeQueue,
            context: context
          )
        )
      }
      parts += [
        options.form(owners: owners(answer.sla)), page.open(of: owner),
        answer.sla.steps.isEmpty ? .none : place.export, page.sections,
        page.footer(generatedBy: "plumbline \(Release.number)"),
      ]
      // What is due moves with the clock.
      let clock = Markup.element("div", ["data-refresh": "60", "hidden": ""], "")
      return .lines(parts + (options.isNow ? [clock] : []))
    }
  }

  /// The leads behind a number, or else every promise that is open, as comma-separated values.
  static func file(_ visit: Visit) async throws -> Response {
    let options = SLAPageOptions(visit)
    return try await visit.file {
      let (answer, page) = try options.page()
      guard let list = options.list else {
        let steps = answer.sla.steps
        let text = SLACSV(answer.sla, under: answer.history.agreement).text
        return ListFile("open-promises", text, count: steps.count)
      }
      return ListFile("leads-\(list)", try options.records(list, answer, page))
    }
  }

  /// Who has something open, under the names that the reader may see.
  private static func owners(_ answer: SLAAnswer) -> [String] {
    Set(answer.steps.map(\.owner).filter { !$0.isEmpty }).sorted()
  }
}

/// What the address of the page asks for.
struct SLAPageOptions: Sendable {
  private let folder: String
  private let reader: Reader
  /// Whose open promises are listed; everybody's when nil.
  let owner: String?
  /// Whether promises are judged as of now, and not of the newest fact.
  let isNow: Bool
  /// The number whose leads are listed, if any, such as `first_touch:breached`.
  let list: String?
  /// Whether a rep asks for all of the own queue.
  let isWholeQueue: Bool
  private let by: SLAOptions.Dimension
  private let weeks: String?
  private let isOwnersChoice: Bool

  init(_ visit: Visit) {
    let query = visit.query
    folder = visit.office.desk.workspace.name
    reader = visit.reader
    isNow = query["now"] == "true"
    list = query["list"].flatMap { $0.isEmpty ? nil : $0 }
    isWholeQueue = query["queue"] == "all"
    by = query["by"].flatMap(SLAOptions.Dimension.init(rawValue:)) ?? .owner
    weeks = query["weeks"].flatMap { Int($0) }.map(String.init)
    // A rep sees the own ones first; an empty choice is everybody's.
    let own = visit.viewer.flatMap { $0.role == .sales ? $0.owner : nil }
    let asked = query["owner"]
    isOwnersChoice = asked != nil
    owner = (asked ?? own).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What the answer hangs on besides the facts: what is due as of now is another answer each minute.
  func moment(_ visit: Visit) -> String {
    isNow ? "\(visit.office.now().seconds / 60)" : ""
  }

  /// The question as the terminal would be asked.
  var arguments: [String] {
    ["--workspace=\(folder)", "--as=\(reader.rawValue)", "--by=\(by.rawValue)"]
      + (weeks.map { ["--weeks=\($0)"] } ?? []) + (isNow ? ["--now"] : [])
  }

  /// Asks.
  ///
  /// - Returns: The answer, and the page that is made of it.
  /// - Throws: What the question throws.
  func page() throws -> (answer: SLA.Answer, page: SLAPage) {
    let answer = try SLA.parse(arguments).answer()
    let page = SLAPage(
      answer.sla,
      under: answer.history.agreement,
      leadAddress: { LeadAddress.page(of: $0) },
      listAddress: { address(list: $0) }
    )
    return (answer, page)
  }

  /// The leads behind a number.
  ///
  /// - Throws: `InputError` when there is no such number.
  func records(
    _ list: String,
    _ answer: SLA.Answer,
    _ page: SLAPage
  ) throws -> RecordSections {
    page.records(behind: try SLA.number(list, in: answer.sla), answer.leads)
  }

  /// Where the leads behind a number are.
  func address(list number: SLANumber) -> String {
    var fields = [("list", number.text)]
    if isNow { fields.append(("now", "true")) }
    if let weeks { fields.append(("weeks", weeks)) }
    return "/sla?" + fields.map { "\($0)=\(LeadAddress.part($1))" }.joined(separator: "&")
  }

  /// Where the whole queue is.
  var wholeQueue: String {
    Address.of(
      "/sla",
      [("queue", "all"), ("now", isNow ? "true" : ""), ("weeks", weeks ?? "")]
        .map { FormFields.Field(name: $0.0, value: $0.1) }
    )
  }

  /// What may be chosen.
  func form(owners: [String]) -> Markup {
    func option(_ value: String, _ title: String, _ isChosen: Bool) -> Markup {
      isChosen
        ? .element("option", ["value": value, "selected": ""], title)
        : .element("option", ["value": value], title)
    }
    func choice(_ name: String, _ title: String, _ options: [Markup]) -> Markup {
      .element(
        "label",
        [:],
        [.text(title), .element("select", ["name": name], [.lines(options)])]
      )
    }
    return .element(
      "form",
      ["class": "row", "method": "get", "action": "/sla"],
      [
        .lines([
          choice(
            "owner",
            "Open promises of",
            [option("", "everybody", owner == nil)]
              + owners.map { option($0, $0, $0 == owner) }
          ),
          choice(
            "by",
            "First touch by",
            SLAOptions.Dimension.allCases.map { option($0.rawValue, $0.rawValue, $0 == by) }
          ),
          choice(
            "now",
            "As of",
            [option("", "the newest fact", !isNow), option("true", "now", isNow)]
          ), .element("button", ["class": "quiet"], "Show"),
        ])
      ]
    )
  }
}
