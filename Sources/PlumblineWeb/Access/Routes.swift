/// Every page and call with who may ask for it: the one place that says so.
enum Routes {
  /// All of them.
  static let table: [Route] = open + pages + calls

  /// For whoever reaches the server.
  private static let open: [Route] = [
    .get("/assets/:name", .anyone, StaticAssets.answer),
    .get("/healthz", .anyone, Health.live),
    .get("/readyz", .anyone, Health.ready),
    .get("/setup", .anyone, SetupPage.form),
    .post("/setup", .anyone, SetupPage.send),
    .get("/sign-in", .anyone, SignInPage.form),
    .post("/sign-in", .anyone, SignInPage.send),
    .post("/sign-out", .readers, SignInPage.leave),
  ]

  /// For people.
  private static let pages: [Route] = [
    .get("/", .readers, VerdictPage.answer),
    .get("/plan", .readers, PlanPage.answer),
    .get("/plan/budget", .readers, BudgetPage.answer),
    .get("/plan/hires", .readers, HiresPage.answer),
    .get("/plan/leads", .readers, PlanLeadsPage.answer),
    .get("/scorecards", .readers, ScorecardsPage.answer),
    .get("/scorecards/checks", .leaders, ChecksPage.answer),
    .get("/scorecards/records", .readers, ScorecardRecordsPage.answer),
  ]

  /// For programs.
  private static let calls: [Route] =
    [.get("/api/openapi.json", .anyone, OpenAPI.answer)] + QuestionCalls.routes
}
