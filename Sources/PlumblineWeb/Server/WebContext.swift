import Hummingbird
import Logging
import NIOCore

/// What belongs to one request from its arrival on.
struct WebContext: RequestContext, RemoteAddressRequestContext {
  var coreContext: CoreRequestContextStorage
  /// The machine at the other end of the connection.
  let remoteAddress: SocketAddress?
  /// Who asks, once they are known.
  var viewer: Viewer?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    remoteAddress = source.channel.remoteAddress
  }
}
