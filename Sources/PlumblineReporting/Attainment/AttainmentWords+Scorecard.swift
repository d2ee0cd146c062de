import Foundation
import PlumblineCore
import PlumblineStatistics

/// What the teams are paid for, and what other results would pay, in words.
extension AttainmentWords {
  /// A measure that somebody is paid for, in words: `qualified leads`.
  func measure(_ id: String) -> String { id.printable.replacing("_", with: " ") }

  func name(_ team: Stage.Team) -> String { team == .marketing ? "Marketing" : "Sales" }

  /// What a measure counts.
  static func meaning(_ measure: ScorecardMeasure) -> String {
    switch measure {
    case .qualifiedLeads: "leads handed to sales"
    case .acceptedShare: "of those handed over that sales has decided, the share it took"
    case .meetingsBooked: "meetings booked"
    case .meetingsHeld: "meetings held"
    case .wins: "deals won"
    case .wonShare: "share of the period's leads that close"
    case .revenue: "amounts of won deals"
    case .firstTouch: "share of first touches in time"
    case .costPerWin: "media over the wins that the period's leads bring"
    }
  }

  /// A number of a measure: `140`, `6.2 %`, `EUR 2,000`.
  func value(_ value: Double?, _ measure: ScorecardMeasure?) -> String {
    guard let value else { return Format.absent }
    guard value.isFinite else { return "no win" }
    return switch measure?.unit {
    case .share: Format.percent(value)
    case .money: Format.money(value, currency)
    case .count: Format.fixed(value, decimals: value == value.rounded() ? 0 : 1)
    case nil: Format.fixed(value, decimals: value < 10 ? 2 : 0)
    }
  }

  /// A result or a target where the currency stands above it.
  func plainValue(_ value: Double?, _ measure: ScorecardMeasure?) -> String {
    guard let value, value.isFinite, measure?.unit == .money else {
      return self.value(value, measure)
    }
    return amount(Int64(value.rounded()))
  }

  /// What was reached with what the data support: `6.2 % (4.1–9.0 %)*`.
  func reached(_ line: ScorecardLine) -> String {
    guard let result = line.result, let measure = line.measure else {
      return switch line.absence {
      case .unknownMeasure: "unknown measure"
      case .nothingYet: "nothing yet"
      case .notBegun: "not begun"
      default: "not on record"
      }
    }
    let mark = result.isPreliminary ? " *" : ""
    guard let interval = result.interval, measure.unit == .share || measure == .costPerWin else {
      return plainValue(result.value, measure) + mark
    }
    if measure == .costPerWin {
      return "\(plainValue(result.value, measure)) (\(range(interval.lower, interval.upper)))"
        + mark
    }
    return Format.percent(result.value, interval) + mark
  }

  /// What is to be reached; a dash where that is said of periods of another length.
  func target(_ line: ScorecardLine) -> String {
    line.isForPeriod ? plainValue(line.target, line.measure) : Format.absent
  }

  /// Whether the period has begun and is not over.
  var isRunning: Bool { answer.pace.hasBegun && !answer.pace.isOver }

  /// What the payouts are: due, or what would be due if the period ended now.
  var payoutTitle: String { isRunning ? "if it ended now" : "payout" }

  /// What a team's payouts add up to, and what they are at the targets: `12,607 of 12,000`.
  func together(_ team: TeamScorecard) -> String {
    guard let payout = team.payout else { return Format.absent }
    return amount(payout) + (team.payoutAtTarget.map { " of \(amount($0))" } ?? "")
  }

  /// What a team is paid, as the subject of a line of a what-if.
  func paid(_ team: Stage.Team) -> String {
    isRunning ? "\(name(team)), if it ended now" : "\(name(team)) is paid"
  }

  /// What is due: `EUR 800`, with the range while the result may still change.
  func payout(_ line: ScorecardLine) -> String {
    if line.absence == .noTarget { return "no target" }
    guard let payout = line.payout else {
      return line.incentive.payout == nil && line.paidShare != nil ? "no payout" : Format.absent
    }
    guard let range = line.payoutRange, range.lowerBound != range.upperBound else {
      return amount(payout)
    }
    return "\(amount(payout)) (\(amount(range.lowerBound))–\(amount(range.upperBound)))"
  }

  /// What stands out of how the teams are paid, in sentences.
  var scorecardNotes: [String] {
    guard !answer.teams.isEmpty else { return [] }
    var notes = periodNotes
    if let result = answer.scorecard.results[.qualifiedLeads], result.repeats > 0,
      names(.qualifiedLeads)
    {
      let months = Format.count(result.base + result.repeats)
      notes.append(
        "qualified leads: each counts once in the period. "
          + "\(Format.count(result.repeats, "hand-over")) came in a later month for a lead that had "
          + "one before, so single months add up to \(months)."
      )
    }
    if let days = answer.costWithinDays, names(.costPerWin) {
      notes.append(
        "cost per win: media only, over wins within \(Format.days(days)) of coming in, as "
          + AnswerPlace.words(
            "plumbline economics counts",
            onPage: "the economics of Channels count"
          )
          + " them"
          + (names(.wonShare)
            ? "; won share: within \(Format.days(answer.closing.withinDays))." : ".")
      )
    }
    for team in answer.teams where team.outcomeWeight == 0 {
      notes.append(
        "No part of \(name(team.team).lowercased())'s pay hangs on what leads become: it would be "
          + "paid the same if none of them were won."
      )
    }
    let unknown = answer.teams.flatMap(\.lines).filter { $0.absence == .unknownMeasure }
    if !unknown.isEmpty {
      notes.append(
        "Unknown: \(unknown.map(\.incentive.measure.printable).joined(separator: ", ")). Known are "
          + ScorecardMeasure.allCases.map(\.rawValue).joined(separator: ", ") + "."
      )
    }
    if answer.teams.flatMap(\.lines).contains(where: { $0.result?.isPreliminary ?? false }) {
      notes.append(
        "* Leads behind it are still open. Their rest is expected from what leads of that "
          + "age have done; it may change, and the payout with it."
      )
    }
    return notes
  }

  private func names(_ measure: ScorecardMeasure) -> Bool {
    answer.teams.flatMap(\.lines).contains { $0.measure == measure }
  }

  /// What the period says of the payouts, in sentences.
  private var periodNotes: [String] {
    var notes: [String] = []
    if !answer.pace.hasBegun {
      notes.append("\(answer.period) has not begun: nothing was reached, and nothing is due.")
    } else if isRunning {
      notes.append(
        "\(answer.period) is not over: what was reached is so far, and the amounts are what would "
          + "be due if it ended now."
      )
    }
    let lines = answer.teams.flatMap(\.lines)
    for kind in AttainmentPeriod.Kind.allCases {
      let others = lines.filter { !$0.isForPeriod && $0.incentive.period == kind }
      guard !others.isEmpty else { continue }
      var shown: [String] = []
      for line in others where !shown.contains(line.incentive.measure.shown) {
        shown.append(line.incentive.measure.shown)
      }
      let what =
        others.count == lines.count ? "Paid" : "\(shown.joined(separator: ", ")): paid"
      notes.append(
        "\(what) by the \(kind.rawValue): ask for \(AnswerPlace.words("--period", onPage: "the period")) \(periods(of: kind))."
      )
    }
    return notes
  }

  /// The period of a length that holds the answer's, or those in it.
  private func periods(of kind: AttainmentPeriod.Kind) -> String {
    let days = answer.period.days
    let first = AttainmentPeriod(kind, of: days.lowerBound)
    let last = AttainmentPeriod(kind, of: days.upperBound)
    return first == last ? "\(first)" : "\(first) to \(last), one by one"
  }

  // MARK: What if

  /// What a what-if shows, in sentences; the plain ones first.
  func findings(_ whatIf: WhatIfAnswer) -> [String] {
    var all: [String] = []
    func change(_ team: Stage.Team) -> String {
      whatIf.change(of: team).map { signed(Double($0)) } ?? "an unknown amount"
    }
    for finding in whatIf.findings {
      switch finding {
      case .bothPaidForLoss:
        all.append("Both teams are paid more for what costs the company money.")
      case .paidForLoss(let team):
        all.append(
          "\(name(team)) is paid more (\(change(team))) for what costs the company money."
        )
      case .punishedForGain(let team):
        all.append("\(name(team)) loses (\(change(team))) by what the company gains from.")
      case .indifferent(let team):
        all.append("\(name(team))'s pay does not move, though the company's result does.")
      }
    }
    if let value = whatIf.valueChange {
      all.append(
        "The company: \(signed(value)), which is lifetime value x wins less spend; both teams' "
          + "pay together changes by \(signed(Double(whatIf.payoutChange)))."
      )
    } else {
      all.append(
        whatIf.valueBefore.lifetimeValue == nil
          ? "What it is worth to the company cannot be told: agree on economics.gross_margin, and "
            + "have won deals with amounts."
          : "What it is worth to the company cannot be told: too little is known of the leads."
      )
    }
    all.append(
      "Assumed: the same spend unless cost_per_win is named; wins follow won_share and, in "
        + "proportion, qualified_leads; meetings and touches change nothing else."
    )
    return all
  }

  /// An amount with its sign and currency: `EUR +1,200`.
  func signed(_ minorUnits: Double) -> String {
    "\(currency) \(Format.signedAmount(minorUnits, currency))"
  }
}

extension String {
  /// The name of a measure as people read it.
  fileprivate var shown: String { replacing("_", with: " ").printable }
}
