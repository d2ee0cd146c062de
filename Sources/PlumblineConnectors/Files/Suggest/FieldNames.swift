/// The names under which files carry one thing.
struct FieldNames: Sendable {
  /// Whole names in order of preference; compared by their letters and digits alone.
  let whole: [String]
  /// Whole names that also stand for something else: they serve where none of the others is there.
  let fallback: [String]
  /// Words of which one group must all be in a name that is not known as a whole.
  let words: [[String]]
  /// Words that a name of the second sort must not have.
  let without: Set<String>

  init(
    _ whole: [String],
    fallback: [String] = [],
    words: [[String]] = [],
    without: Set<String> = []
  ) {
    self.whole = whole.map(HeaderWords.compact)
    self.fallback = fallback.map(HeaderWords.compact)
    self.words = words
    self.without = without
  }

  /// From this rank on a name serves only where no better one is there.
  static let fallbackRank = 500
  /// From this rank on a name fits by its words only.
  static let wordsRank = 1000

  /// How well a name fits: the smaller the better; nil when it does not.
  func rank(_ name: HeaderWords) -> Int? {
    for (rank, known) in whole.enumerated() where name.keys.contains(known) { return rank }
    for (rank, known) in fallback.enumerated() where name.keys.contains(known) {
      return Self.fallbackRank + rank
    }
    guard without.isDisjoint(with: name.words) else { return nil }
    return words.firstIndex { group in group.allSatisfy(name.words.contains) }
      .map { Self.wordsRank + $0 }
  }
}

extension FieldNames {
  /// A name that says what kind of thing a key belongs to makes a key.
  static let key = FieldNames(
    [
      "id", "leadid", "contactid", "email", "accountid", "prospectid", "dealid", "opportunityid",
      "potentialid", "taskid", "callid", "eventid", "campaignid", "userid",
    ],
    words: [
      ["id"], ["ids"], ["email"], ["mail"], ["key"], ["uuid"], ["guid"], ["number"], ["nr"], ["no"],
      ["num"], ["code"], ["nummer"], ["lead"], ["contact"],
    ],
    without: notKeys
  )

  private static let notKeys: Set = [
    "amount", "birth", "code", "count", "date", "domain", "employees", "fax", "mobile", "of",
    "opened", "owner", "phone", "postal", "status", "stage", "source", "time", "type", "zip",
  ]

  /// Names of days and times.
  static let date = FieldNames(
    [
      "day", "tag", "jour", "día", "giorno", "dag", "dia", "datum", "fecha", "data", "день", "дата",
    ],
    words: [
      ["date"], ["day"], ["time"], ["timestamp"], ["at"], ["on"], ["datum"], ["fecha"], ["data"],
      ["created"], ["closed"], ["month"], ["week"], ["starts"], ["ends"],
    ]
  )

  static let leadID = FieldNames(
    [
      "lead id", "contact id", "prospect id", "record id", "person id", "id", "vid", "lead uuid",
      "lead key", "customer id", "cust num", "lead number", "lead no", "uuid", "kontakt id",
      "kunden id", "id du contact", "id contacto", "id do contato", "identifiant",
    ],
    words: [
      ["lead", "id"], ["contact", "id"], ["prospect", "id"], ["lead", "number"], ["uuid"],
    ],
    without: ["owner", "account", "company", "email", "deal", "campaign"]
  )

  static let created = FieldNames(
    [
      "create date", "created date", "created at", "created time", "creation date", "created on",
      "created", "lead created date", "lead created at", "lead created", "date created", "add time",
      "added", "signup date", "signed up", "registered", "registration date", "inquiry date",
      "erstellt am", "erstellungsdatum", "angelegt am", "anlagedatum", "eingang",
      "date de création",
      "créé le", "fecha de creación", "creado", "data de criação", "criado em", "data creazione",
      "creato il", "aanmaakdatum", "дата создания", "datum",
    ],
    words: [
      ["created"], ["create"], ["creation"], ["signup"], ["registered"], ["registration"],
      ["received"],
      ["engage"], ["opened"], ["inquiry"],
    ],
    without: ["by", "month", "year", "tier", "age", "associated", "modified", "last"]
  )

  static let channel = FieldNames(
    [
      "channel", "original source", "original traffic source", "lead source", "source",
      "utm source",
      "traffic source", "first touch channel", "touch channel", "acquisition channel",
      "marketing channel", "lead channel", "lead origin", "latest source", "platform", "network",
      "kanal", "quelle", "leadquelle", "lead-quelle", "herkunft", "canal", "origine",
      "source du lead",
      "fuente", "origen", "fonte", "origem", "canale", "bron", "kanaal", "źródło", "канал",
      "источник",
    ],
    words: [["channel"], ["source"], ["platform"], ["kanal"], ["quelle"], ["canal"]],
    without: ["drill", "id", "code", "data"]
  )

  static let campaign = FieldNames(
    [
      "campaign", "campaign name", "utm campaign", "lead campaign", "original source drill-down 1",
      "kampagne", "kampagnenname", "campagne", "nom de la campagne", "campaña",
      "nombre de la campaña", "campanha", "nome da campanha", "campagna", "nome campagna",
      "кампания",
    ],
    fallback: ["campaign id"],
    words: [["campaign"], ["kampagne"], ["campagne"]],
    without: [
      "budget", "status", "type", "start", "end", "date", "delivery", "objective", "group", "other",
    ]
  )

  static let segment = FieldNames(
    [
      "segment", "customer segment", "company size", "employee band", "industry", "sector",
      "branche",
      "secteur", "sektor",
    ],
    fallback: [
      "region", "employment type", "tier", "country", "land", "pays", "país", "specialization",
      "location", "lead profile",
    ],
    words: [["segment"], ["industry"], ["region"]],
    without: ["id", "state"]
  )

  static let owner = FieldNames(
    [
      "owner", "contact owner", "lead owner", "deal owner", "opportunity owner", "potential owner",
      "activity owner", "call owner", "event owner", "task owner", "sales rep", "sales agent",
      "rep",
      "agent", "assigned to", "assigned user", "account executive", "salesperson", "seller",
      "betreuer", "besitzer", "zuständig", "verantwortlich",
      "verantwortlicher", "vertriebler", "propriétaire", "commercial", "responsable", "propietario",
      "comercial", "proprietário", "vendedor", "responsável", "proprietario", "eigenaar",
      "менеджер",
    ],
    fallback: ["owner rep id", "rep id", "owner id", "sales rep id", "user id"],
    words: [["owner"], ["rep"], ["agent"], ["assigned"], ["salesperson"]],
    without: ["date", "user-agent", "browser", "team", "manager", "company", "account"]
  )

  static let status = FieldNames(
    [
      "lifecycle stage", "lead stage", "current stage", "lifecycle", "lead status", "funnel stage",
      "stage", "status", "phase", "lebenszyklusphase", "étape", "statut", "etapa", "estado",
      "stato",
      "fase", "статус",
    ],
    fallback: ["final status", "outcome"],
    words: [["stage"], ["status"], ["phase"], ["lifecycle"]],
    without: ["date", "reason", "employment", "marital", "email", "task", "campaign", "id"]
  )

  static let score = FieldNames(
    ["score", "lead score", "hubspot score", "fit score", "engagement score"],
    words: [["lead", "score"]],
    without: scoreMoments
  )

  /// A score that was kept as it was when sales got the lead.
  static let scoreAtHandOff = FieldNames(
    [
      "score at hand off", "score at handover", "hand off score", "handover score",
      "score at sql", "score at sal", "score at acceptance", "sal score", "sql score",
    ],
    words: [
      ["score", "hand", "off"], ["score", "hand", "over"],
    ]
      + scoreMoments.subtracting(["hand"]).sorted().map { ["score", $0] }
  )

  private static let scoreMoments: Set = [
    "acceptance", "accepted", "assignment", "hand", "handoff", "handover", "sal", "sql",
  ]

  static let reason = FieldNames(
    [
      "reason", "closed lost reason", "lost reason", "loss reason", "drop reason",
      "disqualified reason",
      "disqualification reason", "rejection reason", "verlustgrund", "grund", "motif",
      "raison de la perte", "motivo", "motivo de pérdida", "motivo da perda", "motivo perdita",
    ],
    words: [["reason"], ["grund"], ["motivo"]],
    without: ["id"]
  )

  static let currency = FieldNames(
    [
      "currency", "currency code", "amount currency", "currency of value", "currency iso code",
      "account currency", "deal currency", "währung", "devise", "moneda", "moeda", "valuta",
      "валюта",
    ],
    words: [["currency"]],
    without: ["rate", "amount"]
  )
}
