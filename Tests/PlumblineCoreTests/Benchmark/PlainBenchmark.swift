import PlumblineCore

/// The benchmark's question lead by lead, as it is worded and no quicker: what the engine's answer
/// is held against.
struct PlainBenchmark {
  let export: BenchmarkExport
  /// The first second that no longer counts.
  let end: Int64

  /// What a table's line counts.
  private struct Line {
    var counts = Array(repeating: 0, count: 14)
    var revenue = 0
    var won: [Int64] = []
    var touched: [Int64] = []
    var prompt = 0

    func quantile(_ values: [Int64], _ share: Double) -> String {
      guard !values.isEmpty else { return "" }
      let rank = Int((share * Double(values.count) - 1e-9).rounded(.up))
      return "\(values.sorted()[rank - 1])"
    }

    var tail: String {
      "\(quantile(won, 0.5)),\(quantile(won, 0.9)),\(touched.count),\(quantile(touched, 0.5)),"
        + "\(prompt)"
    }
  }

  /// Business seconds since some Monday: Monday to Friday, 09:00 to 17:00.
  private func businessSeconds(_ second: Int64) -> Int64 {
    let day = second.quotientRoundedDown(by: 86_400) + 3
    let week = day.quotientRoundedDown(by: 7)
    let weekday = day - week * 7
    let secondOfDay = second - (day - 3) * 86_400
    let today = weekday < 5 ? max(0, min(28_800, secondOfDay - 32_400)) : 0
    return week * 144_000 + min(weekday, 5) * 28_800 + today
  }

  private func cohort(_ second: Int64, _ grain: BenchmarkAsk.Grain) -> String {
    let day = CivilDate(dayNumber: Int(second.quotientRoundedDown(by: 86_400)))
    return "\(grain == .month ? day.startOfMonth : day.startOfWeek)"
  }

  func answer(_ ask: BenchmarkAsk) -> BenchmarkTables {
    let stages = [
      "mql", "sql", "meeting_booked", "showed", "opportunity", "won", "lost", "recycled",
    ]
    var events: [String: [(stage: Int, at: Int64)]] = [:]
    for row in export.rows[.events] ?? [] {
      guard let at = BenchmarkExport.second(row[2]), at < end,
        let stage = stages.firstIndex(of: row[1])
      else { continue }
      events[row[0], default: []].append((stage + 1, at))
    }
    var touches: [String: [Int64]] = [:]
    for row in export.rows[.touches] ?? []
    where ["call", "email", "sms", "linkedin"].contains(row[1]) && row[3] != "automation" {
      if let at = BenchmarkExport.second(row[2]), at < end {
        touches[row[0], default: []].append(at)
      }
    }
    var revenue: [String: Int] = [:]
    for row in export.rows[.deals] ?? [] where row[4] == "true" {
      guard let at = BenchmarkExport.second(row[3]), at < end else { continue }
      let rate = ["USD": 100, "EUR": 108, "GBP": 127][row[2]] ?? 0
      revenue[row[0], default: 0] += Int(BenchmarkExport.cents(row[1])) * rate
    }
    var spend: [String: Int] = [:]
    for row in export.rows[.spend] ?? [] {
      guard let day = BenchmarkExport.second(row[1]), day < end else { continue }
      spend["\(row[0]),\(cohort(day, ask.grain))", default: 0] += Int(BenchmarkExport.cents(row[2]))
    }
    var cells: [String: Line] = [:]
    var owners: [String: Line] = [:]
    var leadsOfPeriod: [String: Int] = [:]
    var outcomes: [String: [Int]] = [:]
    for row in export.rows[.leads] ?? [] {
      guard let created = BenchmarkExport.second(row[1]), created < end else { continue }
      if let channel = ask.channel, channel != row[2] { continue }
      let times = steps(created, events[row[0]] ?? [], isConfirmed: ask.isConfirmed)
      for step in 0..<6 {
        guard let start = times[step] else { continue }
        let (outcome, at) = ending(step, times, events[row[0]] ?? [])
        let key = "\(row[2]),\(step),\((at - start) / 86_400)"
        outcomes[key, default: [0, 0, 0, 0]][outcome] += 1
      }
      let period = "\(row[2]),\(cohort(created, ask.grain))"
      leadsOfPeriod[period, default: 0] += 1
      let first = (touches[row[0]] ?? []).filter { $0 >= created }.min()
      func add(_ line: inout Line) {
        line.counts[0] += 1
        for step in 1...6 where times[step] != nil { line.counts[step] += 1 }
        for step in 1...5 where times[step...].contains(where: { $0 != nil }) {
          line.counts[6 + step] += 1
        }
        if times[3] != nil, times[4] != nil { line.counts[12] += 1 }
        if times[5] != nil, times[6] != nil { line.counts[13] += 1 }
        line.revenue += revenue[row[0]] ?? 0
        if let won = times[6] { line.won.append(won - created) }
        if let first {
          line.touched.append(first - created)
          if businessSeconds(first) - businessSeconds(created) <= 3600 { line.prompt += 1 }
        }
      }
      add(&cells["\(row[2]),\(row[4]),\(cohort(created, ask.grain))", default: Line()])
      add(&owners[row[5], default: Line()])
    }
    let counts = "leads,n1,n2,n3,n4,n5,n6,p1,p2,p3,p4,p5,n34,n56,rev"
    let quantiles = "won_p50,won_p90,touched,ft_p50,in1bh"
    return BenchmarkTables(
      cells: table(
        "channel,segment,cohort,\(counts),spend,\(quantiles)",
        cells.map { key, line in
          let parts = key.split(separator: ",", omittingEmptySubsequences: false)
          let period = "\(parts[0]),\(parts[2])"
          let share = (spend[period] ?? 0) * line.counts[0] / (leadsOfPeriod[period] ?? 1)
          return "\(key),\(list(line.counts)),\(line.revenue),\(share),\(line.tail)"
        }
      ),
      owners: table(
        "owner,\(counts),\(quantiles)",
        owners.map { "\($0),\(list($1.counts)),\($1.revenue),\($1.tail)" }
      ),
      outcomes: table(
        "channel,stage,lag,next,lost,recycled,censored",
        outcomes.map { "\($0),\(list($1))" }
      )
    )
  }

  private func steps(
    _ created: Int64,
    _ events: [(stage: Int, at: Int64)],
    isConfirmed: Bool
  ) -> [Int64?] {
    var times: [Int64?] = [created] + Array(repeating: nil, count: 6)
    var last = created
    for step in 1...6 {
      let candidates = events.filter { event in
        guard event.stage == step, event.at >= last else { return false }
        return !(isConfirmed && step == 1)
          || events.contains {
            $0.stage == 2 && $0.at >= event.at && $0.at <= event.at + 30 * 86_400
          }
      }
      guard let first = candidates.map(\.at).min() else { continue }
      times[step] = first
      last = first
    }
    return times
  }

  /// What ended a step and when: 0 for going on, 1 lost, 2 recycled, 3 nothing yet.
  private func ending(
    _ step: Int,
    _ times: [Int64?],
    _ events: [(stage: Int, at: Int64)]
  ) -> (outcome: Int, at: Int64) {
    let start = times[step] ?? 0
    func first(_ stage: Int) -> Int64? {
      events.filter { $0.stage == stage && $0.at >= start }.map(\.at).min()
    }
    let next = times[(step + 1)...].compactMap { $0 }.min()
    let (lost, recycled) = (first(7), first(8))
    if let next, next <= lost ?? .max, next <= recycled ?? .max { return (0, next) }
    if let lost, lost <= recycled ?? .max { return (1, lost) }
    if let recycled { return (2, recycled) }
    return (3, end)
  }

  private func list(_ numbers: [Int]) -> String { numbers.map { "\($0)" }.joined(separator: ",") }

  private func table(_ header: String, _ lines: [String]) -> [UInt8] {
    let sorted = lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return Array("\(header)\n\(sorted.joined(separator: "\n"))\n".utf8)
  }
}

extension Int64 {
  fileprivate func quotientRoundedDown(by divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : (self - divisor + 1) / divisor
  }
}
