import PlumblineCore
import PlumblineYAML

/// Reads the nodes of an agreement file into a draft and notes what has the wrong form.
struct DraftReader {
  let findings: YAMLFindings
  private var draft = AgreementDraft()

  /// The draft of a file, or nil when the file is not an agreement in the known format.
  static func read(_ root: YAMLNode, findings: YAMLFindings) -> AgreementDraft? {
    var reader = DraftReader(findings: findings)
    return reader.read(root) ? reader.draft : nil
  }

  private init(findings: YAMLFindings) { self.findings = findings }

  private mutating func read(_ root: YAMLNode) -> Bool {
    let value = YAMLValue(root, name: "the agreement", findings: findings)
    if case .mapping(let entries) = root.content,
      let format = entries.first(where: { $0.key == "agreement" }),
      let text = format.value.scalar?.text, !format.value.isNull, text != "1"
    {
      findings.report(
        code: "agreement.format",
        "the agreement has format \"\(text.shownInMessage)\"; this version reads format 1.",
        at: format.value.position,
        remedy: "Write \"agreement: 1\", or use a newer version."
      )
      return false
    }
    guard let fields = value.fields(AgreementKeys.top.known) else { return false }
    _ = fields.required("agreement")?.integer(in: 1...1)
    draft.company = fields["company"]?.text()
    draft.version = fields["version"]?.filledText()
    draft.effective = fields["effective"]?.text()
    draft.currency = fields["currency"]?.text()
    draft.timeZone = fields["time_zone"]?.text()
    if let stages = fields["stages"] { readStages(stages) }
    if let channels = fields["channels"] { readChannels(channels) }
    if let economics = fields["economics"] { draft.economics = readEconomics(economics) }
    if let horizons = fields["horizons"] { readHorizons(horizons) }
    if let verdict = fields["verdict"] { readVerdict(verdict) }
    if let time = fields["working_time"] { readWorkingTime(time) }
    if let sla = fields["sla"] { readSLA(sla) }
    draft.handOff = fields["hand_off"]?.filledText()
    draft.routing = fields["routing"]?.word(RoutingRule.self)
    if let plan = fields["plan"] { readPlan(plan) }
    readLeadSections(fields)
    readTeamSections(fields)
    if let position = fields.keyPosition("signatures") {
      findings.report(
        .note,
        code: "agreement.signatures",
        "signatures in this file are not read: they would change the bytes that they sign.",
        at: position,
        remedy: "Sign the file with plumbline agreement sign; signatures stand beside it.",
        onPage: "Sign the version on this page once it is saved; signatures stand beside it."
      )
    }
    return true
  }

  private mutating func readLeadSections(_ fields: YAMLFields) {
    if let customer = fields["ideal_customer"] { draft.idealCustomer = readIdealCustomer(customer) }
    draft.qualifyingFactors = fields["qualifying_factors"].flatMap { readFactors($0) }
    draft.score = fields["score"].flatMap { readScore($0) }
    if let reasons = fields["dispositions"], let items = reasons.items() {
      draft.dispositions = items.compactMap { readDisposition($0) }
      draft.dispositionsPosition = reasons.position
      draft.hasAllDispositions = draft.dispositions?.count == items.count
    }
    draft.recycle = fields["recycle"]?.items()?.compactMap { readRecycleRule($0) } ?? []
    draft.suppression = fields["suppress"].flatMap { readSuppression($0) }
  }

  private mutating func readTeamSections(_ fields: YAMLFields) {
    if let goals = fields["goals"] { draft.goals = readGoals(goals) }
    if let incentives = fields["incentives"] { draft.incentives = readIncentives(incentives) }
    draft.launches = fields["launches"]?.items()?.compactMap { readLaunch($0) } ?? []
    if let vocabulary = fields["vocabulary"] { draft.vocabulary = readVocabulary(vocabulary) }
  }

  private mutating func readStages(_ value: YAMLValue) {
    guard let fields = value.fields(AgreementKeys.stages.known) else {
      draft.hasAllStages = false
      return
    }
    if let path = fields["path"] {
      draft.path = readStageList(path)
      draft.pathPosition = path.position
    }
    if let detours = fields["detours"] { draft.detours = readStageList(detours) }
    draft.skips = fields["skips"]?.word(SkipRule.self)
    draft.returns = fields["returns"]?.word(ReturnRule.self)
  }

  private mutating func readStageList(_ value: YAMLValue) -> [AgreementDraft.StageEntry]? {
    guard let items = value.items() else {
      draft.hasAllStages = false
      return nil
    }
    let entries = items.compactMap { readStage($0) }
    if entries.count < items.count { draft.hasAllStages = false }
    return entries
  }

  private mutating func readStage(_ value: YAMLValue) -> AgreementDraft.StageEntry? {
    guard case .mapping = value.node.content else {
      return value.filledText().map { AgreementDraft.StageEntry(id: $0) }
    }
    guard let fields = value.fields(AgreementKeys.stage.known) else { return nil }
    let meaning = fields["is"]?.text()?.value ?? ""
    let owner = fields["owner"]?.word(Stage.Team.self)?.value
    let evidence = fields["evidence"]?.oneOrMore()?.compactMap { $0.word(Stage.Evidence.self) }
    let aliases = fields["also"]?.oneOrMore()?.compactMap { $0.filledText() } ?? []
    let confirmation = fields["confirmed_by"].flatMap { readConfirmation($0) }
    let gate = fields["gate"].flatMap { readGate($0) }
    let staleAfter = fields["stale_after"]?.span(in: .days)
    guard let id = fields.required("id")?.filledText() else { return nil }
    return AgreementDraft.StageEntry(
      id: id,
      meaning: meaning,
      owner: owner,
      evidence: evidence,
      aliases: aliases,
      confirmation: confirmation,
      gate: gate,
      staleAfterDays: staleAfter
    )
  }

  private func readConfirmation(_ value: YAMLValue) -> AgreementDraft.ConfirmationEntry? {
    guard let fields = value.fields(AgreementKeys.confirmation.known) else { return nil }
    return AgreementDraft.ConfirmationEntry(
      position: value.position,
      stage: fields.required("stage")?.filledText(),
      withinDays: fields.required("within_days")?.integer(in: 1...SpanUnit.days.longest)
    )
  }

  private mutating func readChannels(_ value: YAMLValue) {
    guard case .mapping = value.node.content else {
      draft.channels =
        value.items()?.compactMap { $0.filledText() }
        .map { AgreementDraft.ChannelEntry(name: $0) } ?? []
      return
    }
    for (name, value) in value.pairs() ?? [] {
      guard WordKey.of(name.value) != "" else {
        findings.report(
          code: "agreement.no-value",
          "a channel's name must not be empty.",
          at: name.position
        )
        continue
      }
      var entry = AgreementDraft.ChannelEntry(name: name)
      if case .mapping = value.node.content {
        entry.aliases =
          value.fields(AgreementKeys.channel.known)?["also"]
          .flatMap { $0.oneOrMore()?.compactMap { $0.filledText() } } ?? []
      } else if !value.node.isNull {
        entry.aliases = value.oneOrMore()?.compactMap { $0.filledText() } ?? []
      }
      draft.channels.append(entry)
    }
  }

  private mutating func readHorizons(_ value: YAMLValue) {
    for (transition, value) in value.pairs() ?? [] {
      guard let days = value.span(in: .days) else { continue }
      draft.horizonsInDays.append((transition, days.value))
    }
  }

  private mutating func readVerdict(_ value: YAMLValue) {
    guard let fields = value.fields(AgreementKeys.verdict.known) else { return }
    draft.relativeDifference = fields["relative_difference"]?.share()
    draft.falseDiscoveryRate = fields["false_discovery_rate"]?.share()
    draft.minimumLeads = fields["minimum_leads"]?.integer(in: KeyRange.leads)
    for key in LeakThresholdKey.all {
      guard let value = fields[key.key] else { continue }
      switch key.content {
      case .share: if let share = value.share() { draft.leakDecimals.append((key, share)) }
      case .number: if let number = value.decimal() { draft.leakDecimals.append((key, number)) }
      case .count(_, let range):
        if let count = value.integer(in: range) { draft.leakCounts.append((key, count)) }
      }
    }
  }

  private mutating func readWorkingTime(_ value: YAMLValue) {
    guard let fields = value.fields(AgreementKeys.workingTime.known) else { return }
    var entry = AgreementDraft.WorkingTimeEntry()
    if let days = fields["days"], let parts = days.oneOrMore() {
      let read = parts.compactMap { $0.weekdays() }
      // A day that could not be read has its finding: whether any are left proves nothing.
      if read.count == parts.count {
        entry.days = Positioned(read.reduce(into: []) { $0.formUnion($1) }, at: days.position)
      }
    }
    if let hours = fields["hours"], let parts = hours.oneOrMore() {
      let read = parts.compactMap { $0.hours() }
      entry.hoursPosition = hours.position
      if read.count == parts.count { entry.hours = read }
    }
    entry.holidays = fields["holidays"]?.oneOrMore()?.compactMap { $0.date() } ?? []
    draft.workingTime = entry
  }

  private mutating func readSLA(_ value: YAMLValue) {
    guard let fields = value.fields(AgreementKeys.sla.known) else { return }
    draft.marketingSLA = fields["marketing"].flatMap { readMarketingSLA($0) }
    guard let sales = fields["sales"]?.fields(AgreementKeys.salesSLA.known) else { return }
    var entry = AgreementDraft.SalesSLAEntry()
    if let touch = sales["first_touch"] {
      if case .mapping = touch.node.content {
        let spans = touch.fields(AgreementKeys.firstTouch.known)
        entry.firstTouch = spans?.required("default")?.promisedSpan()
        entry.hot = spans?["hot"]?.promisedSpan()
        entry.hotFrom = spans?["hot_from"]?.integer(in: KeyRange.score)
      } else {
        entry.firstTouch = touch.promisedSpan()
      }
    }
    entry.attempts = sales["attempts"]?.attempts()
    entry.compliance = sales["compliance"]?.share()
    entry.disposition = sales["disposition"]?.promisedSpan()
    entry.remindBefore = sales["remind_before"]?.promisedSpan()
    entry.escalateAfter = sales["escalate_after"]?.promisedSpan()
    draft.salesSLA = entry
  }

  private mutating func readPlan(_ value: YAMLValue) {
    guard let fields = value.fields(AgreementKeys.plan.known) else { return }
    var plan = [readPlanLine(fields, of: nil)]
    for (name, value) in fields["channels"]?.pairs() ?? [] {
      guard isNamed(name, "a planned channel") else { continue }
      guard let fields = value.fields(AgreementKeys.plannedChannel.known) else { continue }
      plan.append(readPlanLine(fields, of: name))
    }
    draft.plan = plan
  }

  private func readPlanLine(
    _ fields: YAMLFields,
    of channel: Positioned<String>?
  ) -> AgreementDraft.PlanEntry {
    var entry = AgreementDraft.PlanEntry(channel: channel)
    entry.leads = fields["leads"]?.decimal()
    entry.meanDeal = fields["mean_deal"]?.decimal()
    for (transition, value) in fields["rates"]?.pairs() ?? [] {
      if let rate = value.share() { entry.rates.append((transition, rate)) }
    }
    return entry
  }
}
