import HTTPTypes
import Synchronization

/// How many requests there were, and how long they took, for Prometheus.
final class RequestTally: Sendable {
  private struct Series: Hashable, Comparable {
    var route: String
    var method: String
    var status: Int

    static func < (left: Series, right: Series) -> Bool {
      (left.route, left.method, left.status) < (right.route, right.method, right.status)
    }
  }

  private struct Counts {
    var count = 0
    var seconds = 0.0
    var within = [Int](repeating: 0, count: RequestTally.bounds.count)
  }

  /// Upper bounds of the histogram, in seconds.
  private static let bounds = [0.005, 0.025, 0.1, 0.25, 1, 5]

  private let state = Mutex<(series: [Series: Counts], running: Int)>(([:], 0))

  /// A request has come.
  func begin() { state.withLock { $0.running += 1 } }

  /// A request will not be answered: whoever asked has gone, or spoke no HTTP.
  func giveUp() { state.withLock { $0.running -= 1 } }

  /// A request was answered.
  ///
  /// - Parameters:
  ///   - route: The route with its `:names`, never the path, which may name a person.
  ///   - method: How it was asked.
  ///   - status: The answer's status.
  ///   - seconds: How long it took.
  func end(route: String, method: HTTPRequest.Method, status: Int, seconds: Double) {
    let series = Series(route: route, method: method.rawValue, status: status)
    state.withLock { state in
      state.running -= 1
      var counts = state.series[series] ?? Counts()
      counts.count += 1
      counts.seconds += seconds
      for (place, bound) in Self.bounds.enumerated() where seconds <= bound {
        counts.within[place] += 1
      }
      state.series[series] = counts
    }
  }

  /// The counts in Prometheus' text format.
  var text: String {
    let (series, running) = state.withLock { ($0.series, $0.running) }
    var lines = [
      "# HELP plumbline_requests_running Requests that are being answered.",
      "# TYPE plumbline_requests_running gauge", "plumbline_requests_running \(running)",
      "# HELP plumbline_request_seconds How long requests took.",
      "# TYPE plumbline_request_seconds histogram",
    ]
    for (name, counts) in series.sorted(by: { $0.key < $1.key }) {
      let labels = "route=\"\(name.route)\",method=\"\(name.method)\",status=\"\(name.status)\""
      for (bound, count) in zip(Self.bounds, counts.within) {
        lines.append("plumbline_request_seconds_bucket{\(labels),le=\"\(bound)\"} \(count)")
      }
      lines.append("plumbline_request_seconds_bucket{\(labels),le=\"+Inf\"} \(counts.count)")
      lines.append("plumbline_request_seconds_sum{\(labels)} \(counts.seconds)")
      lines.append("plumbline_request_seconds_count{\(labels)} \(counts.count)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
