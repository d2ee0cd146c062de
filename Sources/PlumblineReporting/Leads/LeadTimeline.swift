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

  /// Whose doing or word something is.
  public enum Actor: String, Hashable, Sendable, CaseIterable {
    /// The lead's own.
    case lead
    case marketing, sales
    /// Nobody's in particular: what the systems hold.
    case record
  }

  /// What was known of the lead when somebody first tried to reach it.
  public struct Known: Hashable, Sendable {
    /// When that was; `missing` where nobody has, and everything known until now is told.
    public var contact: TimePoint
    /// The score then, with its reasons; empty where there is none.
    public var score: String
    /// What the lead had done: a kind of touch, with how often and when last.
    public var touches: [Attribute]
    /// What was said of it, by itself or by marketing.
    public var words: [Attribute]

    /// What was known.
    ///
    /// - Parameters:
    ///   - contact: When somebody first tried to reach the lead.
    ///   - score: The score then, with its reasons.
    ///   - touches: What the lead had done.
    ///   - words: What was said of it.
    public init(
      contact: TimePoint,
      score: String = "",
      touches: [Attribute] = [],
      words: [Attribute] = []
    ) {
      self.contact = contact
      self.score = score
      self.touches = touches
      self.words = words
    }

    /// Whether nothing was.
    public var isEmpty: Bool { score.isEmpty && touches.isEmpty && words.isEmpty }
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
    /// Whose doing or word it is.
    public var actor: Actor
    /// What the fact is about; nil where nobody said.
    public var kind: FactKind?

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
    ///   - actor: Whose doing or word it is.
    ///   - kind: What the fact is about.
    public init(
      time: TimePoint,
      what: String,
      detail: String = "",
      source: String,
      file: String,
      line: Int? = nil,
      seenAt: Instant,
      actor: Actor = .record,
      kind: FactKind? = nil
    ) {
      self.time = time
      self.what = what
      self.detail = detail
      self.source = source
      self.file = file
      self.line = line
      self.seenAt = seenAt
      self.actor = actor
      self.kind = kind
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
  /// What was known when somebody first tried to reach it; nil where that was not asked.
  public var known: Known?

  /// A lead's history.
  public init(
    id: String,
    attributes: [Attribute],
    entries: [Entry],
    episodes: [Episode],
    known: Known? = nil
  ) {
    self.id = id
    self.attributes = attributes
    self.entries = entries
    self.episodes = episodes
    self.known = known
  }
}
