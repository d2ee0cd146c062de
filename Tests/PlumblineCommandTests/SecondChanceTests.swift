import Foundation
import Testing

/// Lists, dispositions and the pulse from the command line.
@Suite(.serialized)
struct SecondChanceTests {
  private static let rules = """

    recycle:
      - {when: "recycled: bad timing", after: 60 days, to: timing}
      - {when: "disqualified: student", after: 300 days, to: graduates}

    """

  private func demo(in folder: URL, rules: String = rules) throws {
    let made = try CommandRunner.run(["demo", "demo"], in: folder)
    #expect(made.status == 0, "\(made.errors)")
    let agreement = folder.appendingPathComponent("demo/agreement.yaml")
    // Its own rules give way to those of the test.
    var isRule = false
    let lines = try String(contentsOf: agreement, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .filter { line in
        if !line.hasPrefix(" ") { isRule = line.hasPrefix("recycle:") }
        return !isRule
      }
    try Data((lines.joined(separator: "\n") + rules).utf8).write(to: agreement)
  }

  /// The files of the lists with their text.
  private func lists(_ folder: URL) throws -> [String: String] {
    let place = folder.appendingPathComponent("lists")
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
    return Dictionary(
      uniqueKeysWithValues: try names.map {
        ($0, try String(contentsOf: place.appendingPathComponent($0), encoding: .utf8))
      }
    )
  }

  private func rebound(_ folder: URL, _ more: [String] = []) throws -> [String: Any] {
    let answer = try CommandRunner.run(
      ["rebound", "--workspace", "demo", "--format", "json"] + more,
      in: folder
    )
    #expect(answer.status == 0, "\(answer.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
    )
  }

  @Test func `the same run twice lists nobody twice, and one cut off is made good`() throws {
    try CommandRunner.withFolder { folder in
      try demo(in: folder)
      let looked = try rebound(folder)
      let count = try #require(looked["listed"] as? Int)
      #expect(count > 0)
      // Looking records nothing.
      #expect(try rebound(folder)["listed"] as? Int == count)
      #expect(try rebound(folder, ["--output", "lists"])["listed"] as? Int == count)
      let first = try lists(folder)
      let timing = try #require(first.keys.first { $0.hasPrefix("timing-") })
      #expect(try rebound(folder, ["--output", "lists"])["listed"] as? Int == 0)
      #expect(try lists(folder) == first)
      // Cut off after the memory was written and before the lists were.
      let record = folder.appendingPathComponent("demo/plumbline.rebound")
      let text = try String(contentsOf: record, encoding: .utf8)
      let lines = text.split(separator: "\n").dropLast()
      try Data((lines.joined(separator: "\n") + "\nwritten\t0\n").utf8).write(to: record)
      try FileManager.default.removeItem(at: folder.appendingPathComponent("lists/\(timing)"))
      #expect(try rebound(folder, ["--output", "lists"])["listed"] as? Int == 0)
      #expect(try lists(folder) == first)
      // Both passes together are all revenue.
      let passes = try #require(looked["passes"] as? [[String: Any]])
      let cents = passes.compactMap { $0["revenue"] as? Double }.map { Int(($0 * 100).rounded()) }
      let all = try #require(looked["revenue"] as? Double)
      #expect(cents.reduce(0, +) == Int((all * 100).rounded()))
    }
  }

  @Test func `a damaged memory stops the run instead of listing everybody again`() throws {
    try CommandRunner.withFolder { folder in
      try demo(in: folder)
      let record = folder.appendingPathComponent("demo/plumbline.rebound")
      try Data("plumbline rebound record 1\nhalf".utf8).write(to: record)
      let answer = try CommandRunner.run(
        ["rebound", "--workspace", "demo", "--output", "lists"],
        in: folder
      )
      #expect(answer.status == 2)
      #expect(answer.errors.contains("rebound.record-damaged"))
      #expect(try lists(folder).isEmpty)
    }
  }

  @Test func `dispositions come in once, and only from the agreement's list`() throws {
    try CommandRunner.withFolder { folder in
      try demo(in: folder, rules: "")
      let file = folder.appendingPathComponent("said.csv")
      func importFile(_ rows: String) throws -> CommandRunner.Result {
        try Data(("Lead ID,Disposition,Date,Sales rep\n" + rows).utf8).write(to: file)
        return try CommandRunner.run(
          ["disposition", "import", "--workspace", "demo", "said.csv"],
          in: folder
        )
      }
      let refused = try importFile("100003,No need,2026-05-04,rep-03\n100004,gone,2026-05-04,\n")
      #expect(refused.status == 2)
      #expect(refused.errors.contains("said.csv:3: error: \"gone\" is no reason"))
      let taken = try importFile("100003,No need,2026-05-04,rep-03\n")
      #expect(taken.status == 0, "\(taken.errors)")
      #expect(taken.output.contains("1 fact stored"))
      #expect(try importFile("100003,No need,2026-05-04,rep-03\n").output.contains("Nothing new"))
      let unknown = try importFile("no such lead,No need,2026-05-04,rep-03\n")
      #expect(unknown.errors.contains("disposition.unknown-lead"))
      #expect(!unknown.errors.contains("no such lead"))
    }
  }
}
