public import PlumblineCore

/// Gives mails to a mail server.
///
/// - SeeAlso: RFC 5321 (SMTP), RFC 3207 (STARTTLS), RFC 4954 (signing in); spoken by libcurl.
public struct MailCarrier: AlertCarrier {
  private let settings: MailSettings
  private let password: Secret?
  private let caFile: String?

  /// A carrier to a mail server.
  ///
  /// - Parameters:
  ///   - settings: Which server, and how.
  ///   - environment: The variables of the process, for the secret.
  ///   - folder: The folder from which relative paths count.
  /// - Throws: `InputError` when the password is missing.
  public init(
    _ settings: MailSettings,
    environment: [String: String],
    folder: String
  ) throws(InputError) {
    self.settings = settings
    password = try settings.account?.password.secret(environment: environment, folder: folder)
    caFile = settings.caFile.map { FilePlace.path(of: $0, in: folder) }
  }

  /// Gives a mail to the server.
  ///
  /// - Parameters:
  ///   - message: The whole mail.
  ///   - recipients: Who gets it; either all of them or nobody.
  /// - Returns: What became of it.
  public func carry(_ message: [UInt8], to recipients: [MailAddress]) -> CarryResult {
    let scheme = settings.protection == .tls ? "smtps" : "smtp"
    return CurlMessage(
      url: "\(scheme)://\(settings.host):\(settings.port)",
      schemes: scheme,
      subject: .mail(
        sender: settings.from.address,
        recipients: recipients.map(\.address)
      ),
      body: message,
      user: settings.account?.user,
      password: password?.value,
      caFile: caFile,
      needsTLS: settings.protection == .starttls,
      timeoutInSeconds: settings.timeoutInSeconds
    ).send()
  }
}
