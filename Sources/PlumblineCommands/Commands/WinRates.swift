import ArgumentParser
import PlumblineCore

/// `plumbline win-rates`: the lesson of seven win rates on one set of data.
struct WinRates: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "win-rates",
    abstract: "Show seven win rates of one simulated company whose true rate is known."
  )

  func run() { print(WinRateLesson().table()) }
}
