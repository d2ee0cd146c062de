import PlumblineCore

extension ExportProfile {
  /// An export of Meta's Ads Manager; the currency stands in the name of the amount's column.
  static let metaAds = ExportProfile(
    name: "Meta Ads campaigns",
    source: "meta_ads",
    kind: .spend,
    signature: [
      [
        "Campaign name", "Kampagnenname", "Nom de la campagne", "Nombre de la campaña",
        "Nome da campanha",
      ],
      [
        "Amount spent", "Ausgegebener Betrag", "Montant dépensé", "Importe gastado", "Valor usado",
        "Valor gasto",
      ],
    ],
    fields: [
      "account": ["Account name"],
      "campaign": [
        "Campaign name", "Kampagnenname", "Nom de la campagne", "Nombre de la campaña",
        "Nome da campanha",
      ],
      "from": [
        "Day", "Tag", "Jour", "Día", "Dia", "Reporting starts", "Berichtsstart",
        "Début des rapports",
        "Inicio del informe", "Início dos relatórios",
      ],
      "to": [
        "Day", "Tag", "Jour", "Día", "Dia", "Reporting ends", "Berichtsende", "Fin des rapports",
        "Fin del informe", "Término dos relatórios",
      ],
      "amount": [
        "Amount spent", "Ausgegebener Betrag", "Montant dépensé", "Importe gastado", "Valor usado",
        "Valor gasto",
      ],
      "currency": ["Currency"],
      "impressions": ["Impressions", "Impressionen", "Impresiones", "Impressões"],
      "clicks": ["Link clicks", "Clicks (all)", "Clics sur le lien", "Clics en el enlace"],
      "leads": ["Leads"],
      "orders": ["Purchases", "Website purchases"],
      "revenue": ["Purchases conversion value", "Website purchases conversion value"],
    ],
    constants: ["channel": "Meta"]
  )
}
