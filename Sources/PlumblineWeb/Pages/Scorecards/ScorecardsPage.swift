import Foundation
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// What both teams are paid for and what came of it; quota, wins and where the period will end.
///
/// Rows of single people are for leadership and for the one they are about: the question leaves out
/// the others, see `AttainmentAnswer.showing(only:_:)`.
enum ScorecardsPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let (query, reader) = (visit.query, visit.reader)
    let folder = visit.office.desk.workspace.name
    let seesChecks = try visit.person.shownOwners == nil
    return try await visit.livePage("Scorecards", .scorecards) { isFragment in
      do {
        let answer = try ask(query, of: folder)
        guard let attainment = answer.attainment else {
          preconditionFailure("the checks are not asked for here")
        }
        let page = Self.page(answer, attainment, reader)
        let checks = page.looked.map { [$0, seesChecks ? checksLink : .none] } ?? []
        return LiveParts(
          head: page.header,
          form: isFragment
            ? .none : form(query, attainment, page, answer.agreement.currency).markup,
          body: [page.ifOtherwise] + page.scorecards + [records(query, attainment)]
            + page.standing + checks + [page.footer]
        )
      } catch let error as InputError where !error.isServerFault {
        return LiveParts(head: LiveParts.fault("Scorecards", error, in: folder))
      }
    }
  }

  /// Asks for the attainment of an address.
  ///
  /// - Parameters:
  ///   - query: The address's fields.
  ///   - folder: The workspace.
  /// - Returns: The answer.
  /// - Throws: `InputError` for what a person must mend, or what the store throws.
  static func ask(_ query: FormFields, of folder: String) throws -> Attainment.Answer {
    var parameters = PlanParts.parameters(["period"], in: query)
    for measure in ScorecardMeasure.allCases {
      let value = query.said(measure.rawValue).filter { !$0.isWhitespace }
      guard !value.isEmpty else { continue }
      let unit = measure.unit == .share && Double(value) != nil ? "%" : ""
      parameters.append(("what-if", "\(measure.rawValue)=\(value)\(unit)"))
    }
    return try QuestionCall.question(Attainment.self, parameters, of: folder).answer()
  }

  static func page(
    _ answer: Attainment.Answer,
    _ attainment: AttainmentAnswer,
    _ reader: Reader
  ) -> AttainmentHTML {
    var agreement = answer.agreement
    agreement.reader = reader
    return AttainmentHTML(
      attainment,
      under: agreement,
      generatedBy: "Plumbline \(Release.number)",
      worthALook: answer.worthALook,
      links: links(attainment.period)
    )
  }

  /// Where numbers open.
  private static func links(_ period: AttainmentPeriod) -> RecordLinks {
    RecordLinks { number in
      switch number {
      case .attainment(let number): address(number, period)
      case .cells(let number, let dimension, let values):
        FunnelChoice(FormFields(encoded: "")).records(number, where: dimension, is: values)
      default: nil
      }
    }
  }

  private static func address(_ number: AttainmentNumber, _ period: AttainmentPeriod) -> String {
    Address.of(
      "/scorecards/records",
      [("number", number.text), ("period", "\(period)")].map {
        FormFields.Field(name: $0.0, value: $0.1)
      }
    )
  }

  private static let checksLink = Markup.element(
    "p",
    [:],
    [.element("a", ["href": "/scorecards/checks"], "Each check in full")]
  )

  // MARK: The form

  private static func form(
    _ query: FormFields,
    _ answer: AttainmentAnswer,
    _ page: AttainmentHTML,
    _ currency: String
  ) -> LiveForm {
    let asked = query.said("period")
    var periods = [
      (value: "", title: asked.isEmpty ? "\(answer.period), the present one" : "the present one")
    ]
    periods += answer.writtenPeriods.map { ("\($0)", "\($0)") }
    let paid = Set(answer.teams.flatMap(\.lines).compactMap(\.measure))
    return LiveForm(
      action: "/scorecards",
      title: "Which period, and what if",
      fields: [
        LiveForm.Field(name: "period", label: "Period", kind: .choice(periods), value: asked)
      ]
        + ScorecardMeasure.allCases.filter(paid.contains).map { measure in
          LiveForm.Field(
            name: measure.rawValue,
            label: label(measure),
            kind: .number(slider(measure, answer, currency)),
            value: query.said(measure.rawValue),
            usual: page.reached(measure) ?? "nothing known yet",
            note: base(measure, answer)
          )
        }
    )
  }

  private static func label(_ measure: ScorecardMeasure) -> String {
    "What if: \(measure.rawValue.replacing("_", with: " "))"
      + (measure.unit == .share ? ", %" : "")
  }

  private static func base(_ measure: ScorecardMeasure, _ answer: AttainmentAnswer) -> String {
    guard let result = answer.scorecard.results[measure], measure.unit != .count else { return "" }
    let what = measure == .revenue ? "deal" : "lead"
    return "from \(Format.count(result.base, what))"
  }

  private static func slider(
    _ measure: ScorecardMeasure,
    _ answer: AttainmentAnswer,
    _ currency: String
  ) -> LiveForm.Slider? {
    guard let value = answer.scorecard.results[measure]?.value else { return nil }
    switch measure.unit {
    case .count: return .around(value)
    case .money: return .around(value / Double(Currency.minorUnits(of: currency)))
    case .share:
      return LiveForm.Slider.around(value * 100).map {
        LiveForm.Slider(lowest: 0, highest: min(100, $0.highest), step: $0.step, usual: $0.usual)
      }
    }
  }

  /// The ways to the records behind each measure.
  private static func records(_ query: FormFields, _ answer: AttainmentAnswer) -> Markup {
    let measures = ScorecardMeasure.allCases.filter {
      !(answer.scorecard.results[$0]?.ids.isEmpty ?? true)
    }
    guard !measures.isEmpty else { return .none }
    let links = measures.map { measure in
      func way(_ number: AttainmentNumber, _ words: String) -> Markup {
        let count = answer.count(behind: number)
        return .element(
          "a",
          ["href": address(number, answer.period)],
          "\(Format.count(count, "record"))\(words)"
        )
      }
      let isShare = !(answer.scorecard.results[measure]?.others.isEmpty ?? true)
      return Markup.element(
        "li",
        [:],
        [
          .text("\(measure.rawValue.replacing("_", with: " ")): "),
          way(.met(measure), isShare ? " that met it" : ""),
        ] + (isShare ? [.text(" of "), way(.base(measure), "")] : [])
      )
    }
    return .element(
      "details",
      [:],
      [.element("summary", [:], "The records behind these numbers"), .element("ul", [:], links)]
    )
  }
}
