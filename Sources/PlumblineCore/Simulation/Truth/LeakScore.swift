#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How answers about one simulated company compare with what was planted in it.
public struct LeakScore: Hashable, Sendable {
  /// Whether every guilty party, and nobody else, is answered yes; in a healthy company, whether
  /// every party is answered no.
  public let isRight: Bool
  /// Whether a party without a fault is answered yes.
  public let isWronglyNamed: Bool
  /// Whether that is so, but all of the units named for it truly are as bad as a name asks, by
  /// the chance that makes channels and owners differ.
  public let isChanceNamed: Bool
  /// Whether a guilty party is answered no.
  public let isGuiltyCleared: Bool
  /// Whether marketing is rightly answered yes.
  public let isMarketingFound: Bool
  /// Whether it then is the right channel, and no other, whose leads are named.
  public let isChannelFound: Bool
  /// Where owners are rightly blamed: how many owners are named, how many of them are guilty,
  /// and how many are guilty.
  public let owners: Owners

  /// Owners named for sales where sales is guilty of some owners' fault and answered yes.
  public struct Owners: Hashable, Sendable {
    /// Owners who are named.
    public var named = 0
    /// Owners who are named and guilty.
    public var rightlyNamed = 0
    /// Owners who are guilty.
    public var guilty = 0
  }

  /// The score of some answers.
  ///
  /// - Parameters:
  ///   - answers: The answer of each party; a party without one counts as undetermined.
  ///   - named: The units that are named.
  ///   - company: What the answers are about.
  ///   - namedOdds: From how many times lower odds on a unit deserves its name.
  public init(
    answers: [Party: LeakAnswer],
    named: [LeakUnit],
    company: PlantedCompany,
    namedOdds: Double = LeakThresholds().namedOdds
  ) {
    let guilty = company.plan.guiltyParties
    let blamed = Set(answers.filter { $0.value == .yes }.keys)
    let wrong = blamed.subtracting(guilty)
    isWronglyNamed = !wrong.isEmpty
    isChanceNamed =
      isWronglyNamed
      && named.allSatisfy {
        !wrong.contains($0.party) || company.trueContrast(of: $0) <= -log(namedOdds)
      }
    isRight =
      guilty.isEmpty
      ? [Party.marketing, .sales, .handOff].allSatisfy { answers[$0] == .no }
      : blamed == guilty
    isGuiltyCleared = guilty.contains { answers[$0] == .no }

    let marked = company.cells.channels[company.markedChannel]
    isMarketingFound = guilty.contains(.marketing) && blamed.contains(.marketing)
    isChannelFound =
      isMarketingFound
      && Set(named.filter { $0.party == .marketing }.map(\.channel)) == [marked]

    let faults = company.plan.faults
    guard blamed.contains(.sales), faults.contains(.skill) || faults.contains(.discipline) else {
      owners = Owners()
      return
    }
    let markedOwners = Set(company.markedOwners.map { company.cells.owners[$0] })
    let namedOwners = Set(named.filter { $0.kind == .owner }.compactMap(\.owner))
    owners = Owners(
      named: namedOwners.count,
      rightlyNamed: namedOwners.intersection(markedOwners).count,
      guilty: markedOwners.count
    )
  }

  /// The score of a judge's verdict.
  public init(_ verdict: LeakVerdict, company: PlantedCompany) {
    self.init(
      answers: Dictionary(verdict.parties.map { ($0.party, $0.answer) }) { first, _ in first },
      named: verdict.parties.flatMap(\.named),
      company: company,
      namedOdds: verdict.thresholds.namedOdds
    )
  }

  /// The score of the dashboard's rule, which says no wherever it does not say yes.
  public init(_ rule: DashboardRule, company: PlantedCompany) {
    var answers: [Party: LeakAnswer] = [.marketing: .no, .sales: .no, .handOff: .no]
    for unit in rule.named { answers[unit.party] = .yes }
    self.init(answers: answers, named: rule.named, company: company)
  }
}
