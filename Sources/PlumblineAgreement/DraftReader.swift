import PlumblineCore
import PlumblineYAML

/// Reads the nodes of an agreement file into a draft and notes what has the wrong form.
struct DraftReader {
  private let findings: YAMLFindings
  private var draft = AgreementDraft()
  private var notedReserved: Set<String> = []

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
    noteReserved(AgreementKeys.top, in: fields)
    _ = fields.required("agreement")?.integer(in: 1...1)
    draft.company = fields["company"]?.text()
    draft.version = fields["version"]?.filledText()
    draft.effective = fields["effective"]?.text()
    draft.currency = fields["currency"]?.text()
    draft.timeZone = fields["time_zone"]?.text()
    if let stages = fields["stages"] { readStages(stages) }
    if let channels = fields["channels"] { readChannels(channels) }
    if let economics = fields["economics"] { readEconomics(economics) }
    if let horizons = fields["horizons"] { readHorizons(horizons) }
    if let verdict = fields["verdict"] { readVerdict(verdict) }
    if let time = fields["working_time"] { readWorkingTime(time) }
    if let sla = fields["sla"] { readSLA(sla) }
    draft.handOff = fields["hand_off"]?.filledText()
    draft.routing = fields["routing"]?.word(RoutingRule.self)
    if let plan = fields["plan"] { readPlan(plan) }
    return true
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
    noteReserved(AgreementKeys.stage, in: fields)
    let meaning = fields["is"]?.text()?.value ?? ""
    let owner = fields["owner"]?.word(Stage.Team.self)?.value
    let evidence = fields["evidence"]?.oneOrMore()?.compactMap { $0.word(Stage.Evidence.self) }
    let aliases = fields["also"]?.oneOrMore()?.compactMap { $0.filledText() } ?? []
    let confirmation = fields["confirmed_by"].flatMap { readConfirmation($0) }
    guard let id = fields.required("id")?.filledText() else { return nil }
    return AgreementDraft.StageEntry(
      id: id,
      meaning: meaning,
      owner: owner,
      evidence: evidence,
      aliases: aliases,
      confirmation: confirmation
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

  private mutating func readEconomics(_ value: YAMLValue) {
    guard let fields = value.fields(AgreementKeys.economics.known) else { return }
    draft.grossMargin = fields["gross_margin"]?.share()
    draft.horizonInMonths = fields["horizon"]?.span(in: .months)
    guard let cost = fields["sales_cost"]?.fields(AgreementKeys.salesCost.known) else { return }
    noteReserved(AgreementKeys.salesCost, in: cost)
    draft.repMonthCost = cost["rep_month"]?.decimal()
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
    draft.minimumLeads = fields["minimum_leads"]?.integer(in: 1...1_000_000)
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
    noteReserved(AgreementKeys.sla, in: fields)
    guard let sales = fields["sales"]?.fields(AgreementKeys.salesSLA.known) else { return }
    noteReserved(AgreementKeys.salesSLA, in: sales)
    var entry = AgreementDraft.SalesSLAEntry()
    if let touch = sales["first_touch"] {
      if case .mapping = touch.node.content {
        let spans = touch.fields(AgreementKeys.firstTouch.known)
        entry.firstTouch = spans?.required("default")?.promisedSpan()
        entry.hot = spans?["hot"]?.promisedSpan()
        entry.hotFrom = spans?["hot_from"]?.integer(in: -1_000_000...1_000_000)
      } else {
        entry.firstTouch = touch.promisedSpan()
      }
    }
    entry.attempts = sales["attempts"]?.attempts()
    entry.compliance = sales["compliance"]?.share()
    draft.salesSLA = entry
  }

  private mutating func readPlan(_ value: YAMLValue) {
    guard let fields = value.fields(AgreementKeys.plan.known) else { return }
    var plan = [readPlanLine(fields, of: nil)]
    for (name, value) in fields["channels"]?.pairs() ?? [] {
      guard WordKey.of(name.value) != "" else {
        findings.report(
          code: "agreement.no-value",
          "a planned channel's name must not be empty.",
          at: name.position
        )
        continue
      }
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

  /// Says once for each key that it is kept for later.
  private mutating func noteReserved(_ section: AgreementKeys.Section, in fields: YAMLFields) {
    for entry in fields.entries where section.reserved.contains(entry.key) {
      guard notedReserved.insert("\(section.name).\(entry.key)").inserted else { continue }
      findings.report(
        .note,
        code: "agreement.not-used-yet",
        "\"\(entry.key)\" is not used yet by this version.",
        at: entry.keyPosition
      )
    }
  }
}
