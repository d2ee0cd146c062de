public import ArgumentParser
import CMemory

/// The commands that work on a workspace or on files, in alphabetical order.
public enum CommandList {
  /// All of them.
  public static let all: [any ParsableCommand.Type] = [
    Agree.self, Alerts.self, AssistantCommand.self, Attainment.self, Backup.self, Bench.self,
    CustomerEconomics.self, Demo.self, Diagnose.self, DispositionCommand.self, Doctor.self,
    Funnel.self, Fuzz.self, Gap.self, Import.self, Initialize.self, Oracle.self, Plan.self,
    PulseCommand.self, ReboundCommand.self, Report.self, Restore.self, SLA.self, Show.self,
    Simulate.self, Truth.self, Watch.self, Weekly.self, WinRates.self,
  ]

  /// Lets the program keep memory that a command gives back, where the command ends soon.
  public static func keepMemory(for command: any ParsableCommand) {
    if !(command is AssistantCommand) { plumbline_keep_memory() }
  }

  /// The arguments of a command line with what people leave out of an option that may stand alone.
  public static func completed(_ arguments: [String]) -> [String] {
    Weekly.withLastMonth(arguments)
  }
}
