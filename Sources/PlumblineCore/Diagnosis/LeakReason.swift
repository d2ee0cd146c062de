/// Why a party is neither named nor cleared.
public enum LeakReason: Hashable, Sendable {
  /// Too few leads were won, or lost, for any answer.
  case tooFewOutcomes(wins: Int, losses: Int, minimum: Int)
  /// There are not two channels, or owners, with enough leads to compare.
  case nothingToCompare(kind: LeakUnit.Kind, units: Int, minimumLeads: Int)
  /// Units share no leads with others they could be compared with.
  case notCrossed(units: [LeakUnit])
  /// A unit may be much worse: it has too few leads to rule that out.
  ///
  /// With `needed` leads more, odds twice as low could be told from equal ones; 0 where they can
  /// already be, and the unit lies in between.
  case tooFewLeads(unit: LeakUnit, leads: Int, needed: Int)
  /// Owners may disagree about a channel.
  case ownersMayDisagree(channel: String, effect: LeakUnit.Effect, posterior: Double)
  /// Leads are routed unevenly: owners that look worse may just have got colder leads.
  case unevenRouting(owners: [String])
  /// Owners choose their leads, so their rates do not compare.
  case ownersChoose
  /// Leads are routed by a score that the data do not hold, so owners' rates do not compare.
  case scoreNotRecorded
  /// Whether leads were followed up is not recorded.
  case followUpNotRecorded
  /// The team may be short of its follow-up target.
  case teamMayBeShort(probability: Double, lossShare: Double)
  /// Nobody was followed up as agreed, so what that costs cannot be told.
  case nobodyFollowedUp(leads: Int)
  /// Units are named, but they cost less than a party is answered yes for.
  case smallLoss(lossShare: Double, needed: Double)
  /// Many units may be worse, each too small for a name; together they cost enough.
  case manySmall(kind: LeakUnit.Kind, units: Int, lossShare: Double)
}
