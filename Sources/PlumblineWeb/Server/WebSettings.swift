/// How a server is set up.
public struct WebSettings: Sendable {
  /// The address that it listens on.
  public var host: String
  /// The port; any free one when 0.
  public var port: Int
  /// Whether browsers reach it through HTTPS, so that cookies are for that alone.
  public var isSecure: Bool
  /// The address under which browsers reach it, without a slash at its end, if anybody said.
  public var publicURL: String?
  /// Whose word is taken for where a request comes from.
  var proxies = TrustedProxies.none
  /// The largest form, in bytes.
  public var largestForm = 256 * 1024
  /// The largest file that may be uploaded, in bytes.
  public var largestUpload = 256 * 1024 * 1024
  /// What uploads may take of the machine.
  var uploads = UploadLimits()
  /// How long a connection may be silent, in seconds.
  public var idleSeconds = 30

  /// The address of a lead's page in the CRM with `{id}` in the id's place, if anybody said.
  public var crmLink: String?

  /// Settings.
  public init(host: String = "127.0.0.1", port: Int = 8080, isSecure: Bool = false) {
    self.host = host
    self.port = port
    self.isSecure = isSecure
  }
}
