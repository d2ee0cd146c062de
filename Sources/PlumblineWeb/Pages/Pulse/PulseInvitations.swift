import PlumblineCore
import PlumblineReporting

/// How many links were made and used, and the form that makes more.
struct PulseInvitations {
  /// At most so many links are made at once.
  static let most = 200

  private let survey: PulseSurvey
  private let teams: [String]
  private let counts: [(span: CivilDate, team: String, sent: Int, used: Int)]
  private let today: CivilDate

  init(
    _ survey: PulseSurvey,
    teams: [String],
    counts: [(span: CivilDate, team: String, sent: Int, used: Int)],
    today: CivilDate
  ) {
    self.survey = survey
    self.teams = Self.teams(teams)
    self.counts = counts
    self.today = today
  }

  /// The teams that can be invited.
  static func teams(_ named: [String]) -> [String] {
    named.isEmpty ? Stage.Team.allCases.map(\.rawValue) : named
  }

  /// The last day of links unless another is chosen: that of the present span, or of the next one
  /// where there is less than a week left.
  static func usualLastDay(_ survey: PulseSurvey, _ today: CivilDate) -> CivilDate {
    let end = survey.period.end(ofSpanFrom: survey.period.start(of: today))
    let isNear = end.dayNumber - today.dayNumber < 7
    let behind = isNear ? survey.period.end(ofSpanFrom: end) : end
    return CivilDate(dayNumber: behind.dayNumber - 1)
  }

  /// The counts, and the form for those who may invite.
  func markup(mayInvite: Bool) -> Markup {
    .element(
      "section",
      [:],
      [
        .lines([
          .element("h2", [:], "Invitations"),
          .element(
            "p",
            [:],
            "Each link lets one person of a team answer once. Nothing ties a link to a person or to an "
              + "answer. Groups under \(Format.count(survey.smallestGroup)) stay hidden: a team with "
              + "fewer people shows nothing by itself."
          ), table, mayInvite ? form : .none,
        ])
      ]
    )
  }

  private var table: Markup {
    guard !counts.isEmpty else { return .element("p", [:], "No links were made yet.") }
    var table = MarkupTable(
      "invitations",
      caption: "Links by \(survey.period.rawValue) and team, the newest first",
      [.text("From"), .text("Team"), .number("Links"), .number("Used")]
    )
    for row in counts.reversed() {
      table.add([
        "\(row.span)", row.team, Format.count(row.sent),
        "\(Format.count(row.used)) of \(Format.count(row.sent))",
      ])
    }
    return table.markup
  }

  private var form: Markup {
    .element(
      "form",
      ["class": "row", "method": "post", "action": "/pulse/invitations"],
      [
        Forms.token,
        .element(
          "label",
          [:],
          [
            .text("Team"),
            .element(
              "select",
              ["name": "team"],
              teams.map { .element("option", ["value": $0], $0) }
            ),
          ]
        ),
        .element(
          "label",
          [:],
          [
            .text("How many links"),
            .void(
              "input",
              [
                "type": "number", "name": "count", "min": "1", "max": "\(Self.most)",
                "value": "\(PulseSurvey.leastGroup)", "required": "required",
              ]
            ),
          ]
        ),
        .element(
          "label",
          [:],
          [
            .text("Usable until"),
            .void(
              "input",
              [
                "type": "date", "name": "until", "required": "required",
                "value": "\(Self.usualLastDay(survey, today))",
              ]
            ),
          ]
        ),
        .element("button", [:], "Make links"),
      ]
    )
  }
}
