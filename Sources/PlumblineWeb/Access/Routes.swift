import PlumblineCore

/// Every page and call with who may ask for it: the one place that says so.
enum Routes {
  /// All of them.
  static let table: [Route] = open + pages + calls

  /// For whoever reaches the server.
  private static let open: [Route] = [
    .get("/assets/:name", .anyone, StaticAssets.answer),
    .get("/healthz", .anyone, Health.live),
    .get("/p/:token", .anyone, PulseAnswering.form),
    .post("/p/:token", .anyone, PulseAnswering.answer),
    .get("/readyz", .anyone, Health.ready),
    .get("/setup", .anyone, SetupPage.form),
    .post("/setup", .anyone, SetupPage.send),
    .get("/sign-in", .anyone, SignInPage.form),
    .post("/sign-in", .anyone, SignInPage.send),
    .get("/sign-in/openid", .anyone, OpenIDPage.begin),
    .get(OpenIDSignIn.returnPath, .anyone, OpenIDPage.finish),
    .post("/sign-out", .readers, SignInPage.leave),
  ]

  /// For people.
  private static let pages: [Route] = [
    .get("/", .readers, VerdictPage.answer),
    .get("/agreement", .readers, AgreementPage.answer),
    .post("/agreement/check", .readers, AgreementPage.check),
    .get("/agreement/diff", .readers, AgreementPricing.compare),
    .post("/agreement/key", .signers, AgreementSigning.makeKey),
    .post("/agreement/price", .readers, AgreementPricing.price),
    .post("/agreement/save", .savers, AgreementSaving.answer),
    .post("/agreement/sign", .signers, AgreementSigning.sign),
    .get("/channels", .readers, ChannelsPage.answer),
    .get("/data", .readers, DataPage.answer),
    .post("/data/agreement", .importers, StarterForm.answer),
    .get("/data/check", .admins, CheckPage.answer),
    .post("/data/check", .admins, CheckPage.check),
    .post("/data/import", .importers, ImportForm.answer),
    .get("/data/imports/:number", .readers, ImportPage.answer),
    .get("/data/imports/:number/refused.csv", .importedRows, ImportPage.refused),
    .get("/data/jobs/:id", .importers, JobPage.answer),
    .upload("/data/upload", .importers, UploadForm.answer),
    .get("/data/uploads/:id", .importers, UploadPage.answer),
    .post("/data/uploads/:id", .importers, UploadPage.change),
    .get("/events", .readers, LiveEvents.answer),
    .get("/glossary", .readers, GlossaryPage.answer),
    .get("/leads", .readers, LeadSearchPage.answer),
    .get("/leads/:id", .readers, LeadPage.answer),
    .post(
      "/leads/:id/disposition",
      .only(LeadDispositions.roles, .write),
      LeadDispositions.record
    ),
    .get("/owners", .readers, OwnersPage.answer),
    .get("/plan", .readers, PlanPage.answer),
    .get("/plan/budget", .readers, BudgetPage.answer),
    .get(NumberList.budget.path, .readers, NumberList.budget.answer),
    .get(NumberList.budget.file, .everyone(.export), NumberList.budget.download),
    .get("/plan/hires", .readers, HiresPage.answer),
    .get(NumberList.hires.path, .readers, NumberList.hires.answer),
    .get(NumberList.hires.file, .everyone(.export), NumberList.hires.download),
    .get("/plan/leads", .readers, PlanLeadsPage.answer),
    .get("/plan/leads.csv", .everyone(.export), PlanLeadsPage.file),
    .get(NumberList.plan.path, .readers, NumberList.plan.answer),
    .get(NumberList.plan.file, .everyone(.export), NumberList.plan.download),
    .get("/pulse", .readers, PulsePage.answer),
    .post("/pulse/invitations", .inviters, PulseInviting.answer),
    .get("/rebound", .readers, ReboundPages.answer),
    .get(NumberList.rebound.path, .readers, NumberList.rebound.answer),
    .get(NumberList.rebound.file, .everyone(.export), NumberList.rebound.download),
    .post("/rebound/decision", .only(ReboundPages.roles, .write), ReboundPages.decide),
    .get("/rebound/export", .only(ReboundPages.roles, .export), ReboundPages.export),
    .get("/records", .readers, RecordsPage.answer),
    .get("/records.csv", .everyone(.export), RecordsPage.file),
    .get("/scorecards", .readers, ScorecardsPage.answer),
    .get("/scorecards/checks", .leaders, ChecksPage.answer),
    .get("/scorecards/records", .readers, ScorecardRecordsPage.answer),
    .get("/scorecards/records.csv", .everyone(.export), ScorecardRecordsPage.file),
    .get("/settings", .everyone(.admin), SettingsPage.answer),
    .post("/settings/accounts", .admins, AccountList.make),
    .post("/settings/accounts/:id", .admins, AccountList.change),
    .post("/settings/accounts/:id/off", .admins, AccountList.lockOut),
    .post("/settings/accounts/:id/on", .admins, AccountList.letIn),
    .post("/settings/accounts/:id/password", .admins, AccountList.resetPassword),
    .get("/settings/audit", .admins, AuditPage.answer),
    .post("/settings/password", .everyone(.admin), SettingsPage.changePassword),
    .post("/settings/tokens", .everyone(.admin), TokenList.make),
    .post("/settings/tokens/:id/revoke", .everyone(.admin), TokenList.revoke),
    .get("/sla", .readers, SLAPages.answer),
    .get("/sla.csv", .everyone(.export), SLAPages.file),
    .get("/weekly", .readers, WeeklyPages.list),
    .get("/weekly/:period", .readers, WeeklyPages.page),
    .get("/weekly/:period/leads", .readers, WeeklyLeadsPage.answer),
    .get("/weekly/:period/leads.csv", .everyone(.export), WeeklyLeadsPage.file),
  ]

  /// For programs.
  private static let calls: [Route] =
    [
      .get("/api/openapi.json", .anyone, OpenAPI.answer),
      .get("/metrics", .only([.admin], .read), Health.metrics),
    ] + QuestionCalls.routes + Call.all.map(\.route)
}
