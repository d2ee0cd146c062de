import PlumblineCore
import Foundation
import PlumblineOracle
import Testing

/// Inputs at the edges of the methods about whose leak it is.
@Suite struct `Oracle edges of whose leak` {
  private static let header = "channel,rep,segment,sla_met,n,won"

  /// The answer for a file of cells.
  private func answer(
    _ method: String,
    _ lines: [String],
    header: String = header,
    _ input: [String: JSONTree] = [:]
  ) throws -> JSONTree {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "plumbline-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try ([header] + lines).joined(separator: "\n")
      .write(to: folder.appending(path: "cells.csv"), atomically: true, encoding: .utf8)
    let members = input.merging(["cells_csv": "cells.csv"]) { own, _ in own }
    return try OracleCase(method: method, input: .object(members)).answer(in: folder)
  }

  @Test(
    arguments: [
      [], ["A,x,S,1,0,0"], ["A,x,S,1,50,0"], ["A,x,S,1,50,50"], ["A,x,S,1,19,9", "B,y,S,0,9,0"],
    ]
  )
  func `too few outcomes leave every party open, with nothing named`(lines: [String]) throws {
    let leak = try answer("leak", lines)
    for party in ["marketing", "sales", "alignment"] {
      #expect(leak["verdict"][party] == "undetermined")
      #expect(leak["named"][party] == [])
    }
    #expect(leak["follow_up_effect"] == .null)
    #expect(leak["p_follow_up"] == .null)
    #expect(leak["routing"] == .null)
    #expect(leak["evidence"] == [:])
  }

  @Test func `score bands that nobody has do no harm`() throws {
    let lines = ["A", "B"].flatMap { channel in
      ["x", "y"].map { "\(channel),\($0),S,1,60,20" }
    }
    let leak = try answer("leak", lines, ["score_bands": 4])
    #expect(leak["routing"]["df"] == 0)
    #expect(leak["routing"]["p"] == 1)
    #expect(leak["evidence"]["rep:x:direct"]["stability"] == .null)
    #expect(leak["evidence"]["rep:x:direct"]["unadjusted"].number != nil)
    let banded = try answer("leak", lines.map { $0 + ",1" }, header: Self.header + ",score_band")
    #expect(banded["routing"]["df"] == 0)
  }

  @Test func `a channel without others has rates but no gap`() throws {
    let lines = ["A,x,S,1,60,20", "A,y,S,0,40,8"]
    let alone = try answer("attribution", lines, ["channel": "A", "draws": 10])
    #expect(alone["gap"] == .null)
    #expect(alone["rate"] == .null)
    #expect(alone["channels"]["A"]["as_worked"].number != nil)
    #expect(alone["reps"]["y"]["follow_up_all"].number != nil)
    let unknown = try answer("attribution", lines + ["B,x,S,1,30,9"], ["channel": "Z"])
    #expect(unknown["gap"] == .null)
    let none = try answer("attribution", [])
    #expect(none["channels"] == [:])
  }

  @Test func `a fit without names gives every fixed effect`() throws {
    let spreads: [String: JSONTree] = [
      "sigma_channel": 0.3, "sigma_rep": 0.3, "sigma_pair": 0.1,
    ]
    let lines = ["A,x,S,1,30,9", "B,y,T,0,20,5"]
    let fit = try answer("leak_fit", lines, spreads)
    #expect(fit["fixed"].numbers.count == 3)
    #expect(fit["log_marginal_difference"] == .null)
    let same = spreads.merging(["compare_sigma": [0.3, 0.3, 0.1]]) { own, _ in own }
    #expect(try answer("leak_fit", lines, same)["log_marginal_difference"] == 0)
    let flat = spreads.merging(["prior": "flat", "fixed": ["intercept", "sla_met"]]) { own, _ in
      own
    }
    #expect(try answer("leak_fit", [], flat)["fixed"].numbers.count == 2)
  }

  @Test func `odds ratios that are none have no E-value`() throws {
    let input: JSONTree = ["odds_ratio": [1, 0, -2], "common": false]
    let values = try OracleCase(method: "e_value", input: input)
      .answer(in: URL(filePath: "/"))["values"].numbers
    #expect(values.first == 1)
    #expect(values.dropFirst().allSatisfy { !$0.isFinite })
  }
}
