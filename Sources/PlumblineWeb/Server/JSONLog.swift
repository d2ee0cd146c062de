import Foundation
import Logging
import Synchronization

/// A log of one JSON object a line on standard error: constant messages, facts as fields.
struct JSONLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info
  private let label: String

  init(label: String) { self.label = label }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var fields = metadata.merging(event.metadata ?? [:]) { _, new in new }
      .mapValues { "\($0)" }
    if let request = fields.removeValue(forKey: "hb.request.id") { fields["request"] = request }
    fields["time"] = Date().formatted(.iso8601)
    fields["level"] = event.level.rawValue
    fields["message"] = "\(event.message)"
    fields["logger"] = label
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard var line = try? encoder.encode(fields) else { return }
    line.append(0x0A)
    // One write a line, so that lines of several threads do not mix.
    FileHandle.standardError.write(line)
  }
}
