import PlumblineCore
import PlumblineTestSupport

/// The rows of the benchmark's files, as texts, and what they are as facts.
struct BenchmarkExport {
  /// For each file its rows, the header left out.
  var rows: [BenchmarkCompany.File: [[String]]] = [:]

  /// Rows given by hand.
  init(
    leads: [[String]],
    events: [[String]] = [],
    touches: [[String]] = [],
    deals: [[String]] = [],
    spend: [[String]] = []
  ) {
    rows = [.leads: leads, .events: events, .touches: touches, .deals: deals, .spend: spend]
  }

  /// The rows that a company's files hold, those of the second export behind those of the first.
  init(_ company: BenchmarkCompany, withDelta: Bool = false) {
    for isDelta in withDelta ? [false, true] : [false] {
      for file in BenchmarkCompany.files(isDelta: isDelta) {
        let lines = Self.text(company, file, isDelta: isDelta).split(separator: "\n").dropFirst()
        rows[file, default: []] += lines.map(Self.fields)
      }
    }
  }

  /// A file as text.
  static func text(
    _ company: BenchmarkCompany,
    _ file: BenchmarkCompany.File,
    isDelta: Bool = false
  ) -> String {
    var bytes: [UInt8] = []
    company.write(file, isDelta: isDelta) { piece in bytes += copy piece }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The fields of a line of RFC 4180.
  private static func fields(_ line: Substring) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return fields
  }

  /// The second of a time such as `2025-06-30 23:59:59` or of a day.
  static func second(_ text: String) -> Int64? {
    let parts = text.split(separator: " ")
    guard let day = parts.first.flatMap({ CivilDate(String($0)) }) else { return nil }
    let clock =
      parts.count > 1 ? parts[1].split(separator: ":").compactMap { Int64($0) } : [0, 0, 0]
    return Int64(day.dayNumber) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  }

  /// The agreement under which the question is asked.
  static func agreement(_ workingTime: WorkingTime = .usual) -> Agreement {
    Agreement(
      path: (["lead"] + BenchmarkCompany.stageNames.prefix(6)).map { Stage(id: $0, evidence: []) },
      detours: BenchmarkCompany.stageNames.suffix(2).map { Stage(id: $0, evidence: []) },
      skips: .ordered,
      returns: .sameEpisode,
      workingTime: workingTime
    )
  }

  /// The rows as facts, read up to the last second before an instant.
  func history(before end: Int64, under agreement: Agreement = agreement()) -> CompanyHistory {
    var facts = FactBuilder()
    func time(_ text: String) -> FactBuilder.FieldValue {
      .time(Self.second(text).map { TimePoint(Instant(seconds: $0)) } ?? .missing)
    }
    for row in rows[.leads] ?? [] {
      facts.add(
        .lead,
        [
          "id": .text(row[0]), "created": time(row[1]), "channel": .text(row[2]),
          "campaign": .text(row[3]), "segment": .text(row[4]), "owner": .text(row[5]),
        ]
      )
    }
    for row in rows[.events] ?? [] {
      facts.add(
        .stageEvent,
        ["lead": .text(row[0]), "stage": .text(row[1]), "at": time(row[2])]
      )
    }
    for row in rows[.touches] ?? [] {
      facts.add(
        .activity,
        [
          "lead": .text(row[0]), "kind": .text(row[1]), "at": time(row[2]), "owner": .text(row[3]),
          "automated": .number(row[3] == "automation" ? 1 : 0),
        ]
      )
    }
    for row in rows[.deals] ?? [] {
      let outcome = ["true": "won", "false": "lost"][row[4]] ?? "open"
      facts.add(
        .deal,
        [
          "lead": .text(row[0]), "amount": .number(Self.cents(row[1])), "currency": .text(row[2]),
          "closed": time(row[3]), "outcome": .text(outcome),
        ]
      )
    }
    for row in rows[.spend] ?? [] {
      let day = Self.second(row[1]).map {
        TimePoint(Instant(seconds: $0), precision: .day)
      }
      facts.add(
        .spend,
        [
          "channel": .text(row[0]), "from": .time(day ?? .missing), "to": .time(day ?? .missing),
          "amount": .number(Self.cents(row[2])), "currency": .text("USD"),
        ]
      )
    }
    return CompanyHistory(
      facts.ledger(seenDay: 30_000),
      under: agreement,
      asOf: Instant(seconds: end - 1)
    )
  }

  /// Cents of an amount with two decimals.
  static func cents(_ text: String) -> Int64 { Int64(text.filter { $0 != "." }) ?? 0 }

  /// The answer of the engine.
  func answer(
    _ ask: BenchmarkAsk,
    before end: Int64,
    threads: Int = 2,
    under agreement: Agreement = agreement()
  ) throws -> BenchmarkTables {
    let history = history(before: end, under: agreement)
    let journeys = Journeys(history, rule: ask.rule)
    return try FunnelBenchmark(history, journeys, threads: threads).answer(ask, threads: threads)
  }
}

extension FunnelBenchmark {
  /// The question of a whole history, prepared in so many parts.
  init(_ history: CompanyHistory, _ journeys: Journeys, threads: Int = 2) throws {
    let preparation = Preparation(history.texts)
    let count = journeys.leads.count
    self.init(
      preparation,
      try (0..<threads).map { part in
        let rows = count * part / threads..<count * (part + 1) / threads
        return try preparation.part(history, journeys, rows: rows, isFirst: part == 0)
      }
    )
  }
}
