import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// A survey as whoever has a link sees and answers it, without a name.
///
/// Neither the link nor the address of the machine is written anywhere; the log has the route alone.
enum PulseAnswering {
  /// At most so many characters of free text are taken.
  static let longestText = 1000

  /// The questions, or why there are none.
  static func form(_ visit: Visit) async throws -> Response {
    if visit.query["done"] != nil {
      return said(
        visit,
        "Thank you",
        "Your answers are kept. This link is used up; you can close the page."
      )
    }
    let (_, invitation) = try open(visit)
    guard let survey = try visit.office.desk.workspace.pulseSurvey()?.survey else {
      return closed(visit, "this survey has no questions any more.")
    }
    let today = LocalCalendar.utc.day(of: visit.office.now())
    guard let invitation else { return closed(visit, "this link leads to no survey.") }
    guard invitation.usedOn == nil else {
      return closed(visit, "this link was used already; each can be used once.")
    }
    guard today <= invitation.lastDay else { return closed(visit, "this survey is over.") }
    return page(survey, invitation, visit)
  }

  /// Keeps the answers of a form, once.
  static func answer(_ visit: Visit) async throws -> Response {
    // Before the form is looked at, for anybody may send one.
    let (hash, invitation) = try open(visit)
    guard let invitation else { return closed(visit, "this link leads to no survey.") }
    let form = try await visit.form()
    guard let survey = try visit.office.desk.workspace.pulseSurvey()?.survey else {
      return closed(visit, "this survey has no questions any more.")
    }
    var answers: [(question: String, answer: String)] = []
    for (index, question) in survey.questions.enumerated() {
      let sent = String((form["q\(index)"] ?? "").unicodeScalars.prefix(longestText))
      // Blanks alone, and what does not fit, are no answer.
      guard !sent.allSatisfy(\.isWhitespace), let value = question.value(of: sent) else { continue }
      answers.append((question.id, written(value, question)))
    }
    guard !answers.isEmpty else {
      return page(survey, invitation, visit, notice: "Answer at least one question, please.")
    }
    do {
      try visit.office.signIn.accounts.answer(
        answers,
        by: hash,
        on: LocalCalendar.utc.day(of: visit.office.now())
      )
    } catch let error as InputError
      where error.diagnostics.contains(where: { $0.code.hasPrefix("pulse.link") })
    {
      return closed(visit, error.diagnostics.first?.message ?? "")
    }
    return visit.seeOther("\(visit.request.uri.path)?done=1")
  }

  /// The invitation behind the link of a request.
  private static func open(_ visit: Visit) throws -> (hash: [UInt8], PulseInvitation?) {
    try visit.countStranger()
    let hash = RandomText.hash(try visit.part("token"))
    return (hash, try visit.office.signIn.accounts.invitation(hash))
  }

  /// An answer as files of answers write it.
  private static func written(
    _ value: PulseSurvey.Reply.Value,
    _ question: PulseSurvey.Question
  ) -> String {
    switch (value, question.scale) {
    case (.score(let score), _): String(score)
    case (.choice(let index), .choice(let choices)): choices[index]
    case (.text(let text), _): text
    case (.choice, _): ""
    }
  }

  private static func page(
    _ survey: PulseSurvey,
    _ invitation: PulseInvitation,
    _ visit: Visit,
    notice: String? = nil
  ) -> Response {
    let fields = survey.questions.enumerated().map { PulseField($1, name: "q\($0)").markup }
    let token = Markup.void(
      "input",
      ["type": "hidden", "name": Forms.field, "value": visit.viewer?.formToken ?? ""]
    )
    let content = Markup.lines([
      notice.map { .element("p", ["class": "fault", "role": "alert"], $0) } ?? .none,
      .element("p", [:], "For the team \(invitation.team). It takes two minutes."),
      .element("p", ["class": "notice"], [.text(promise(survey))]),
      .element(
        "form",
        ["class": "pulse", "method": "post"],
        [.lines([token] + fields + [.element("button", [:], "Send my answers")])]
      ),
    ])
    return plain(visit.plainPage("A few questions, without names", content))
  }

  /// What is kept and what is not.
  private static func promise(_ survey: PulseSurvey) -> String {
    "This is anonymous. Kept are your answers, each by itself, with the team and the day; not your "
      + "name, your address, the time or this link. Answers of fewer than "
      + "\(Format.count(survey.smallestGroup)) people are hidden, and shown only once the "
      + "\(survey.period.rawValue) is over. What you write in your own words is shown as you wrote it: "
      + "leave names out. The link works once."
  }

  private static func closed(_ visit: Visit, _ why: String) -> Response {
    let sentence = "\(why.prefix(1).uppercased())\(why.dropFirst())"
    return said(visit, "There is nothing to answer here", sentence, .gone)
  }

  private static func said(
    _ visit: Visit,
    _ title: String,
    _ sentence: String,
    _ status: HTTPResponse.Status = .ok
  ) -> Response {
    plain(visit.plainPage(title, .element("p", [:], sentence), status: status))
  }

  /// A page that nothing between keeps.
  private static func plain(_ response: Response) -> Response {
    var response = response
    response.headers[.cacheControl] = "no-store"
    return response
  }
}
