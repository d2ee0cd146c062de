import PlumblineCore

extension ExportProfile {
  /// A campaign report of Google Ads; without a column of days it covers the range in its preamble.
  static let googleAds = ExportProfile(
    name: "Google Ads campaign report",
    source: "google_ads",
    kind: .spend,
    signature: [
      ["Campaign", "Kampagne", "Campagne", "Campaña", "Campanha", "Campagna"],
      ["Cost", "Kosten", "Coût", "Coste", "Costo", "Custo"],
      ["Impr.", "Impressions", "Impressionen", "Impresiones"],
      [
        "Campaign type", "Campaign status", "Currency code", "Interactions", "Avg. CPC",
        "Conv. rate",
        "Währungscode", "Kampagnentyp", "Code de devise", "Type de campagne", "Código de moneda",
      ],
    ],
    fields: [
      "campaign": ["Campaign", "Kampagne", "Campagne", "Campaña", "Campanha", "Campagna"],
      "from": ["Day", "Tag", "Jour", "Día", "Dia", "Giorno", "Week", "Month"],
      "amount": ["Cost", "Kosten", "Coût", "Coste", "Costo", "Custo"],
      "currency": ["Currency code", "Währungscode", "Code de devise", "Código de moneda"],
      "impressions": ["Impr.", "Impressions", "Impressionen", "Impresiones"],
      "clicks": ["Clicks", "Klicks", "Clics", "Cliques"],
      "revenue": ["Conv. value", "Conversion value", "Conv.-Wert"],
    ],
    constants: ["channel": "Google Ads"]
  )
}
