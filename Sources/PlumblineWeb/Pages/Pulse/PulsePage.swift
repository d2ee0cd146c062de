import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// What the teams answer to the same few questions, and the links by which they are asked.
enum PulsePage {
  static func answer(_ visit: Visit) async throws -> Response {
    let person = try visit.person
    let (workspace, now) = (visit.office.desk.workspace, visit.office.now())
    let accounts = visit.office.signIn.accounts
    // Not kept: answers come without a new fact.
    let (markup, remarks) = try await visit.office.desk.ask(for: person) {
      guard let (survey, teams, _) = try workspace.pulseSurvey() else {
        return noSurvey(isAdmin: person.role == .admin)
      }
      let today = LocalCalendar.utc.day(of: now)
      let invitations = PulseInvitations(
        survey,
        teams: teams,
        counts: try accounts.invitationCounts(),
        today: today
      )
      let mayInvite = Access.inviters.refusal(of: person) == nil
      guard Access.listeners.refusal(of: person) == nil else {
        return .lines([
          .element("p", ["class": "eyebrow"], "Pulse"),
          .element("h1", [:], "Invite the teams to the survey."),
          .element("p", [:], "What they answer is for marketing, sales and leadership to see."),
          invitations.markup(mayInvite: mayInvite),
        ])
      }
      let question = try QuestionCall.question(
        PulseReport.self,
        [("as-of", "\(today)")],
        of: workspace.name
      )
      let sections = PulseSections(try question.answer())
      return .lines([
        .element("p", ["class": "eyebrow"], "Pulse"),
        .element("h1", [:], sections.headline), sections.markup,
        invitations.markup(mayInvite: mayInvite),
      ])
    }
    return try await visit.page(
      PageContent(title: "Pulse", place: .voice, content: markup.source, notices: remarks)
    )
  }

  /// What to do where nobody has written questions.
  ///
  /// - Parameter isAdmin: Whether it is said to somebody who looks after the installation.
  /// - Returns: The part.
  private static func noSurvey(isAdmin: Bool) -> Markup {
    let place =
      isAdmin
      ? "They are kept beside the data, in the file pulse.yaml of the workspace:"
      : "Agree on them with the other team and give them to whoever looks after the installation. "
        + "They are written like this:"
    return .lines([
      .element("p", ["class": "eyebrow"], "Pulse"),
      .element("h1", [:], "Nobody is asked anything yet."),
      .element(
        "p",
        [:],
        "A pulse asks both teams the same few questions again and again, without names. \(place)"
      ), .element("pre", [:], [.verbatim(example)]),
    ])
  }

  private static let example = """
    pulse: 1
    period: month
    teams: [marketing, sales]
    questions:
      - {id: worth, text: "The leads that reach sales are worth the time.", scale: 1-5}
      - {id: missing, text: "What do you miss most?", choices: [budget, timing, context]}
      - {id: change, text: "What should change?", type: text}

    """
}
