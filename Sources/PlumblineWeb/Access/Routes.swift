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
    .get("/leads", .readers, LeadSearchPage.answer),
    .get("/leads/:id", .readers, LeadPage.answer),
    .post(
      "/leads/:id/disposition",
      .only(LeadDispositions.roles, .write),
      LeadDispositions.record
    ),
    .get("/rebound", .readers, ReboundPages.answer),
    .post("/rebound/decision", .only(ReboundPages.roles, .write), ReboundPages.decide),
    .get("/rebound/export", .only(ReboundPages.roles, .export), ReboundPages.export),
    .get("/sla", .readers, SLAPages.answer),
  ]

  /// For programs.
  private static let calls: [Route] = []
}
