import PlumblineStatistics

// What the example company knows of its leads besides their way through the funnel.
//
// The truth: a lead that needs the product is more often won, and so is one that looked at the
// prices; budget and authority matter little, timing not at all. Meta's leads are seldom the ideal
// customer.
extension ExampleCompany {
  /// What is true of a lead's company, and what its form said.
  struct Profile {
    var size: Int
    var industry: Int
    var country: Int
    /// Budget, authority, need and timing.
    var factors: [Bool]
    /// What marketing holds of each; nil where the form did not ask.
    var marketing: [Bool?]
    /// Whether the form asked for the company's size.
    var isSizeKnown: Bool
  }

  static let factorNames = ["Budget", "Authority", "Need", "Timing"]
  static let industries = ["Software", "Fintech", "Logistics", "Retail", "Education"]
  static let countries = ["DE", "AT", "CH", "NL", "PL"]

  /// What is true of each lead, in the order of `leads`.
  func profiles(of leads: [SimulatedLead]) -> [Profile] {
    var dice = draws(ofStream: 20)
    return leads.map { lead in
      let isLeaking = lead.channel == Self.leakingChannel
      let isWon = lead.episodes.contains(where: \.isWon)
      let isIdeal = dice.chance(isLeaking ? 0.35 : 0.7)
      let span = [10..<50, 50..<400, 400..<1000][lead.segment]
      let size =
        isIdeal ? max(50, span.lowerBound) + dice.integer(below: 350) : 5 + dice.integer(below: 40)
      let industry = isIdeal ? dice.integer(below: 3) : dice.integer(below: 5)
      let country = isIdeal ? dice.choice(weights: [0.7, 0.15, 0.15]) : dice.integer(below: 5)
      let chances = isWon ? [0.75, 0.7, 0.92, 0.6] : [0.65, 0.62, 0.55, 0.6]
      let factors = chances.map { dice.chance($0) }
      // Forms ask by campaign; what is ticked there is true four times in five.
      let marketing: [Bool?] = factors.map { factor in
        let isAsked = dice.chance(0.55)
        let isTrue = dice.chance(0.8)
        return isAsked ? isTrue == factor : nil
      }
      return Profile(
        size: size,
        industry: industry,
        country: country,
        factors: factors,
        marketing: marketing,
        isSizeKnown: dice.chance(0.92)
      )
    }
  }

  /// `form_answers.csv`: one line a lead, what it said of itself when it came in.
  func formAnswersFile(_ leads: [SimulatedLead], _ profiles: [Profile]) -> ExampleFile {
    var text = DelimitedText()
    text.row(["Record ID", "Company size", "Industry", "Country"] + Self.factorNames)
    for (lead, profile) in zip(leads, profiles) {
      text.row(
        [
          "\(lead.id)", profile.isSizeKnown ? "\(profile.size)" : "",
          Self.industries[profile.industry], Self.countries[profile.country],
        ] + profile.marketing.map { $0.map(Self.yesOrNo) ?? "" }
      )
    }
    return ExampleFile(name: "form_answers.csv", bytes: text.bytes)
  }

  /// `qualification.csv`: what reps found out when they spoke with a lead the first time.
  func qualificationFile(_ leads: [SimulatedLead], _ profiles: [Profile]) -> ExampleFile {
    var dice = draws(ofStream: 21)
    var text = DelimitedText()
    text.row(["Record ID", "Date"] + Self.factorNames)
    for (lead, profile) in zip(leads, profiles) {
      let episode = lead.episodes[0]
      guard episode.firstTouch != nil, let at = episode.salesQualified ?? episode.exit?.at,
        Self.hasHappened(at)
      else { continue }
      text.row(
        ["\(lead.id)", Self.clock.text(at)]
          + profile.factors.map { dice.chance(0.9) ? Self.yesOrNo($0) : "" }
      )
    }
    return ExampleFile(name: "qualification.csv", bytes: text.bytes)
  }

  /// `dispositions.csv`: what reps said of the leads that they were given; some they forgot.
  func dispositionsFile(_ leads: [SimulatedLead]) -> ExampleFile {
    var dice = draws(ofStream: 22)
    var text = DelimitedText()
    text.row(["Record ID", "Date", "Disposition", "Rep"])
    for lead in leads {
      for episode in lead.episodes where episode.firstTouch != nil {
        let isWritten = !dice.chance(0.08)
        guard let at = episode.salesQualified ?? episode.exit?.at, Self.hasHappened(at), isWritten
        else { continue }
        let word = episode.salesQualified != nil ? "Accepted" : episode.exit?.reason ?? ""
        text.row(["\(lead.id)", Self.clock.text(at), word, Self.reps[lead.rep]])
      }
    }
    return ExampleFile(name: "dispositions.csv", bytes: text.bytes)
  }

  /// `web_and_mail.csv`: what leads did: forms, visits, downloads, opened mails, and who wanted no
  /// more of them.
  func webAndMailFile(_ leads: [SimulatedLead]) -> ExampleFile {
    var dice = draws(ofStream: 23)
    var lines: [(lead: SimulatedLead, type: String, at: Instant)] = []
    for lead in leads {
      for episode in lead.episodes {
        let found = touches(in: episode, using: &dice)
        lines += found.filter { Self.hasHappened($0.at) }.map { (lead, $0.type, $0.at) }
      }
    }
    lines.sort { ($0.at, $0.lead.id, $0.type) < ($1.at, $1.lead.id, $1.type) }
    var text = DelimitedText()
    text.row(["Touch ID", "Record ID", "What", "Date", "Campaign"])
    for (position, line) in lines.enumerated() {
      text.row([
        "\(500_001 + position)", "\(line.lead.id)", line.type, Self.clock.text(line.at),
        line.type == "form" ? line.lead.campaign ?? "" : "",
      ])
    }
    return ExampleFile(name: "web_and_mail.csv", bytes: text.bytes)
  }

  private func touches(
    in episode: SimulatedEpisode,
    using dice: inout SeededGenerator
  ) -> [(type: String, at: Instant)] {
    var touches = [(type: "form", at: episode.began)]
    // Types with the chance of each of four, and how much likelier they are before a win.
    let habits = [
      ("page_visit", 0.35, 1.3), ("download", 0.1, 1.8), ("pricing_visit", 0.05, 3.0),
      ("email_open", 0.2, 1.2),
    ]
    let end = episode.marketingQualified ?? episode.began.advanced(bySeconds: 20 * 86_400)
    let minutes = max(1, Int((end.seconds - episode.began.seconds) / 60))
    for (type, chance, factor) in habits {
      let likely = episode.isWon ? chance * factor : chance
      for _ in 0..<4 {
        let happens = dice.chance(likely)
        let minute = dice.integer(below: minutes)
        if happens { touches.append((type, episode.began.advanced(bySeconds: Int64(minute) * 60))) }
      }
    }
    // Some look again after they were handed over, and some have had enough.
    for (type, chance) in [("page_visit", 0.3), ("email_open", 0.3), ("unsubscribe", 0.03)] {
      let happens = dice.chance(chance)
      let lag = Int64(dice.portableLogNormal(median: 12, spread: 0.8) * 1440) * 60
      if happens { touches.append((type, end.advanced(bySeconds: lag))) }
    }
    return touches
  }

  private static func yesOrNo(_ answer: Bool) -> String { answer ? "yes" : "no" }
}
