import PlumblineCore
import PlumblineTestSupport

/// The companies that answers are shown for, edges first.
enum Sample: String, CaseIterable, Sendable {
  case empty
  case oneLead
  case undated
  case young
  case skipping
  case healthy
  case leakyChannel
  case twoLeaks
  case explainedByMix
  case notCrossed
  case handOff
  case noActivities
  case hostile

  /// The answers for the company, made once.
  var answers: SampleAnswers {
    get throws { try SampleAnswers.all[self, default: .failure(Missing())].get() }
  }

  private struct Missing: Error {}

  /// Names that would do harm where they are not taken as text.
  static let hostileNames = [
    "<script>alert(1)</script>", "\"&' onmouseover=x", "=HYPERLINK(\"http://x\")",
    "\u{1B}[31mred\u{1B}[0m", "\u{202E}gnp.exe", "广告渠道与很长很长的名字一直写下去没有尽头",
  ]

  var company: SampleCompany {
    var company = SampleCompany()
    switch self {
    case .empty: break
    case .oneLead:
      company.facts.lead("L1", day: SampleCompany.asOfDay - 3, channel: "Meta", owner: "Ana")
    case .undated:
      for number in 1...30 {
        company.facts.lead("L\(number)", day: nil, channel: "Meta", owner: "Ana")
        company.facts.stage("L\(number)", number % 2 == 0 ? "mql" : "won", day: nil)
      }
    case .young: company.add(120, "Meta", "Ana", overDays: 20)
    case .skipping:
      for number in 1...8 {
        company.facts.lead("L\(number)", day: 19_900, channel: "Meta", owner: "Ana")
      }
      company.facts.stage("L1", "won", day: 19_950)
      company.facts.stage("L2", "sql", day: 19_910)
      company.facts.stage("L2", "mql", day: 19_920)
      company.facts.stage("L3", "lost", day: 19_905)
    case .healthy:
      for owner in ["Ana", "Bo"] {
        company.add(150, "Meta", owner, amount: nil)
        company.add(150, "Google Ads", owner, amount: nil)
      }
    case .leakyChannel:
      for owner in ["Ana", "Bo", "Cy"] {
        company.add(400, "Meta", owner, rates: SampleCompany.rates(won: 0.15))
        company.add(450, "Google Ads", owner)
        company.add(250, "Referral", owner)
      }
      company.spend("Meta", 9_000_000)
      company.spend("Google Ads", 12_000_000)
    case .twoLeaks:
      for owner in ["Ana", "Bo", "Cy", "Di"] {
        let held = owner == "Di" ? 0.15 : 0.8
        company.add(300, "Meta", owner, rates: SampleCompany.rates(held: held, won: 0.12))
        company.add(400, "Google Ads", owner, rates: SampleCompany.rates(held: held))
        company.add(250, "Referral", owner, rates: SampleCompany.rates(held: held))
      }
      company.spend("Meta", 9_000_000)
    case .explainedByMix:
      for owner in ["Ana", "Bo", "Cy", "Di", "Ed"] {
        let rates = SampleCompany.rates(won: owner == "Bo" ? 0.1 : 0.7)
        company.add(owner == "Bo" ? 800 : 150, "Meta", owner, rates: rates)
        company.add(owner == "Bo" ? 200 : 300, "Google Ads", owner, rates: rates)
        company.add(owner == "Bo" ? 200 : 250, "Referral", owner, rates: rates)
      }
    case .notCrossed:
      company.add(600, "Meta", "Ana", rates: SampleCompany.rates(won: 0.15))
      company.add(600, "Google Ads", "Bo")
    case .handOff:
      for (index, owner) in ["Ana", "Bo", "Cy", "Di", "Ed", "Flo"].enumerated() {
        let won = index % 2 == 0 ? 0.7 : 0.03
        company.add(500, "Meta", owner, rates: SampleCompany.rates(won: won))
        company.add(300, "Google Ads", owner)
        company.add(300, "Referral", owner)
      }
    case .noActivities:
      company.hasActivities = false
      for owner in ["Ana", "Bo", "Cy"] {
        company.add(300, "Meta", owner, rates: SampleCompany.rates(won: 0.1))
        company.add(300, "Google Ads", owner)
        company.add(250, "Referral", owner)
      }
    case .hostile:
      for owner in ["<b>Ana</b>", "O'Brien & \"Co\""] {
        for channel in Self.hostileNames {
          let won = channel == Self.hostileNames[0] ? 0.05 : 0.5
          company.add(200, channel, owner, rates: SampleCompany.rates(won: won))
        }
      }
    }
    return company
  }
}

/// The answers for a sample.
struct SampleAnswers: Sendable {
  let agreement: Agreement
  let gaps: [CaptureGap]
  let byChannel: FunnelAnswer
  let overall: FunnelAnswer
  let diagnosis: Diagnosis

  init(_ company: SampleCompany) throws {
    agreement = company.agreement
    let history = company.history
    gaps = history.gaps
    let source = EmbeddedCells(history)
    let funnel = FunnelBuilder(agreement, source: source)
    byChannel = try funnel.answer(funnel.question(by: [.channel]))
    overall = try funnel.answer(funnel.question())
    diagnosis = try DiagnosisBuilder(agreement, source: source).diagnosis(gaps: history.gaps)
  }

  fileprivate static let all = Dictionary(
    uniqueKeysWithValues: Sample.allCases.map { sample in
      (sample, Result { try SampleAnswers(sample.company) })
    }
  )
}
