import PlumblineCommands
import ServiceLifecycle

/// Looks every second whether facts or the agreement have changed, and tells the pages that are
/// open.
struct WorkspaceWatch: Service {
  /// So often what was said last is said again, in seconds: only by writing does one find out that
  /// a page was closed.
  private static let repeatsAfter = 15

  let desk: Desk
  let events: LiveEvents

  /// Looks until the server stops.
  func run() async throws {
    await cancelWhenGracefulShutdown {
      var looks = 0
      while !Task.isCancelled {
        looks += 1
        // A store that cannot be read now is looked at again; the pages say what is wrong.
        if let stamp = try? await desk.stamp().text {
          events.tell(stamp, again: looks.isMultiple(of: Self.repeatsAfter))
        }
        do { try await Task.sleep(for: .seconds(1)) } catch { break }
      }
    }
    events.end()
  }
}
