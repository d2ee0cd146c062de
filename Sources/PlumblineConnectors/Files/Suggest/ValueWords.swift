/// Words that values of certain columns are made of.
enum ValueWords {
  /// Whether a value says yes.
  static func isYes(_ value: String) -> Bool { yes.contains(ValueRenames.key(value)) }

  /// Whether a value says no.
  static func isNo(_ value: String) -> Bool { no.contains(ValueRenames.key(value)) }

  // Only words that conditions and flags can be checked with; more languages for yes and no.
  private static let yes: Set = [
    "1", "ja", "oui", "sí", "si", "sim", "t", "true", "y", "yes", "да",
  ]
  private static let no: Set = [
    "0", "f", "false", "n", "nein", "nee", "no", "non", "não", "нет",
  ]

  /// Whether a text stands where nothing was entered; the reader may see it otherwise.
  static func isPlaceholder(_ value: String) -> Bool {
    placeholders.contains(ValueRenames.key(value))
      || value.allSatisfy { $0 == "-" || $0 == "–" || $0 == "—" }
  }

  private static let placeholders: Set = [
    "#n/a", "(none)", "(not set)", "(unknown)", "n/a", "nan", "nil", "none", "not set", "null",
    "please choose", "please select", "select", "select an option", "select one", "tbd",
    "undefined",
    "bitte wählen", "keine angabe", "k.a.", "sélectionner", "seleccionar", "selecione",
  ]

  /// What an outcome of a meeting means, in the words that answers know.
  static func meetingOutcome(_ value: String) -> String? {
    switch HeaderWords(value).phrase {
    case "attended", "complete", "completed", "done", "held", "show", "showed", "showed up",
      "took place":
      "held"
    case "no show", "noshow", "did not attend", "missed", "not attended": "no_show"
    case "canceled", "cancelled", "declined": "cancelled"
    case "postponed", "rescheduled": "rescheduled"
    default: nil
    }
  }

  /// Whether a value names something that sales does with a buyer.
  static func isContact(_ value: String) -> Bool {
    has(
      value,
      [
        "anruf", "appel", "call", "chat", "demo", "email", "e-mail", "mail", "linkedin", "llamada",
        "meeting", "message", "reunión", "sms", "termin", "visit", "whatsapp",
      ]
    )
  }

  /// Whether a value names something that is planned or written down, not done with a buyer.
  static func isPaperwork(_ value: String) -> Bool {
    has(value, ["aufgabe", "note", "notiz", "nota", "reminder", "task", "tarea", "tâche", "todo"])
  }

  /// Whether a value names a meeting.
  static func isMeeting(_ value: String) -> Bool {
    has(value, ["appointment", "demo", "meeting", "réunion", "reunión", "termin"])
  }

  /// Whether a value names something that the buyer does.
  static func isTouch(_ value: String) -> Bool {
    has(
      value,
      [
        "click", "clicked", "content", "download", "form", "open", "opened", "page", "pageview",
        "session", "submission", "visit", "visited", "webinar", "website",
      ]
    )
  }

  /// Whether a value says that a program, not a person, acted.
  static func isAutomatic(_ value: String) -> Bool {
    has(
      value,
      [
        "api", "automatic", "automated", "automation", "bot", "sequence", "system", "workflow",
      ]
    )
  }

  /// Whether a value says that a step was done.
  static func isDone(_ value: String) -> Bool {
    ["complete", "completed", "done", "erledigt", "finished", "passed", "reached", "terminé"]
      .contains(ValueRenames.key(value)) || isYes(value)
  }

  private static func has(_ value: String, _ words: Set<String>) -> Bool {
    !words.isDisjoint(with: HeaderWords(value).words)
  }
}
