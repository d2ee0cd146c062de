import Synchronization

/// What was counted from a history once, for whoever asks the same again.
///
/// It lives as long as the reading that it was counted from, so that nothing kept can outlive the
/// facts. Several threads may ask; those that need the same thing wait for it.
final class Keepsakes: Sendable {
  /// What something was counted by.
  private struct Key: Hashable, Sendable {
    let type: ObjectIdentifier
    let options: any Hashable & Sendable

    static func == (left: Key, right: Key) -> Bool {
      left.type == right.type && AnyHashable(left.options) == AnyHashable(right.options)
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(type)
      hasher.combine(AnyHashable(options))
    }
  }

  /// A place for one thing, filled by whoever asks first.
  private final class Place: Sendable {
    let thing = Mutex<Thing?>(nil)
  }

  /// What was made; it may be nothing, which is not the same as not made yet.
  private struct Thing: Sendable {
    let value: any Sendable
  }

  /// Each may hold something of all leads, and options come from outside.
  static let most = 32

  private let places = Mutex<[(key: Key, place: Place)]>([])

  /// The thing kept for some options, made if nobody has asked for it.
  func value<Value: Sendable>(
    for options: some Hashable & Sendable,
    _ make: () throws -> Value
  ) rethrows -> Value {
    let key = Key(type: ObjectIdentifier(Value.self), options: options)
    let place = places.withLock { places in
      let known = places.firstIndex { $0.key == key }.map { places.remove(at: $0).place }
      if known == nil, places.count >= Self.most { places.removeFirst() }
      let place = known ?? Place()
      places.append((key, place))
      return place
    }
    return try place.thing.withLock { thing in
      if let thing, let known = thing.value as? Value { return known }
      let value = try make()
      thing = Thing(value: value)
      return value
    }
  }
}

extension EmbeddedCells {
  /// Something that is counted from the engine's facts alone, made once for all who ask by the same
  /// options.
  ///
  /// All views of a history share it, so it must not hold what a view changes: neither owners'
  /// names as the history shows them nor a reader's words. An owner's code, or the name as a record
  /// writes it, may be in it.
  ///
  /// - Parameters:
  ///   - options: What else the thing depends on, such as the rule of journeys.
  ///   - make: Makes it; what it throws is thrown, and tried again when somebody asks next.
  /// - Returns: The thing.
  /// - Throws: What `make` throws.
  public func kept<Value: Sendable>(
    by options: some Hashable & Sendable,
    _ make: () throws -> Value
  ) rethrows -> Value {
    try shelf.keepsakes.value(for: options, make)
  }
}
