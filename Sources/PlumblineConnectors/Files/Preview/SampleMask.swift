/// Decides which cells may be shown to whoever looks a mapping through, and hides the others.
///
/// Dates, numbers and the few values of a category may; all else could name a person and is cut to
/// its first character.
struct SampleMask {
  /// Words of column names whose cells are about one person, or were typed by one.
  private static let personalWords: Set<String> = [
    "account", "address", "agent", "assigned", "assignee", "author", "birth", "birthday", "by",
    "caller", "city", "comment", "comments", "company", "contact", "customer", "description",
    "email", "employee", "fax", "first", "from", "host", "ip", "last", "linkedin", "mail",
    "manager", "message", "mobile", "name", "note", "notes", "organizer", "owner", "person",
    "phone", "postcode", "postal", "rep", "representative", "sender", "sdr", "seller", "street",
    "subject", "surname", "tel", "telephone", "url", "user", "username", "website", "zip",
  ]
  /// Words that make a name that of a thing.
  private static let thingWords: Set<String> = [
    "activity", "ad", "adset", "campaign", "category", "channel", "currency", "date", "event",
    "form", "group", "industry", "medium", "origin", "page", "pipeline", "product", "quality",
    "region", "segment", "source", "stage", "status", "time", "touch", "type",
  ]

  let isHiding: Bool

  /// What to do with a column's cells.
  ///
  /// - Parameters:
  ///   - column: What its first cells look like.
  ///   - isAboutPeople: Whether the mapping takes it for owners or words of people.
  init(_ column: ColumnEvidence, isAboutPeople: Bool) {
    let words = Set(column.words.words)
    let isPersonal =
      column.mailCount > 0
      || !words.isDisjoint(with: Self.personalWords) && words.isDisjoint(with: Self.thingWords)
    let isPlain = column.isDate || column.isNumber || column.isCategory
    isHiding = isAboutPeople || isPersonal || !isPlain
  }

  /// A cell as it may be shown.
  func shown(_ cell: String) -> String {
    guard isHiding, let first = cell.first else { return String(cell.prefix(60)) }
    return "\(first)…"
  }
}
