/// Every page and call with who may ask for it: the one place that says so.
enum Routes {
  /// All of them.
  static let table: [Route] = open + pages + calls

  /// For whoever reaches the server.
  private static let open: [Route] = [
    .get("/assets/:name", .anyone, StaticAssets.answer),
    .get("/healthz", .anyone, Health.live),
    .get("/readyz", .anyone, Health.ready),
  ]

  /// For people.
  private static let pages: [Route] = [
    .get("/", .readers, VerdictPage.answer),
    .get("/channels", .readers, ChannelsPage.answer),
    .get("/owners", .readers, OwnersPage.answer),
    .get("/records", .readers, RecordsPage.answer),
    .get("/records.csv", .everyone(.export), RecordsPage.file),
  ]

  /// For programs.
  private static let calls: [Route] = []
}
