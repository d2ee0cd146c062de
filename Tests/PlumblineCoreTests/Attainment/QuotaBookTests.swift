import PlumblineCore
import PlumblineTestSupport
import Testing

/// Which of the quotas written down counts.
struct QuotaBookTests {
  private static func agreement(_ goals: [Goal]) -> Agreement {
    var agreement = Agreement(currency: "EUR")
    agreement.goals = goals
    return agreement
  }

  private static func quota(
    _ goals: [Goal],
    _ period: String = "2026-Q1",
    facts: FactBuilder = FactBuilder()
  ) throws -> QuotaFigure? {
    try facts.attainment(agreement(goals), period, asOf: "2026-03-31").team.quota
  }

  @Test func `a quota for everybody goes before the sum of people's`() throws {
    let goals: [Goal] = [
      .of("2026-Q1", 50, owner: "ann"), .of("2026-Q1", 60, owner: "bob"), .of("2026-Q1", 100),
    ]
    let quota = try #require(try Self.quota(goals))
    #expect(quota.amount == 100 && quota.basis == .written && quota.origin == .goals)
    let sum = try #require(try Self.quota(Array(goals.prefix(2))))
    #expect(sum.amount == 110 && sum.basis == .people(2))
  }

  @Test func `a revenue goal counts where there is no quota, and is said where there is`() throws {
    let revenue = Goal.of("2026-Q1", 90, .revenue)
    let alone = try #require(try Self.quota([revenue]))
    #expect(alone.amount == 90 && alone.measure == .revenue)
    let answer = try FactBuilder().attainment(
      Self.agreement([revenue, .of("2026-Q1", 100)]),
      "2026-Q1",
      asOf: "2026-03-31"
    )
    #expect(answer.team.quota?.amount == 100)
    #expect(
      answer.differences == [
        QuotaDifference(kind: .revenueGoal, owner: nil, counted: 100, other: 90)
      ]
    )
  }

  @Test func `months make up a quarter, and a year is divided by working days`() throws {
    let months: [Goal] = [.of("2026-01", 10), .of("2026-02", 20), .of("2026-03", 30)]
    let whole = try #require(try Self.quota(months))
    #expect(whole.amount == 60 && whole.basis == .parts)
    let partial = try #require(try Self.quota(Array(months.dropLast())))
    #expect(partial.amount == 30 && partial.basis == .partial)
    // A quarter of the days of 2026 from Monday to Friday: 64 of 261.
    let year = Goal.of("2026", 26_100)
    let share = try #require(try Self.quota([year]))
    #expect(share.amount == 6_400 && share.basis == .share(of: year.days))
    // What is written for the quarter goes before a share of the year's.
    #expect(try Self.quota([year, .of("2026-Q1", 7_000)])?.amount == 7_000)
    #expect(try Self.quota([year] + months)?.amount == 60)
  }

  @Test(arguments: [Int64(0), 1, 100_001, 999_999_999_999])
  func `months of a divided quota add up to it to the cent`(amount: Int64) throws {
    for name in ["2026-Q1", "2026"] {
      let answer = try FactBuilder().attainment(
        Self.agreement([.of("2026", amount)]),
        name,
        asOf: "2026-03-31"
      )
      let months = answer.team.months.compactMap(\.quota?.amount)
      #expect(months.reduce(0, +) == answer.team.quota?.amount)
      #expect(answer.differences.isEmpty)
    }
  }

  @Test func `months of a team's quota do not give way to those of people's`() throws {
    let goals: [Goal] = [.of("2026-Q1", 300), .of("2026-Q1", 260, owner: "ann")]
    let answer = try FactBuilder().attainment(
      Self.agreement(goals),
      "2026-Q1",
      asOf: "2026-03-31"
    )
    #expect(answer.team.months.compactMap(\.quota?.amount).reduce(0, +) == 300)
    #expect(answer.differences.isEmpty && answer.quotaOfNobody == 40)
    let alone = try FactBuilder().attainment(
      Self.agreement(Array(goals.dropFirst())),
      "2026-01",
      asOf: "2026-03-31"
    )
    #expect(alone.team.quota?.basis == .share(of: goals[1].days))
  }

  @Test func `months that do not add up are said`() throws {
    let answer = try FactBuilder().attainment(
      Self.agreement([
        .of("2026-Q1", 100), .of("2026-01", 10), .of("2026-02", 20), .of("2026-03", 30),
      ]),
      "2026-Q1",
      asOf: "2026-03-31"
    )
    #expect(answer.team.quota?.amount == 100)
    #expect(
      answer.differences == [
        QuotaDifference(kind: .months, owner: nil, counted: 100, other: 60)
      ]
    )
  }

  @Test func `the agreement counts, and where the facts differ that is said`() throws {
    var facts = FactBuilder()
    facts.quota("Ann", "2026-Q1", 40)
    facts.quota("bob", "2026-Q1", 60)
    let answer = try facts.attainment(
      Self.agreement([.of("2026-Q1", 50, owner: "ann"), .of("2026-Q1", 60, owner: "bob")]),
      asOf: "2026-03-31"
    )
    #expect(answer.team.quota?.amount == 110 && answer.team.quota?.origin == .goals)
    #expect(
      answer.differences == [
        QuotaDifference(kind: .facts, owner: nil, counted: 110, other: 100),
        QuotaDifference(kind: .facts, owner: "Ann", counted: 50, other: 40),
      ]
    )
    let alone = try facts.attainment(Self.agreement([]), asOf: "2026-03-31")
    #expect(alone.team.quota?.amount == 100 && alone.team.quota?.origin == .facts)
    #expect(alone.absence == nil)
  }

  @Test func `a quota in another currency without a rate is none`() throws {
    var facts = FactBuilder()
    facts.quota("ann", "2026-Q1", 40, currency: "CHF")
    let answer = try facts.attainment(Self.agreement([]), asOf: "2026-03-31")
    #expect(answer.absence == .noQuota)
  }

  @Test func `a name and an id are one person where the owner's record says so`() throws {
    var facts = FactBuilder()
    facts.add(.owner, ["id": .text("u7"), "name": .text("Ann Lee")])
    facts.sale("d", by: "u7", won: "2026-01-20", amount: 10)
    let answer = try facts.attainment(
      Self.agreement([.of("2026-Q1", 50, owner: "ann lee")]),
      asOf: "2026-03-31"
    )
    #expect(answer.people.map(\.subject) == [.owner("u7")])
    #expect(answer.people.first?.attainment == 0.2)
  }

  // MARK: Versions

  @Test(arguments: [
    ("2026-01-31", 100, 0), ("2026-02-28", 100, 1), ("2026-03-31", 100, 1),
  ])
  func `what was agreed when the period began counts, and a later change is said`(
    asOf: String,
    amount: Int64,
    differences: Int
  ) throws {
    var agreement = Self.agreement([.of("2026-Q1", 80)])
    (agreement.version, agreement.effective) = ("B", CivilDate("2026-02-15"))
    var first = Self.agreement([.of("2026-Q1", 100)])
    first.version = "A"
    agreement.earlier = [first]
    let answer = try FactBuilder().attainment(agreement, "2026-Q1", asOf: asOf)
    #expect(answer.team.quota?.amount == amount)
    #expect(answer.differences.count == differences)
    if differences == 1 {
      #expect(
        answer.differences == [
          QuotaDifference(
            kind: .laterVersion("B", from: CivilDate("2026-02-15")),
            owner: nil,
            counted: 100,
            other: 80
          )
        ]
      )
    }
  }

  @Test func `the first version that says anything counts where the one before said nothing`()
    throws
  {
    var agreement = Self.agreement([.of("2026-Q1", 80)])
    agreement.effective = CivilDate("2026-02-15")
    agreement.earlier = [Self.agreement([])]
    let answer = try FactBuilder().attainment(agreement, "2026-Q1", asOf: "2026-03-31")
    #expect(answer.team.quota?.amount == 80 && answer.differences.isEmpty)
  }
}
