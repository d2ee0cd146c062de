public import ArgumentParser
import Foundation
import Hummingbird
import Logging
import NIOCore
import PlumblineCommands
import PlumblineCore
import PlumblineDelivery
import PlumblineStorage
import ServiceLifecycle
import UnixSignals

/// `plumbline serve`: the web app over a workspace.
public struct Serve: AsyncParsableCommand {
  /// How it is called.
  public static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the web app and the JSON API over a workspace.",
    discussion: """
      Everybody signs in; the first account is made with the code that is printed until there is \
      one. Requests are logged to standard error as JSON, a line each. Stop it with Ctrl-C: what is \
      being answered is answered first.
      """
  )

  @OptionGroup var workspace: WorkspaceOption

  @Option(help: "The address to listen on; 0.0.0.0 is every address of this machine.")
  var host = "127.0.0.1"

  @Option(help: "The port; 0 takes any that is free.")
  var port = 8080

  @Option(
    name: .customLong("public-url"),
    help: """
      The address under which browsers reach it, such as https://plumbline.example.com, where a \
      proxy stands before it.
      """
  )
  var publicURL: String?

  @Option(
    name: .customLong("trusted-proxy"),
    help: """
      The address of a proxy before it, such as 10.0.0.2 or 10.0.0.0/8: what it says in \
      X-Forwarded-For is believed. May be given several times; this machine is one where the public \
      address is known.
      """
  )
  var trustedProxies: [String] = []

  @Option(
    name: .customLong("crm-link"),
    help: """
      The address of a lead in the CRM, with {id} in the id's place, such as \
      'https://crm.example.com/contacts/{id}'.
      """
  )
  var crmLink: String?

  @Option(
    name: .customLong("log-level"),
    help: "What is logged: debug, info (every request), warning or error."
  )
  var logLevel = "info"

  /// A command with its options at their usual values.
  public init() {}

  /// Checks what can be checked before anything is opened.
  public func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port takes a number from 0 to 65535, not \(port).")
    }
    if let publicURL {
      let url = URL(string: publicURL)
      guard let scheme = url?.scheme, ["http", "https"].contains(scheme), url?.host != nil else {
        throw ValidationError(
          "--public-url takes an address such as https://plumbline.example.com."
        )
      }
    }
    for text in trustedProxies where TrustedProxies.Network(text) == nil {
      throw ValidationError(
        "--trusted-proxy takes an address such as 10.0.0.2 or 10.0.0.0/8, not \(text)."
      )
    }
    if let crmLink, !LeadAddress.isPattern(crmLink) {
      throw ValidationError(
        "--crm-link takes an address such as https://crm.example.com/contacts/{id}, with {id} once "
          + "after the name of the machine."
      )
    }
    guard Logger.Level(rawValue: logLevel) != nil else {
      throw ValidationError("--log-level takes debug, info, warning or error, not \(logLevel).")
    }
  }

  /// Serves until it is told to stop.
  public func run() async throws {
    let workspace = workspace.value
    guard FileManager.default.fileExists(atPath: workspace.folder.path) else {
      throw InputError(
        code: "workspace.no-folder",
        "\(workspace.name) is not a folder.",
        remedy: "Make a workspace with plumbline init \(workspace.name)."
      )
    }
    let signIn = SignIn(
      accounts: try SQLiteAccountStore(path: workspace.path(of: "plumbline.accounts")),
      passwords: PasswordWork()
    )
    let level = Logger.Level(rawValue: logLevel) ?? .info
    let logger = Logger(label: "plumbline") { label in
      var log = JSONLog(label: label)
      log.logLevel = level
      return log
    }
    let settings = try Self.settings(of: workspace)
    let publicURL = publicURL ?? settings.baseURL
    let office = Office(
      desk: Desk(workspace, seats: ProcessInfo.processInfo.activeProcessorCount),
      doorkeeper: AccountDoor(signIn: signIn),
      signIn: signIn,
      openID: try settings.openID.map { provider in
        OpenIDSignIn(
          provider,
          baseURL: publicURL ?? "",
          secret: try provider.clientSecret?.secret(
            environment: ProcessInfo.processInfo.environment,
            folder: workspace.folder.path
          ),
          signIn: signIn
        ) { [asker = WebAsker()] in try await asker.ask($0) }
      },
      settings: webSettings(publicURL),
      templates: try Templates(),
      tally: RequestTally(),
      now: { Instant(seconds: Int64(Date().timeIntervalSince1970)) }
    )
    let code = try signIn.newSetupCode(at: office.now())
    let host = host
    let application = WebServer(office: office, logger: logger).application { port in
      Self.announce(host: host, port: port, publicURL: publicURL, code: code)
    }
    do {
      try await ServiceGroup(
        configuration: ServiceGroupConfiguration(
          services: [application],
          gracefulShutdownSignals: [.sigterm, .sigint],
          logger: logger
        )
      ).run()
    } catch let error as IOError {
      throw Self.unusable(host, port, String(cString: strerror(error.errnoCode)))
    } catch let error as SocketAddressError {
      throw Self.unusable(host, port, "\(error)")
    }
  }

  private static func unusable(_ host: String, _ port: Int, _ why: String) -> InputError {
    InputError(
      code: "serve.address",
      "\(host), port \(port), cannot be listened on: \(why).",
      remedy: "Name another address with --host, another port with --port, or 0 for any free port."
    )
  }

  /// How the server is set up.
  ///
  /// - Parameter publicURL: The address under which browsers reach it, if anybody said.
  /// - Returns: The settings.
  func webSettings(_ publicURL: String?) -> WebSettings {
    var settings = WebSettings(
      host: host,
      port: port,
      isSecure: publicURL?.hasPrefix("https:") ?? false
    )
    settings.publicURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    settings.crmLink = crmLink
    settings.proxies = TrustedProxies(
      networks: trustedProxies.compactMap(TrustedProxies.Network.init),
      // Where browsers come by another address, a proxy stands before it; mostly on this machine.
      trustsLoopback: publicURL != nil
    )
    return settings
  }

  /// What `serve.yaml` says; nothing where there is none.
  private static func settings(of workspace: Workspace) throws -> ServeSettings {
    let path = workspace.path(of: "serve.yaml")
    guard let bytes = FileManager.default.contents(atPath: path) else { return ServeSettings() }
    let (settings, diagnostics) = ServeSettings.read(Array(bytes), file: path)
    guard let settings else { throw InputError(diagnostics) }
    for diagnostic in diagnostics { Console.complain(diagnostic.description) }
    return settings
  }

  private static func announce(host: String, port: Int, publicURL: String?, code: String?) {
    let name = host.contains(":") ? "[\(host)]" : host
    let address = publicURL ?? "http://\(name):\(port)"
    var lines = ["Plumbline is at \(address)"]
    if let code {
      lines.append("Make the first account at \(address)/setup?code=\(code)")
    }
    // At once, also where standard output is a file.
    FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  }
}
