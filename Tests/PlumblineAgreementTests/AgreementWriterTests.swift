import PlumblineAgreement
import PlumblineCore
import Testing

struct AgreementWriterTests {
  @Test(
    arguments: [
      [], ["Google Ads"], ["Google Ads", "google ads ", "Meta", "", "  "],
      [
        "yes", "no: way", "#1", "*", "\"quoted\"", "日本", "a\nb",
        String(repeating: "x", count: 3000),
      ],
    ] as [[String]]
  )
  func `writes an agreement that reads back without a word`(channels: [String]) throws {
    let text = AgreementWriter.starter(
      company: "Müller & Söhne: \"fine\" #1",
      currency: "EUR",
      timeZone: "Europe/Berlin",
      channels: channels
    )
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(diagnostics.map(\.description) == [])
    let read = try #require(agreement)
    #expect(read.company == "Müller & Söhne: \"fine\" #1")
    #expect(read.currency == "EUR")
    #expect(read.calendar.zoneName == "Europe/Berlin")
    #expect(read.path.map(\.id) == Stage.defaultPath.map(\.id))
    #expect(read.path.map(\.evidence) == Stage.defaultPath.map(\.evidence))
    #expect(read.path.allSatisfy { !$0.meaning.isEmpty })
    #expect(read.detours.map(\.id) == Stage.defaultDetours.map(\.id))
    #expect(read.skips == .filled)
    #expect(read.returns == .newEpisode)
    #expect(read.confirmations == [])
    #expect(read.thresholds == VerdictThresholds())
    #expect(read.leakThresholds == LeakThresholds())
    #expect(read.workingTime == .usual)
    #expect(read.salesSLA == nil)
    #expect(read.path[read.handOffStage].id == "sql")
    let expected = channels.filter { $0 != "google ads " && !$0.allSatisfy { $0 == " " } }
    #expect(read.channels.map(\.name) == expected)
  }

  @Test func `explains each field in a line of its own`() {
    let text = AgreementWriter.starter(company: "", currency: "USD", timeZone: "UTC", channels: [])
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 100 })
    for (index, line) in lines.enumerated() where line.first.map({ $0.isLetter }) == true {
      guard !line.hasPrefix("stages:") else { continue }
      #expect(lines[index - 1].hasPrefix("# "), "\(line)")
    }
  }

  @Test func `shows examples that read well when the sign of comment is taken away`() throws {
    let text = AgreementWriter.starter(company: "", currency: "USD", timeZone: "UTC", channels: [])
    let keys = [
      "# effective: ", "# economics: ", "# hand_off: ", "# horizons: ", "# plan: ", "# routing: ",
      "# sla: ",
    ]
    let uncommented = text.split(separator: "\n").map { line in
      keys.contains { line.hasPrefix($0) } ? String(line.dropFirst(2)) : String(line)
    }.joined(separator: "\n")
    let (agreement, diagnostics) = AgreementReader.read(text: uncommented, file: "a.yaml")
    #expect(diagnostics.map(\.description) == [])
    let read = try #require(agreement)
    #expect(read.effective != nil)
    #expect(read.economics.repMonthCost == 1_000_000)
    #expect(read.horizonsInDays == ["meeting_held-won": 91])
    #expect(read.agreedHandOff == "sql")
    #expect(read.routing == .regardless)
    #expect(read.plan?.total.rates == ["lead-mql": 0.45])
    #expect(read.plan?.total.meanDeal == 1_200_000)
    #expect(
      read.salesSLA
        == SalesSLA(
          firstTouch: .init(usual: .init(seconds: 4 * 3600, isWorkingTime: true)),
          compliance: 0.8
        )
    )
  }
}
