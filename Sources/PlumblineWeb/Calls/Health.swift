import HTTPTypes
import Hummingbird
import Logging

/// For whatever looks after the process.
enum Health {
  /// The process answers.
  static func live(_ visit: Visit) async throws -> Response { text("alive\n") }

  /// The workspace and the accounts can be read.
  static func ready(_ visit: Visit) async throws -> Response {
    do {
      _ = try await visit.office.desk.stamp()
      _ = try await visit.office.doorkeeper.hasAccounts()
      return text("ready\n")
    } catch {
      visit.context.logger.error("not ready", metadata: ["error": "\(type(of: error))"])
      return text("not ready\n", status: .serviceUnavailable)
    }
  }

  /// Counts for Prometheus.
  static func metrics(_ visit: Visit) async throws -> Response {
    Response(
      status: .ok,
      headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: visit.office.tally.text))
    )
  }

  private static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    var headers: HTTPFields = [
      .contentType: "text/plain; charset=utf-8", .cacheControl: "no-store",
    ]
    RetryAfter.note(in: &headers, status, seconds: RetryAfter.faultSeconds)
    return Response(
      status: status,
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
  }
}
