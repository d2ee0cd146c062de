import PlumblineStatistics
import Testing

@testable import PlumblineCore

@Suite struct ExampleCompanyFileTests {
  static let files = ExampleCompany().files()
  /// The files of the documented company, cut into fields.
  static let tables: [String: [[String]]] = Dictionary(
    uniqueKeysWithValues: files.map { ($0.name, fields(of: $0.bytes)) }
  )
  static let leads = ExampleCompany().population()

  /// Rows of fields; understands the three encodings that the files have.
  static func fields(of bytes: [UInt8]) -> [[String]] {
    var text: String
    var separator: Character = ","
    if bytes.starts(with: [0xFF, 0xFE]) {
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
        UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
      }
      text = String(decoding: units, as: UTF16.self)
      separator = "\t"
    } else {
      text = String(
        decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...],
        as: UTF8.self
      )
    }
    text = text.replacing("\r\n", with: "\n")
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
      var row = [""]
      var isQuoted = false
      var last: Character = " "
      for character in line {
        switch character {
        case "\"":
          if !isQuoted, last == "\"" { row[row.count - 1].append("\"") }
          isQuoted.toggle()
        case separator where !isQuoted: row.append("")
        default: row[row.count - 1].append(character)
        }
        last = character
      }
      return row
    }
  }

  /// The column of a file whose header is its first row.
  func column(_ name: String, of file: String) throws -> [String] {
    let table = try #require(Self.tables[file])
    let position = try #require(table[0].firstIndex(of: name))
    return table.dropFirst().map { $0[position] }
  }

  func expectShare(_ share: Double, _ count: Int, of trials: Int, _ what: String) {
    let spread = (Double(trials) * share * (1 - share)).squareRoot()
    #expect(abs(Double(count) - Double(trials) * share) < 4.5 * spread, "\(what): \(count)")
    #expect(count > 0, "\(what)")
  }

  @Test func `the same seed gives the same bytes and another seed others`() {
    let first = ExampleCompany(seed: 7).files()
    #expect(first == ExampleCompany(seed: 7).files())
    let other = ExampleCompany(seed: 8).files()
    #expect(first.map(\.name) == other.map(\.name))
    #expect(zip(first, other).allSatisfy { $0.bytes != $1.bytes })
  }

  /// Fails on a machine that draws differently, and whenever the company changes: then the numbers
  /// in the documentation change, too.
  @Test func `the documented company's bytes are known`() {
    var hash: UInt64 = 0
    for file in Self.files {
      hash = file.bytes.withUnsafeBytes { TextDictionary.hash($0, seed: hash) }
    }
    #expect(String(hash, radix: 16) == "f0fd38c450c36e00")
  }

  @Test func `every file is there once and has rows of one width`() throws {
    let names = Self.files.map(\.name)
    #expect(
      names == [
        "calls_and_mails.csv", "contacts.csv", "deals.csv", "dispositions.csv",
        "form_answers.csv", "google_ads.csv", "linkedin_ads.csv", "meetings.csv", "meta_ads.csv",
        "qualification.csv", "stage_history.csv", "web_and_mail.csv",
      ]
    )
    for name in names {
      let table = try #require(Self.tables[name])
      let preamble = ["google_ads.csv": 2, "linkedin_ads.csv": 5][name] ?? 0
      let width = table[preamble].count
      #expect(width > 3)
      #expect(table.dropFirst(preamble).allSatisfy { $0.count == width }, "\(name)")
      #expect(table.prefix(preamble).allSatisfy { $0.count == 1 }, "\(name)")
      #expect(ExampleCompany.mappingYAML.contains("- file: \(name)\n"))
    }
  }

  @Test func `contacts are the leads, with honest gaps`() throws {
    let ids = try column("Record ID", of: "contacts.csv")
    #expect(ids == Self.leads.map { "\($0.id)" })
    #expect(Set(ids).count == ExampleCompany.leadCount)
    let sources = try column("Original Source", of: "contacts.csv")
    let owners = try column("Contact owner", of: "contacts.csv")
    expectShare(0.01, sources.count { $0.isEmpty }, of: ids.count, "without channel")
    expectShare(0.01, owners.count { $0.isEmpty }, of: ids.count, "without owner")
    let known = Set(ExampleCompany.channels.map(\.name) + ["", "fb"])
    #expect(Set(sources) == known)
    #expect(Set(owners) == Set(ExampleCompany.reps + [""]))
    let days = try column("Create Date", of: "contacts.csv")
    #expect(days == days.sorted() || days.contains { $0.hasPrefix("2025-10-26 02") })
    for (source, day) in zip(sources, days) {
      #expect(source != "fb" || day < "2025-11-01")
      #expect(source != "Meta" || day >= "2025-11-01")
    }
  }

  @Test func `nothing is dated after the export but meetings to come`() throws {
    let columns = [
      ("calls_and_mails.csv", "Activity Date"), ("contacts.csv", "Create Date"),
      ("deals.csv", "Create Date"), ("deals.csv", "Close Date"),
      ("stage_history.csv", "Date entered"), ("web_and_mail.csv", "Date"),
      ("dispositions.csv", "Date"), ("qualification.csv", "Date"),
    ]
    for (file, name) in columns {
      let times = try column(name, of: file)
      #expect(times.allSatisfy { $0 <= "2026-06-30 18:30" }, "\(file)")
      let newest = try #require(times.max())
      #expect(newest > "2026-06-29", "\(file) reaches the export")
    }
  }

  @Test func `the stage history holds each change once, but for repeated lines`() throws {
    let table = try #require(Self.tables["stage_history.csv"])
    let rows = Array(table.dropFirst())
    let unique = Set(rows)
    expectShare(0.005, rows.count - unique.count, of: unique.count, "repeated lines")
    let returns = Self.leads.flatMap { $0.episodes.dropFirst() }
      .count { ExampleCompany.hasHappened($0.began) }
    #expect(returns > 100)
    #expect(unique.count { $0[1] == "Lead" } == returns)
    let qualified = Self.leads.flatMap(\.episodes)
      .count { $0.marketingQualified.map(ExampleCompany.hasHappened) ?? false }
    #expect(unique.count { $0[1] == "Marketing Qualified Lead" } == qualified)
    #expect(
      unique.allSatisfy { !["Recycled", "Disqualified"].contains($0[1]) || !$0[3].isEmpty }
    )
  }

  @Test func `who needs the product and looks at prices buys more often, timing says nothing`()
    throws
  {
    let ids = try column("Record ID", of: "qualification.csv")
    let won = Set(Self.leads.filter { $0.episodes.contains(where: \.isWon) }.map { "\($0.id)" })
    func shares(_ factor: String) throws -> (yes: Double, no: Double) {
      let answers = zip(ids, try column(factor, of: "qualification.csv"))
      func share(_ answer: String) -> Double {
        let leads = answers.filter { $0.1 == answer }.map(\.0)
        return Double(leads.count(where: won.contains)) / Double(leads.count)
      }
      return (share("yes"), share("no"))
    }
    let need = try shares("Need")
    #expect(need.yes > 2 * need.no)
    let timing = try shares("Timing")
    #expect(abs(timing.yes - timing.no) < 0.05)
    let visitors = Set(
      zip(
        try column("Record ID", of: "web_and_mail.csv"),
        try column("What", of: "web_and_mail.csv")
      ).filter { $0.1 == "pricing_visit" }.map(\.0)
    )
    let share = Double(won.intersection(visitors).count) / Double(won.count)
    let others = Double(visitors.subtracting(won).count) / Double(Self.leads.count - won.count)
    #expect(share > 1.3 * others)
  }

  @Test func `dispositions are said of leads that somebody spoke with, in words of a list`() throws
  {
    let words = Set(try column("Disposition", of: "dispositions.csv"))
    #expect(words.contains("Accepted") && words.contains("Bad timing"))
    #expect(!words.contains("") && words.count < 12)
    let touched = Set(
      Self.leads.filter { $0.episodes.contains { $0.firstTouch != nil } }.map { "\($0.id)" }
    )
    #expect(touched.isSuperset(of: try column("Record ID", of: "dispositions.csv")))
  }

  @Test func `past meetings have their outcome but for a few, meetings to come have none`() throws {
    let outcomes = try column("Outcome", of: "meetings.csv")
    let starts = try column("Start Time", of: "meetings.csv")
    let isoStarts = starts.map { text in
      let parts = text.split { ". ".contains($0) }
      return "\(parts[2])-\(parts[1])-\(parts[0]) \(parts[3])"
    }
    let past = zip(isoStarts, outcomes).filter { $0.0 <= "2026-06-30 18:00" }
    expectShare(0.04, past.count { $0.1.isEmpty }, of: past.count, "unrecorded")
    let upcoming = zip(isoStarts, outcomes).filter { $0.0 > "2026-06-30 18:00" }
    #expect(upcoming.count > 10)
    #expect(upcoming.allSatisfy { $0.1.isEmpty })
    #expect(Set(outcomes) == ["", "Cancelled", "Completed", "No show"])
  }

  @Test func `deals are open until they are closed`() throws {
    let stages = try column("Deal Stage", of: "deals.csv")
    let closed = try column("Close Date", of: "deals.csv")
    let reasons = try column("Closed Lost Reason", of: "deals.csv")
    for (stage, (close, reason)) in zip(stages, zip(closed, reasons)) {
      #expect((stage == "Open") == close.isEmpty)
      #expect((stage == "Lost") != reason.isEmpty)
    }
    let won = Self.leads.flatMap(\.episodes).compactMap(\.deal)
      .count { $0.isWon && ExampleCompany.hasHappened($0.closed) }
    #expect(stages.count { $0 == "Won" } == won)
    let contacts = try column("Associated Contact IDs", of: "deals.csv")
    expectShare(0.005, contacts.count { $0.isEmpty }, of: contacts.count, "without contact")
    let known = Set(try column("Record ID", of: "contacts.csv") + [""])
    #expect(known.isSuperset(of: contacts))
  }

  @Test func `some activities are a workflow's and have no owner`() throws {
    let authors = try column("Created By", of: "calls_and_mails.csv")
    let owners = try column("Activity Owner", of: "calls_and_mails.csv")
    #expect(Set(authors) == ["CRM user", "Workflow"])
    #expect(zip(authors, owners).allSatisfy { ($0 == "Workflow") == $1.isEmpty })
    #expect(try column("Subject", of: "calls_and_mails.csv").contains("Offer, \"final\" terms"))
  }

  @Test func `Google's total is the sum of its rows and paused days have no figure`() throws {
    let table = try #require(Self.tables["google_ads.csv"])
    #expect(table[0] == ["Campaign report"])
    #expect(table[2].prefix(4) == ["Day", "Campaign", "Currency code", "Cost"])
    let rows = table.dropFirst(3).dropLast()
    let total = try #require(table.last)
    func cents(_ text: String) throws -> Int {
      try #require(Int(text.filter(\.isNumber)))
    }
    #expect(total[0] == "Total: Account")
    #expect(rows.count == 365 * 3)
    #expect(rows.count { $0[3] == " --" } == 14)
    let sum = try rows.filter { $0[3] != " --" }.reduce(0) { try $0 + cents($1[3]) }
    #expect(try cents(total[3]) == sum)
    #expect(rows.contains { $0[3].contains(",") })
  }

  @Test func `Meta's file begins with a mark and names the currency in its header`() throws {
    let file = try #require(Self.files.first { $0.name == "meta_ads.csv" })
    #expect(file.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let table = try #require(Self.tables["meta_ads.csv"])
    #expect(table[0].contains("Amount spent (EUR)"))
    #expect(table.count == 1 + 365 * 3)
  }

  @Test func `LinkedIn's file is UTF-16 with five lines before the header`() throws {
    let file = try #require(Self.files.first { $0.name == "linkedin_ads.csv" })
    #expect(file.bytes.starts(with: [0xFF, 0xFE]))
    let table = try #require(Self.tables["linkedin_ads.csv"])
    #expect(table[4] == [""])
    #expect(table[5][0] == "Start Date (in UTC)")
    #expect(table[6][0] == "7/1/2025")
    #expect(table.count == 6 + 365 * 2)
  }
}
