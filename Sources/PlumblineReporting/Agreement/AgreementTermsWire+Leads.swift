import PlumblineCore

extension AgreementTermsWire {
  /// Which values of an attribute fit, in JSON.
  struct CriterionWire: Codable, Hashable, Sendable {
    /// What a match can be.
    enum Kind: String, Codable, Hashable, Sendable {
      case range, words, any, missing
    }

    let attribute: String
    let kind: Kind
    @OrNull var least: Double?
    @OrNull var most: Double?
    let words: [String]

    init(_ criterion: AttributeCriterion) {
      attribute = criterion.name
      switch criterion.match {
      case .range(let least, let most):
        (kind, words) = (.range, [])
        _least = OrNull(wrappedValue: least)
        _most = OrNull(wrappedValue: most)
      case .words(let list):
        (kind, words) = (.words, list)
        (_least, _most) = (OrNull(wrappedValue: nil), OrNull(wrappedValue: nil))
      case .present:
        (kind, words) = (.any, [])
        (_least, _most) = (OrNull(wrappedValue: nil), OrNull(wrappedValue: nil))
      case .missing:
        (kind, words) = (.missing, [])
        (_least, _most) = (OrNull(wrappedValue: nil), OrNull(wrappedValue: nil))
      }
    }
  }

  /// A qualifying factor in JSON.
  struct FactorWire: Codable, Hashable, Sendable {
    let id: String
    let meaning: String
    let yes: [String]
    let no: [String]

    init(_ factor: QualifyingFactor) {
      id = factor.id
      meaning = factor.meaning
      yes = factor.yes
      no = factor.no
    }
  }

  /// How leads are scored, in JSON.
  struct ScoreTermsWire: Codable, Hashable, Sendable {
    /// Points for what a lead is.
    struct Fit: Codable, Hashable, Sendable {
      let value: CriterionWire
      let points: Int
    }

    /// Points for what a lead did.
    struct Engagement: Codable, Hashable, Sendable {
      let touch: String
      let points: Int
      @OrNull var most: Int?
    }

    let fit: [Fit]
    let engagement: [Engagement]
    @OrNull var halfLifeDays: Double?
    @OrNull var mqlAt: Int?

    init(_ scoring: LeadScoring) {
      fit = scoring.fit.map { Fit(value: CriterionWire($0.criterion), points: $0.points) }
      engagement = scoring.engagement.map {
        Engagement(touch: $0.touch, points: $0.points, most: $0.most)
      }
      _halfLifeDays = OrNull(wrappedValue: scoring.halfLifeInDays)
      _mqlAt = OrNull(wrappedValue: scoring.threshold)
    }
  }

  /// Something that sales may say, in JSON.
  struct DispositionReasonWire: Codable, Hashable, Sendable {
    let id: String
    let meaning: String
    let outcome: DispositionReason.Outcome
    let also: [String]
    let isDefault: Bool

    init(_ reason: DispositionReason) {
      id = reason.id
      meaning = reason.meaning
      outcome = reason.outcome
      also = reason.aliases
      isDefault = reason.isDefault
    }
  }

  /// A second chance in JSON.
  struct RecycleRuleWire: Codable, Hashable, Sendable {
    let detour: String
    @OrNull var reason: String?
    let afterDays: Int
    let list: String

    init(_ rule: RecycleRule) {
      detour = rule.detour
      _reason = OrNull(wrappedValue: rule.reason)
      afterDays = rule.afterDays
      list = rule.list
    }
  }

  /// Who is left alone, in JSON.
  struct SuppressionWire: Codable, Hashable, Sendable {
    let touchedWithinDays: Int
    let unsubscribed: [String]

    init(_ suppression: RecycleSuppression) {
      touchedWithinDays = suppression.touchedWithinDays
      unsubscribed = suppression.unsubscribed
    }
  }
}
