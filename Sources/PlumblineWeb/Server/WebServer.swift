import HTTPTypes
public import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// The web app over one workspace.
public struct WebServer: Sendable {
  let office: Office
  let logger: Logger

  /// A server that is not running yet.
  init(office: Office, logger: Logger) {
    self.office = office
    self.logger = logger
  }

  /// All routes with what stands around them, outermost first.
  var router: Router<WebContext> {
    router(of: Routes.table)
  }

  /// Some routes with what stands around them.
  func router(of routes: [Route]) -> Router<WebContext> {
    let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: SecurityHeaders(isSecure: office.settings.isSecure))
    router.add(middleware: RequestLog(tally: office.tally))
    router.add(middleware: ErrorAnswers(office: office))
    router.add(middleware: TextGuard())
    router.add(middleware: Identification(office: office))
    for route in routes {
      let keeper = RouteKeeper(route: route, office: office)
      router.on(RouterPath(route.path), method: route.method) { request, context in
        try await keeper.answer(request, context)
      }
    }
    refuseOtherMethods(of: routes, in: router)
    return router
  }

  /// Says at every address by which methods it is asked, to whoever asks by another.
  private func refuseOtherMethods(of routes: [Route], in router: Router<WebContext>) {
    let methods: [HTTPRequest.Method] =
      [.get, .post, .put, .patch, .delete, .options, .trace, .connect]
      + [HTTPRequest.Method("QUERY")].compactMap { $0 }
    for (path, routes) in Dictionary(grouping: routes, by: \.path) {
      let taken = routes.map(\.method)
      let allowed = taken.map(\.rawValue).sorted().joined(separator: ", ")
      // The router answers HEAD itself wherever GET is answered.
      for method in methods + (taken.contains(.get) ? [] : [.head])
      where !taken.contains(method) {
        router.on(RouterPath(path), method: method) { _, _ -> Response in
          throw HTTPError(.methodNotAllowed, headers: [.allow: allowed])
        }
      }
    }
  }

  /// What is to be run.
  ///
  /// - Parameter whenRunning: Told the port once it listens.
  /// - Returns: The application; it stops gracefully when its service group does.
  public func application(
    whenRunning: @escaping @Sendable (Int) async -> Void = { _ in }
  ) -> some ApplicationProtocol {
    let settings = office.settings
    return Application(
      router: router,
      server: .http1(
        configuration: HTTP1Channel.Configuration(
          additionalChannelHandlers: [BodyPaceKeeper()],
          idleTimeout: .seconds(Int64(settings.idleSeconds)),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 8 * 1024,
            maxHeaderListSize: 32 * 1024,
            maxHeaderFieldCount: 100
          )
        )
      ),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port),
        serverName: nil
      ),
      services: [WorkspaceWatch(desk: office.desk, events: office.live), office.imports],
      onServerRunning: { channel in await whenRunning(channel.localAddress?.port ?? settings.port)
      },
      logger: logger
    )
  }
}
