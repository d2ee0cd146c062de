public import PlumblineCore

/// Everything that is known of one lead, in order of time, with where each thing was read.
public struct LeadTimeline: Hashable, Sendable {
  /// A named value of the lead, such as its channel.
  public struct Attribute: Hashable, Sendable {
    /// The name, such as `channel`.
    public var name: String
    /// The value as the source writes it.
    public var value: String

    /// A named value.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Something that happened to the lead.
  public struct Entry: Hashable, Sendable {
    /// When, as exactly as it is known.
    public var time: TimePoint
    /// What happened, in a word or two, such as `meeting` or `stage`.
    public var what: String
    /// More about it, such as the stage's name or the outcome; may be empty.
    public var detail: String
    /// The system that it came from.
    public var source: String
    /// The file that it was read from.
    public var file: String
    /// The line of the file, counted from 1; nil where there is none.
    public var line: Int?
    /// When the import that brought it was made.
    public var seenAt: Instant

    /// Something that happened.
    ///
    /// - Parameters:
    ///   - time: When, as exactly as it is known.
    ///   - what: What happened, in a word or two.
    ///   - detail: More about it.
    ///   - source: The system that it came from.
    ///   - file: The file that it was read from.
    ///   - line: The line of the file, counted from 1.
    ///   - seenAt: When the import that brought it was made.
    public init(
      time: TimePoint,
      what: String,
      detail: String = "",
      source: String,
      file: String,
      line: Int? = nil,
      seenAt: Instant
    ) {
      self.time = time
      self.what = what
      self.detail = detail
      self.source = source
      self.file = file
      self.line = line
      self.seenAt = seenAt
    }
  }

  /// A stage that an episode reached.
  public struct Reached: Hashable, Sendable {
    /// The stage's id.
    public var stage: String
    /// When, as exactly as it is known.
    public var time: TimePoint

    /// A stage that was reached.
    public init(stage: String, time: TimePoint) {
      self.stage = stage
      self.time = time
    }
  }

  /// One pass of the lead through the path.
  public struct Episode: Hashable, Sendable {
    /// 1 for the first, then 2 and so on.
    public var attempt: Int
    /// The stages reached, in the order of the path.
    public var reached: [Reached]
    /// How it left the path and when; nil while it is open or when it was won.
    public var exit: Reached?

    /// One pass through the path.
    public init(attempt: Int, reached: [Reached], exit: Reached? = nil) {
      self.attempt = attempt
      self.reached = reached
      self.exit = exit
    }
  }

  /// The lead's id.
  public var id: String
  /// What is known of the lead itself.
  public var attributes: [Attribute]
  /// What happened, oldest first.
  public var entries: [Entry]
  /// The passes through the path, oldest first.
  public var episodes: [Episode]

  /// A lead's history.
  public init(id: String, attributes: [Attribute], entries: [Entry], episodes: [Episode]) {
    self.id = id
    self.attributes = attributes
    self.entries = entries
    self.episodes = episodes
  }
}
