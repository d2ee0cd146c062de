public import PlumblineCore

/// Who is told of what, and how: what `alerts.yaml` says.
public struct AlertSettings: Hashable, Sendable {
  /// How many days after a deadline a step is still told, when the settings do not say.
  public static let usualDaysLate = 7

  /// The destinations, in the order of the file.
  public var destinations: [AlertDestination]
  /// Whether alerts wait for working time; the terminal and files never wait.
  public var waitsForWorkingTime: Bool
  /// Steps that were due longer ago are not told, so that a first run does not tell of years.
  public var mostDaysLate: Int

  /// Settings.
  public init(
    destinations: [AlertDestination],
    waitsForWorkingTime: Bool = false,
    mostDaysLate: Int = AlertSettings.usualDaysLate
  ) {
    self.destinations = destinations
    self.waitsForWorkingTime = waitsForWorkingTime
    self.mostDaysLate = mostDaysLate
  }
}

/// Somebody, or something, that is told.
public struct AlertDestination: Hashable, Sendable {
  /// How it is told.
  public enum Way: Hashable, Sendable {
    /// On standard output, as text.
    case terminal
    /// As lines of JSON at the end of a file; on standard output when the path is nil.
    case json(path: String?)
    /// By a webhook that takes Slack's format.
    case webhook(WebhookSettings)
    /// By mail.
    case mail(MailSettings)
  }

  /// Its name, unique in the settings; the log remembers what was told under it.
  public var name: String
  /// How it is told.
  public var way: Way
  /// Which steps it is told of.
  public var steps: Set<SLAStep.Step>
  /// Which promises it is told of.
  public var promises: Set<SLAStep.Promise>
  /// Whose leads it is told of, compared as `WordKey` does; everybody's when nil.
  public var owners: [String]?

  /// A destination.
  public init(
    name: String,
    way: Way,
    steps: Set<SLAStep.Step> = Set(SLAStep.Step.allCases),
    promises: Set<SLAStep.Promise> = Set(SLAStep.Promise.allCases),
    owners: [String]? = nil
  ) {
    self.name = name
    self.way = way
    self.steps = steps
    self.promises = promises
    self.owners = owners
  }

  /// Whether it is told of a step.
  func wants(_ step: SLAStep) -> Bool {
    steps.contains(step.step) && promises.contains(step.promise)
      && owners.map { names in
        names.contains { WordKey.of($0) == WordKey.of(step.owner) }
      } ?? true
  }

  /// Whether people are disturbed by it, so that it may wait for working time.
  var disturbs: Bool {
    switch way {
    case .terminal, .json: false
    case .webhook, .mail: true
    }
  }
}

/// Where and how a webhook is called.
public struct WebhookSettings: Hashable, Sendable {
  /// Where its address is.
  public var url: SecretReference
  /// A file of certificates to trust instead of the system's.
  public var caFile: String?
  /// After how many seconds waiting ends.
  public var timeoutInSeconds: Int

  /// A webhook.
  public init(url: SecretReference, caFile: String? = nil, timeoutInSeconds: Int = 20) {
    self.url = url
    self.caFile = caFile
    self.timeoutInSeconds = timeoutInSeconds
  }
}

/// Which mail server is used, and who gets the mails.
public struct MailSettings: Hashable, Sendable {
  /// How the connection is protected.
  public enum Protection: String, Sendable, CaseIterable {
    /// Not at all.
    case none
    /// Turned to TLS before anything is said; a server that cannot is not used.
    case starttls
    /// TLS from the beginning.
    case tls

    /// The port that is usual for it: RFC 5321, RFC 6409 and RFC 8314.
    public var usualPort: Int {
      switch self {
      case .none: 25
      case .starttls: 587
      case .tls: 465
      }
    }
  }

  /// The name that signs in, and where its password is.
  public struct Account: Hashable, Sendable {
    /// The name.
    public var user: String
    /// Where the password is.
    public var password: SecretReference

    /// An account.
    public init(user: String, password: SecretReference) {
      self.user = user
      self.password = password
    }
  }

  /// The server's name or address.
  public var host: String
  /// Its port.
  public var port: Int
  /// How the connection is protected.
  public var protection: Protection
  /// Who signs in; nobody when nil.
  public var account: Account?
  /// Who sends.
  public var from: MailAddress
  /// Who gets what no owner's address takes.
  public var to: [MailAddress]
  /// Owners who get what is about their own leads.
  public var ownerAddresses: [String: MailAddress]
  /// A file of certificates to trust instead of the system's.
  public var caFile: String?
  /// After how many seconds waiting ends.
  public var timeoutInSeconds: Int

  /// A mail server and who gets the mails.
  ///
  /// - Parameters:
  ///   - host: The server's name or address.
  ///   - port: Its port; the usual one of the protection when nil.
  ///   - protection: How the connection is protected.
  ///   - account: Who signs in; nobody when nil.
  ///   - from: Who sends.
  ///   - to: Who gets what no owner's address takes.
  ///   - ownerAddresses: Owners who get what is about their own leads.
  ///   - caFile: A file of certificates to trust instead of the system's.
  ///   - timeoutInSeconds: After how many seconds waiting ends.
  public init(
    host: String,
    port: Int? = nil,
    protection: Protection = .starttls,
    account: Account? = nil,
    from: MailAddress,
    to: [MailAddress],
    ownerAddresses: [String: MailAddress] = [:],
    caFile: String? = nil,
    timeoutInSeconds: Int = 20
  ) {
    self.host = host
    self.port = port ?? protection.usualPort
    self.protection = protection
    self.account = account
    self.from = from
    self.to = to
    self.ownerAddresses = Dictionary(ownerAddresses.map { (WordKey.of($0), $1) }) { first, _ in
      first
    }
    self.caFile = caFile
    self.timeoutInSeconds = timeoutInSeconds
  }

  /// Who gets a step; nobody when neither its owner nor anybody else has an address.
  func recipients(of step: SLAStep) -> [MailAddress] {
    ownerAddresses[WordKey.of(step.owner)].map { [$0] } ?? to
  }

  /// Whether a host is this machine, where a connection without protection harms nobody.
  static func isLoopback(_ host: String) -> Bool {
    ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host.lowercased())
  }
}
