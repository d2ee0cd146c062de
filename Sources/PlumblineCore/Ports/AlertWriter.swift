/// What puts alerts into words, one form for each kind of destination.
public protocol AlertWriter: Sendable {
  /// How many steps a mail lists.
  var mostInMail: Int { get }

  /// How many steps a message of a chat lists.
  var mostInChat: Int { get }

  /// Lines for a terminal.
  func text(_ digest: AlertDigest) throws -> String

  /// One line of JSON for each step.
  func jsonLines(_ digest: AlertDigest) throws -> String

  /// The JSON body for a webhook that speaks Slack's format.
  func webhookBody(_ digest: AlertDigest) throws -> String

  /// A whole mail, ready for a server.
  ///
  /// - Parameters:
  ///   - digest: What it tells.
  ///   - sender: Who sends it.
  ///   - recipients: Who gets it.
  ///   - messageID: A name that no other mail has, without brackets.
  /// - Returns: The mail's bytes.
  /// - Throws: What the writer throws for texts that a mail cannot hold.
  func mail(
    _ digest: AlertDigest,
    from sender: MailAddress,
    to recipients: [MailAddress],
    messageID: String
  ) throws -> [UInt8]
}
