import PlumblineCore
import PlumblineTestSupport
import Testing

/// A company of a few leads for tests of promises; day 4 is Monday 1970-01-05.
struct SLACompany {
  var work = WorkCompany()
  /// Later exports, each seen on its day.
  var later: [(day: Double, facts: FactBuilder)] = []

  init() {
    work.agreement.salesSLA?.compliance = 0.8
    // Somebody else's lead and call, so that activities are on record from the beginning.
    work.handOff("z", WorkCompany.at(1, 10), channel: "Other", owner: "zoe")
    work.activity("z", day: WorkCompany.at(1, 10), owner: "zoe")
  }

  static func at(_ day: Int, _ hour: Int, _ minute: Int = 0, _ second: Int = 0) -> Double {
    WorkCompany.at(day, hour, minute, second)
  }

  static func instant(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant {
    FactBuilder.time(at(day, hour, minute)).instant
  }

  /// Says that a lead got to an owner at a time.
  mutating func assign(_ lead: String, to owner: String, _ day: Double, stage: String = "assigned")
  {
    work.facts.add(
      .stageEvent,
      [
        "lead": .text(lead), "stage": .text(stage), "at": .time(FactBuilder.time(day)),
        "owner": .text(owner),
      ]
    )
  }

  /// Says what sales said of a lead.
  mutating func say(_ lead: String, _ reason: String, _ day: Double?, owner: String = "ann") {
    work.facts.add(
      .disposition,
      [
        "lead": .text(lead), "reason": .text(reason), "owner": .text(owner),
        "at": .time(FactBuilder.time(day)),
      ]
    )
  }

  /// Says something of a lead.
  mutating func note(_ lead: String, _ name: String, _ value: String, by team: String = "") {
    work.facts.add(
      .attribute,
      [
        "lead": .text(lead), "name": .text(name), "value": .text(value), "by": .text(team),
      ]
    )
  }

  private func store() throws -> MemoryFactStore {
    let store = MemoryFactStore(pieceSize: 7)
    var ledger = Ledger()
    let all = [(day: 0.0, facts: work.facts)] + later
    for (index, export) in all.enumerated() {
      var record = FactBuilder.record(exportedDay: export.day)
      let (news, novelty) = ledger.addNews(of: export.facts.batch, record)
      record.changedKinds = novelty.changedKinds
      _ = try store.append(news, of: record, after: index)
    }
    return store
  }

  func builder(asOf day: Double) throws -> SLABuilder {
    let store = try store()
    let history = try CompanyHistory(
      reading: store,
      under: work.agreement,
      asOf: FactBuilder.time(day).instant
    )
    return try SLABuilder(EmbeddedCells(history), reading: store)
  }

  func answer(
    asOf day: Double,
    _ options: SLAOptions = SLAOptions(firstDay: CivilDate(dayNumber: -10))
  ) throws -> SLAAnswer {
    try builder(asOf: day).answer(options)
  }

  /// The records of a lead, by episode.
  func records(_ lead: String, asOf day: Double) throws -> [SLARecord] {
    let answer = try answer(asOf: day)
    let sales = try #require(answer.sales)
    return sales.records.filter { answer.id(ofLead: $0.lead) == lead }
  }

  func record(_ lead: String = "a", asOf day: Double) throws -> SLARecord {
    try #require(try records(lead, asOf: day).first)
  }
}
