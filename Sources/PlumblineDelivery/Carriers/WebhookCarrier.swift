import Foundation
public import PlumblineCore

/// Posts messages to a webhook.
public struct WebhookCarrier: AlertCarrier {
  private let url: Secret
  private let scheme: String
  private let settings: WebhookSettings
  private let caFile: String?

  /// A carrier to a webhook.
  ///
  /// - Parameters:
  ///   - settings: Where and how it is called.
  ///   - environment: The variables of the process, for the secret.
  ///   - folder: The folder from which relative paths count.
  /// - Throws: `InputError` when the secret is missing or not an `https` address; `http` is taken on
  ///   this machine alone.
  public init(
    _ settings: WebhookSettings,
    environment: [String: String],
    folder: String
  ) throws(InputError) {
    let url = try settings.url.secret(environment: environment, folder: folder)
    guard let scheme = Self.scheme(of: url.value) else {
      throw InputError(
        code: "alerts.webhook-address",
        "\(settings.url) does not hold the address of a webhook.",
        remedy: "Put an address there that begins with https://."
      )
    }
    (self.url, self.scheme, self.settings) = (url, scheme, settings)
    caFile = settings.caFile.map { FilePlace.path(of: $0, in: folder) }
  }

  /// Posts a message.
  ///
  /// - Parameters:
  ///   - message: The JSON body.
  ///   - recipients: Not used.
  /// - Returns: What became of it.
  public func carry(_ message: [UInt8], to recipients: [MailAddress]) -> CarryResult {
    CurlMessage(
      url: url.value,
      schemes: scheme,
      subject: .post,
      body: message,
      caFile: caFile,
      timeoutInSeconds: settings.timeoutInSeconds
    ).send()
  }

  /// The scheme of an address that may be called, or nil.
  static func scheme(of url: String) -> String? {
    guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty
    else { return nil }
    switch parts.scheme?.lowercased() {
    case "https": return "https"
    case "http" where MailSettings.isLoopback(host): return "http"
    default: return nil
    }
  }
}
