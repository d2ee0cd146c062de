import NIOCore
import NIOHTTPTypes

/// How slowly the body of a request may come.
///
/// A body that trickles, a byte now and then, would keep its connection for ever, for it is never
/// silent long enough to be idle.
struct BodyPace {
  /// So long a body may take, however small it is.
  static let grace = TimeAmount.seconds(20)
  /// What must come on average after that, in bytes a second; far below any telephone's.
  static let leastBytesPerSecond = 1024

  /// How long the body was waited for.
  private(set) var waited = TimeAmount.zero
  /// How much of it has come.
  private(set) var bytes = 0

  /// A part has come.
  ///
  /// - Parameters:
  ///   - bytes: How large it is.
  ///   - waited: How long it was waited for.
  mutating func note(_ bytes: Int, after waited: TimeAmount) {
    self.bytes += bytes
    self.waited = self.waited + waited
  }

  /// Whether it comes too slowly to be waited for any longer.
  var isTooSlow: Bool {
    let beyond = waited - Self.grace
    guard beyond > .zero else { return false }
    return Double(bytes) < Double(Self.leastBytesPerSecond) * Double(beyond.nanoseconds) / 1e9
  }
}

/// Closes connections whose requests come too slowly, whether they were answered already or not.
///
/// Only time in which we wait is counted: a sender has no part in how long we take with what came.
final class BodyPaceKeeper: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private var pace: BodyPace?
  private var waitingSince: NIODeadline?

  func read(context: ChannelHandlerContext) {
    if waitingSince == nil { waitingSince = .now() }
    context.read()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let now = NIODeadline.now()
    let waited = now - (waitingSince ?? now)
    waitingSince = nil
    switch Self.unwrapInboundIn(data) {
    case .head: pace = BodyPace()
    case .body(let part): pace?.note(part.readableBytes, after: waited)
    case .end: pace = nil
    }
    if pace?.isTooSlow ?? false {
      context.close(promise: nil)
    } else {
      context.fireChannelRead(data)
    }
  }
}
