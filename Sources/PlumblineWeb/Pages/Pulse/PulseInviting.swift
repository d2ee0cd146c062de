import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// Makes links to a survey and shows them once.
enum PulseInviting {
  static func answer(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    let today = LocalCalendar.utc.day(of: visit.office.now())
    guard let (survey, teams, _) = try visit.office.desk.workspace.pulseSurvey() else {
      throw HTTPError(.notFound)
    }
    let (team, count, until) = try read(form, PulseInvitations.teams(teams), today)
    try visit.note(.pulseInvited, detail: "\(Format.count(count, "link")) until \(until)")
    let tokens = (0..<count).map { _ in RandomText.base64URL(RandomText.bytes(16)) }
    try visit.office.signIn.accounts.addInvitations(
      tokens.map(RandomText.hash),
      PulseInvitation(span: survey.period.start(of: until), team: team, lastDay: until)
    )
    let links = tokens.map { "\(visit.serverAddress)/p/\($0)" }
    let content = Markup.lines([
      .element("h1", [:], "\(Format.count(count, "link")) for \(team)"),
      .element(
        "p",
        ["class": "fault"],
        "They are shown this once: copy them now. Give each person one, in no order that you write "
          + "down; who has which is known to nobody here."
      ),
      .element("label", ["for": "links"], "The links, one a line"),
      .element(
        "textarea",
        ["class": "text", "id": "links", "readonly": "readonly"],
        [.verbatim("\n" + links.joined(separator: "\n") + "\n")]
      ),
      count < survey.smallestGroup
        ? .element(
          "p",
          [:],
          "Fewer than \(Format.count(survey.smallestGroup)): unless there are more, what this team "
            + "answers stays hidden."
        ) : .none,
      .element(
        "p",
        [:],
        [.element("a", ["class": "button", "href": "/pulse"], "Back to the pulse")]
      ),
    ])
    var response = try await visit.page(
      PageContent(title: "Links for \(team)", place: .voice, content: content.source)
    )
    response.headers[.cacheControl] = "no-store"
    return response
  }

  private static func read(
    _ form: FormFields,
    _ teams: [String],
    _ today: CivilDate
  ) throws -> (team: String, count: Int, until: CivilDate) {
    var faults: [Diagnostic] = []
    func refuse(_ code: String, _ message: String, _ remedy: String) {
      faults.append(Diagnostic(.error, code: "pulse.\(code)", message, remedy: remedy))
    }
    let team = form["team"].flatMap { teams.contains($0) ? $0 : nil }
    if team == nil {
      refuse("unknown-team", "that is no team of the survey.", "Choose one of the list.")
    }
    let count = form["count"].flatMap(Int.init).flatMap {
      (1...PulseInvitations.most).contains($0) ? $0 : nil
    }
    if count == nil {
      refuse(
        "link-count",
        "so many links cannot be made at once.",
        "Give a whole number from 1 to \(PulseInvitations.most)."
      )
    }
    let until = form["until"].flatMap { CivilDate($0) }.flatMap {
      (today.dayNumber...today.dayNumber + 366).contains($0.dayNumber) ? $0 : nil
    }
    if until == nil {
      refuse(
        "link-until",
        "links cannot be usable until then.",
        "Give a day from today on, within a year."
      )
    }
    guard let team, let count, let until else { throw InputError(faults) }
    return (team, count, until)
  }
}
