extension FieldNames {
  // MARK: Deals

  static let dealID = FieldNames(
    [
      "deal id", "opportunity id", "potential id", "record id", "id", "deal - id", "opp id",
      "order id", "deal number", "opportunity number", "auftragsnummer",
    ],
    words: [["deal", "id"], ["opportunity", "id"], ["potential", "id"], ["opp", "id"]],
    without: ["stage", "account", "owner", "lead", "contact", "campaign"]
  )

  static let dealLead = FieldNames(
    [
      "lead id", "associated contact ids", "associated contact id", "contact id", "prospect id",
      "person id", "primary contact id", "associated contact email", "contact email", "lead",
      "email", "person - email", "associated contact", "lead email", "contact ids", "customer id",
      "who id", "contact", "kontakt id", "id du contact", "record id",
    ],
    words: [
      ["lead", "id"], ["contact", "id"], ["contact", "ids"], ["contact", "email"],
      ["prospect", "id"],
      ["lead"],
    ],
    without: [
      "owner", "source", "status", "stage", "date", "name", "account", "company", "created",
      "active",
      "reason", "score", "type", "time",
    ]
  )

  static let closed = FieldNames(
    [
      "close date", "closed date", "closing date", "closed at", "closed on", "closed",
      "closed time",
      "actual close date", "close time", "won time", "end date", "abschlussdatum", "geschlossen am",
      "date de clôture", "date de fermeture", "fecha de cierre", "data de fechamento",
      "data di chiusura", "sluitdatum",
    ],
    fallback: ["expected close date", "estimated close date"],
    words: [["close"], ["closed"], ["closing"], ["won"]],
    without: ["reason", "days", "value"]
  )

  static let dealStage = FieldNames(
    [
      "deal stage", "stage", "stage name", "opportunity stage", "sales stage", "pipeline stage",
      "phase", "verkaufsphase", "étape", "etapa", "fase",
    ],
    fallback: ["status"],
    words: [["stage"], ["phase"]],
    without: ["id", "date", "change"]
  )

  static let dealOutcome = FieldNames(
    [
      "close outcome", "deal status", "outcome", "status", "forecast type", "result", "won lost",
      "deal stage", "stage", "stage name", "opportunity stage",
    ],
    words: [["outcome"], ["status"], ["result"], ["stage"]],
    without: ["id", "date", "task"]
  )

  static let amount = FieldNames(
    [
      "amount", "deal value", "value", "close value", "deal amount", "amount in company currency",
      "total amount", "contract value", "acv", "tcv", "arr", "estimated acv", "revenue", "betrag",
      "wert", "umsatz", "montant", "importe", "valor", "importo", "bedrag", "сумма",
    ],
    words: [["amount"], ["value"], ["acv"], ["revenue"]],
    without: ["weighted", "expected", "tier", "currency", "probability", "factored", "conv"]
  )

  static let probability = FieldNames(
    [
      "probability", "deal probability", "deal - probability", "win probability",
      "close probability", "opportunity probability", "abschlusswahrscheinlichkeit",
      "wahrscheinlichkeit", "probabilité", "probabilidad", "probabilidade", "probabilità",
      "waarschijnlijkheid", "вероятность",
    ],
    fallback: ["forecast probability"],
    words: [["probability"]],
    without: ["amount", "category", "churn", "date", "revenue", "tier", "value", "weighted"]
  )

  // MARK: Spend

  static let spend = FieldNames(
    [
      "cost", "amount spent", "total spent", "spend", "ad spend", "actual cost", "spent",
      "total cost",
      "media cost", "costs", "kosten", "ausgegebener betrag", "ausgaben", "coût", "montant dépensé",
      "dépenses", "coste", "costo", "importe gastado", "gasto", "custo", "valor usado",
      "valor gasto", "importo speso", "spesa", "uitgaven", "расход", "затраты",
    ],
    words: [["spend"], ["spent"], ["cost"], ["costs"], ["kosten"]],
    without: [
      "avg", "average", "budgeted", "conv", "cpc", "cpm", "days", "hours", "minutes", "per",
      "platform",
      "sales", "seconds", "time",
    ]
  )

  static let from = FieldNames(
    [
      "day", "date", "reporting starts", "start date", "gregorian date", "from", "campaign date",
      "week", "month", "tag", "jour", "día", "fecha", "dia", "data", "giorno", "datum", "dag",
      "berichtsstart", "début des rapports", "inicio del informe", "início dos relatórios", "дата",
    ],
    words: [["date"], ["day"], ["start"], ["month"], ["week"]],
    without: ["end", "ends", "modified", "created", "end"]
  )

  static let to = FieldNames(
    [
      "reporting ends", "end date", "to", "berichtsende", "fin des rapports", "fin del informe",
      "término dos relatórios",
    ],
    words: [["end", "date"]],
    without: ["campaign"]
  )

  static let impressions = FieldNames(
    [
      "impressions", "impr.", "impressionen", "impresiones", "impressões", "impressioni",
      "vertoningen",
      "показы",
    ])

  static let clicks = FieldNames(
    [
      "clicks", "link clicks", "clicks (all)", "klicks", "clics", "clics sur le lien", "cliques",
      "clic", "klikken", "клики",
    ],
    fallback: ["interactions"]
  )

  static let spendLeads = FieldNames(
    ["leads", "lead count", "number of leads"],
    fallback: ["results"]
  )

  static let spendOrders = FieldNames(
    [
      "orders", "purchases", "website purchases", "bestellungen", "käufe", "commandes", "achats",
      "pedidos", "compras", "ordini", "acquisti", "bestellingen", "aankopen", "заказы", "покупки",
    ]
  )

  static let spendRevenue = FieldNames(
    [
      "revenue", "revenue generated", "generated revenue", "total revenue", "conv. value",
      "conversion value", "total conv. value", "total conversion value",
      "purchases conversion value",
      "purchase conversion value", "website purchases conversion value", "umsatz", "conv.-wert",
      "chiffre d'affaires", "ingresos", "receita", "fatturato", "omzet", "выручка",
    ],
    words: [["revenue"], ["conversion", "value"], ["conv", "value"]],
    without: [
      "all", "average", "avg", "cost", "expected", "margin", "per", "pipeline", "roas", "share",
      "target",
    ]
  )

  // MARK: Activities, meetings and touches

  static let activityID = FieldNames(
    [
      "activity id", "task id", "call id", "engagement id", "event id", "meeting id", "touch id",
      "session id", "visit id", "hit id", "submission id", "record id", "id",
    ],
    words: [
      ["activity", "id"], ["task", "id"], ["call", "id"], ["event", "id"], ["touch", "id"],
    ]
  )

  static let type = FieldNames(
    [
      "activity type", "type", "touch type", "session type", "engagement type", "event type",
      "task type", "kind", "aktivitätstyp", "art", "typ", "type d'activité", "tipo",
    ],
    fallback: ["subject"],
    words: [["type"]],
    without: ["lead", "deal", "email", "domain"]
  )

  static let at = FieldNames(
    [
      "activity date", "activity timestamp", "touch timestamp", "session timestamp", "timestamp",
      "date", "call start time", "start datetime", "start time", "event date", "occurred at",
      "time",
      "datum", "fecha", "date entered", "stage date", "changed at", "entered at", "at",
    ],
    fallback: ["created time", "created at", "create date", "created date", "conversion date"],
    words: [["timestamp"], ["date"], ["start"], ["time"], ["entered"], ["changed"], ["at"]],
    without: ["due", "modified", "end", "duration", "tier"]
  )

  static let outcome = FieldNames(
    [
      "outcome", "call outcome", "activity outcome", "result", "call result", "disposition",
      "ergebnis", "résultat", "resultado",
    ],
    fallback: ["task status", "status"],
    words: [["outcome"], ["result"], ["disposition"]],
    without: ["meeting"]
  )

  static let meetingOutcome = FieldNames(
    ["meeting outcome", "outcome", "meeting status", "status", "result", "ergebnis"],
    words: [["outcome"], ["status"]],
    without: ["call", "task"]
  )

  static let booked = FieldNames(
    ["booked", "booked at", "booking date", "booked on", "scheduled on", "gebucht am"],
    fallback: ["created time", "create date", "created date", "created at", "created"],
    words: [["booked"], ["booking"]]
  )

  static let starts = FieldNames(
    [
      "start time", "starts", "starts at", "start datetime", "meeting start", "meeting date",
      "meeting start time", "start date", "start", "beginn", "début", "inicio",
    ],
    fallback: ["activity date", "date"],
    words: [["start"], ["starts"], ["meeting", "date"]],
    without: ["created", "booked"]
  )

  static let direction = FieldNames(
    ["direction", "touch direction", "call direction"],
    words: [["direction"]]
  )

  static let automated = FieldNames(
    ["automated", "is automated", "automatic", "is automatic", "created by", "created source"],
    words: [["automated"]]
  )

  // MARK: Stages and owners

  static let stageName = FieldNames(
    [
      "stage", "stage name", "lifecycle stage", "new stage", "to stage", "new value", "lead stage",
      "status", "new status", "lead status", "phase", "step", "funnel stage", "étape", "etapa",
      "fase",
    ],
    words: [["stage", "name"], ["stage"], ["phase"], ["step"], ["status"]],
    without: ["date", "reason", "old", "from", "previous"]
  )

  static let stepStatus = FieldNames(
    ["stage status", "step status", "state", "completed", "done"],
    words: [["stage", "status"], ["step", "status"]]
  )

  static let ownerName = FieldNames(
    ["name", "full name", "user name", "rep name", "last name", "owner name"])

  static let team = FieldNames(
    ["team", "sales team", "manager", "department"],
    fallback: ["regional office", "region", "group"]
  )

  static let zone = FieldNames(["time zone", "timezone", "zone"])
}
