public import PlumblineCore

/// What became of a message.
public enum CarryResult: Hashable, Sendable {
  /// The other side said that it took it.
  case taken
  /// The other side certainly did not take it; with the seconds that it asks to wait, if it does.
  case refused(reason: String, retryAfter: Int64?)
  /// The message went out whole and nobody said what became of it.
  case uncertain(reason: String)
}

/// Takes messages to one destination.
public protocol AlertCarrier {
  /// Sends a message and waits until it is taken or not.
  ///
  /// - Parameters:
  ///   - message: The message in the form of the destination's way.
  ///   - recipients: Who gets a mail; empty for other ways.
  /// - Returns: What became of it. Its reason names neither secrets nor people.
  func carry(_ message: [UInt8], to recipients: [MailAddress]) -> CarryResult
}
