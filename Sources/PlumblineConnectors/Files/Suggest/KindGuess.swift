import PlumblineCore

/// What a table that is no known export is about, guessed from its columns.
///
/// Each sign adds points; the weights only order the guesses: what the rows' own key names counts
/// most, then columns that hardly any other kind has.
struct KindGuess: Sendable {
  /// The likeliest kind; nil when too little speaks for any.
  let kind: FactKind?
  /// Another kind that nearly as much speaks for.
  let runnerUp: FactKind?

  /// Fewer points than this are no guess.
  private static let leastPoints = 4

  init(_ table: TableEvidence) {
    let signs = KindSigns(table)
    let points: [(kind: FactKind, points: Int)] = [
      (.deal, signs.deal), (.spend, signs.spend), (.stageEvent, signs.stageEvent),
      (.meeting, signs.meeting), (.activity, signs.activity), (.touch, signs.touch),
      (.lead, signs.lead), (.owner, signs.owner),
    ]
    let ranked = points.enumerated().filter { $0.element.points >= Self.leastPoints }
      .sorted { ($1.element.points, $0.offset) < ($0.element.points, $1.offset) }
      .map(\.element)
    kind = ranked.first?.kind
    runnerUp =
      ranked.count > 1 && ranked[0].points - ranked[1].points <= 1 ? ranked[1].kind : nil
  }
}

/// What the key of a table's rows names.
enum KeyEntity: Sendable {
  case activity, deal, lead, meeting, other, owner, touch

  /// The entity that the name of a key column names, as `Lead ID`, `LEADID` or `lead_number` do.
  init?(_ name: HeaderWords) {
    let compact = name.keys.first ?? ""
    for (root, entity) in Self.roots {
      let isKey = ["id", "ids", "key", "no", "number", "uuid"].contains { compact == root + $0 }
      if isKey || (name.words.first == root && name.words.count > 1) {
        self = entity
        return
      }
    }
    return nil
  }

  private static let roots: [(String, KeyEntity)] = [
    ("account", .other), ("activity", .activity), ("appointment", .meeting), ("call", .activity),
    ("campaign", .other), ("company", .other), ("contact", .lead), ("customer", .other),
    ("deal", .deal), ("employee", .owner), ("engagement", .activity), ("event", .meeting),
    ("hit", .touch), ("lead", .lead), ("meeting", .meeting), ("opp", .deal), ("opportunity", .deal),
    ("organization", .other), ("owner", .owner), ("person", .lead), ("potential", .deal),
    ("product", .other), ("prospect", .lead), ("rep", .owner), ("session", .touch),
    ("submission", .touch), ("subscription", .other), ("task", .activity), ("touch", .touch),
    ("user", .owner), ("visit", .touch),
  ]
}

/// The signs that speak for each kind.
private struct KindSigns {
  private let columns: [ColumnEvidence]
  private let entity: KeyEntity?
  private let isEmpty: Bool

  init(_ table: TableEvidence) {
    columns = table.columns.filter { $0.isNameable && !$0.isBlank }
    isEmpty = table.rowCount == 0
    let key = columns.first { column in
      (column.isUnique || column.rowCount == 0) && FieldNames.key.rank(column.words) != nil
    }
    entity = key.flatMap { KeyEntity($0.words) }
  }

  private func has(_ names: FieldNames, _ fits: (ColumnEvidence) -> Bool = { _ in true }) -> Bool {
    columns.contains { names.rank($0.words) != nil && (isEmpty || fits($0)) }
  }

  private func points(_ holds: Bool, _ points: Int) -> Int { holds ? points : 0 }

  private func hasValue(_ names: FieldNames, _ test: (String) -> Bool) -> Bool {
    columns.contains { column in
      names.rank(column.words) != nil && column.isCategory
        && column.values?.contains { test($0.text) } == true
    }
  }

  var lead: Int {
    let isSomethingElse = entity != nil && entity != .lead
    // A name such as "Lead ID" says something even where its values repeat.
    let isNamed = columns.contains { KeyEntity($0.words) == .lead }
    return points(entity == .lead, 4) + points(entity == nil && isNamed, 2)
      + points(has(.channel) { !$0.isDate }, 2)
      + points(columns.contains { $0.isMail || $0.words.isNamed("email") }, 1)
      + points(has(.created, \.isDate), 1) + points(has(.status, \.isCategory), 1)
      + points(has(.owner), 1) - points(isSomethingElse, 4)
      - points(has(.amount, \.isNumber) && has(.closed, \.isDate), 3)
  }

  var deal: Int {
    let isSold =
      hasValue(.dealOutcome) { StageWords.dealOutcome($0) == "won" }
      && hasValue(.dealOutcome) { StageWords.dealOutcome($0) == "lost" }
    let isNamed = columns.contains { column in
      !Set(["deal", "opportunity", "potential"]).isDisjoint(with: column.words.words)
    }
    let isPriced = has(.amount, \.isNumber) && has(.closed, \.isDate)
    guard entity == .deal || isPriced || isSold else { return 0 }
    return points(entity == .deal, 4) + points(isPriced, 4) + points(isSold, 3)
      + points(isNamed, 2)
  }

  var spend: Int {
    guard has(.spend, \.isNumber) else { return 0 }
    return 4 + points(has(.campaign) || has(.channel), 2) + points(has(.from, \.isDate), 1)
      + points(has(.impressions) || has(.clicks), 2)
  }

  var stageEvent: Int {
    let namesLead = columns.contains { column in
      FieldNames.dealLead.rank(column.words) != nil && !column.isDate
        && (column.duplicateCount > 0 || isEmpty || !column.isUnique)
    }
    guard namesLead, has(.stageName, \.isCategory), has(.at, \.isDate), entity == nil
    else { return 0 }
    return 5 + points(has(.reason), 1) + points(columns.count <= 8, 2)
  }

  var activity: Int {
    points(entity == .activity, 4) + points(hasValue(.type, ValueWords.isContact), 3)
      + points(has(.at, \.isDate), 1) + points(has(.owner), 1)
      - points(entity == .lead || entity == .deal, 4)
  }

  var meeting: Int {
    points(entity == .meeting, 4) + points(has(.starts, \.isDate), 1)
      + points(has(.booked, \.isDate), 1)
      + points(hasValue(.meetingOutcome) { ValueWords.meetingOutcome($0) == "no_show" }, 2)
      - points(entity == .lead || entity == .deal, 4)
  }

  var touch: Int {
    points(entity == .touch, 4) + points(hasValue(.type, ValueWords.isTouch), 3)
      + points(has(.at, \.isDate), 1) - points(entity == .lead || entity == .deal, 4)
  }

  var owner: Int { points(entity == .owner, 5) - points(has(.at, \.isDate), 2) }
}
