import ArgumentParser

/// `plumbline plan`: from the goal back to what has to be done now.
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Turn a quota into leads a week with their odds, and a budget into channels.",
    subcommands: [PlanBudget.self, PlanQuota.self],
    defaultSubcommand: PlanQuota.self
  )
}
