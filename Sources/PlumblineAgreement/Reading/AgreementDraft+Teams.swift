import PlumblineCore
import PlumblineYAML

extension AgreementDraft {
  /// What marketing promised; what is nil the agreement does not say.
  struct MarketingSLAEntry {
    var qualifiedLeads: Positioned<MarketingSLA.Volume>?
    var shareInIdealCustomer: Positioned<ExactDecimal>?
    var shareWithFactors: Positioned<ExactDecimal>?
  }

  /// A number to be reached in a period.
  struct GoalEntry {
    var measure: Goal.Measure
    /// Nil for everybody together.
    var owner: Positioned<String>?
    var period: Positioned<String>
    var days: ClosedRange<CivilDate>
    var amount: Positioned<ExactDecimal>
  }

  /// What a team is paid for.
  struct IncentiveEntry {
    var team: Stage.Team
    var measure: Positioned<String>
    var weight: Positioned<ExactDecimal>
    var payout: Positioned<ExactDecimal>?
    var target: Positioned<ExactDecimal>?
    var period: Positioned<AttainmentPeriod.Kind>?
    var paysFrom: Positioned<ExactDecimal>?
    var paysUpTo: Positioned<ExactDecimal>?

    /// What the measure stands for; nil for a word that no answer computes.
    var known: ScorecardMeasure? { ScorecardMeasure(naming: measure.value) }
  }

  /// Something that both teams bring to market.
  struct LaunchEntry {
    var name: Positioned<String>
    var starts: CivilDate
    var ends: Positioned<CivilDate>?
    var campaigns: [String] = []
    var qualifiedLeads: Int?
    var wins: Int?
  }

  /// A term with each team's word.
  struct TermEntry {
    var term: Positioned<String>
    var words: [(reader: PlumblineCore.Reader, word: Positioned<String>)] = []
    var meaning = ""
  }
}
