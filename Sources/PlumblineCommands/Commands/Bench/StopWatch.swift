import Foundation

/// Time by the clock and by the processors.
struct StopWatch {
  private let wall: Double
  private let processor: Double

  /// Begins now.
  init() { self.init(wall: Self.wallSeconds(), processor: Self.processorSeconds()) }

  private init(wall: Double, processor: Double) {
    self.wall = wall
    self.processor = processor
  }

  /// Began with the process, which has only computed until now.
  static func fromProcessStart() -> StopWatch {
    StopWatch(wall: wallSeconds() - processorSeconds(), processor: 0)
  }

  struct Reading {
    var name: String
    var wall: Double
    var processor: Double
    var megabytes: Int

    var text: String {
      let numbers = [wall, processor].map { String(format: "%.3f", $0) }
      return "\(name): \(numbers[0]) s, \(numbers[1]) CPU s, \(megabytes) MB at most"
    }

    var json: String {
      let numbers = [wall, processor].map { String(format: "%.4f", $0) }
      return "{\"phase\": \"\(name)\", \"wall\": \(numbers[0]), \"cpu\": \(numbers[1]), "
        + "\"rss_mb\": \(megabytes)}"
    }
  }

  func reading(_ name: String) -> Reading {
    Reading(
      name: name,
      wall: Self.wallSeconds() - wall,
      processor: Self.processorSeconds() - processor,
      megabytes: Self.mostMegabytes()
    )
  }

  private static func wallSeconds() -> Double { ProcessInfo.processInfo.systemUptime }

  private static func usage() -> rusage {
    var usage = rusage()
    #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
    #else
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #endif
    return usage
  }

  private static func processorSeconds() -> Double {
    let usage = usage()
    return [usage.ru_utime, usage.ru_stime].reduce(0) { sum, time in
      sum + Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }
  }

  /// The most memory that the process ever held.
  private static func mostMegabytes() -> Int {
    #if canImport(Darwin)
    Int(usage().ru_maxrss) / (1 << 20)
    #else
    Int(usage().ru_maxrss) / (1 << 10)
    #endif
  }
}
