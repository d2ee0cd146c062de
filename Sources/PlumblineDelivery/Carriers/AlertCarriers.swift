public import PlumblineCore

/// The carriers of all ways.
public enum AlertCarriers {
  /// What takes messages to a destination.
  ///
  /// - Parameters:
  ///   - destination: The destination.
  ///   - environment: The variables of the process, for secrets.
  ///   - folder: The folder from which relative paths count.
  /// - Returns: Its carrier.
  /// - Throws: `InputError` when it cannot be used, such as for want of a secret or of libcurl.
  public static func carrier(
    to destination: AlertDestination,
    environment: [String: String],
    folder: String
  ) throws(InputError) -> any AlertCarrier {
    switch destination.way {
    case .terminal, .json(path: nil): return StreamCarrier()
    case .json(let path?): return FileCarrier(path: FilePlace.path(of: path, in: folder))
    case .webhook(let settings):
      try CurlLibrary.requirePresence()
      return try WebhookCarrier(settings, environment: environment, folder: folder)
    case .mail(let settings):
      try CurlLibrary.requirePresence()
      return try MailCarrier(settings, environment: environment, folder: folder)
    }
  }
}
