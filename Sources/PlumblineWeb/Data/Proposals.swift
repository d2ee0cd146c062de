import Foundation
import PlumblineCommands
import PlumblineCore
import Synchronization

/// Proposals that were made for uploads, so that a page that is looked at again costs nothing.
final class Proposals: Sendable {
  private struct Key: Hashable {
    let upload: String
    let mark: String?
  }

  private static let mostKept = 8

  private let kept = Mutex<[(key: Key, proposal: Proposal)]>([])

  /// The proposal for an upload, made unless its mapping is the same as when it was made last.
  ///
  /// - Throws: What reading files of ours throws.
  /// - Complexity: O(bytes of the files) when it is made.
  func proposal(
    for upload: UploadShelf.Upload,
    in workspace: Workspace,
    limits: UploadLimits
  ) throws -> Proposal {
    let key = Key(upload: upload.id, mark: Self.mark(of: upload))
    if let known = kept.withLock({ $0.first { $0.key == key }?.proposal }) { return known }
    let proposal = try Proposal(of: upload, in: workspace, limits: limits)
    // The mapping may have been replaced while this one was rehearsed.
    let made = Key(upload: upload.id, mark: proposal.mark)
    kept.withLock { kept in
      kept.removeAll { $0.key.upload == upload.id }
      kept.append((made, proposal))
      if kept.count > Self.mostKept { kept.removeFirst() }
    }
    return proposal
  }

  /// The mark of the mapping that an upload has now, see `Proposal.mark`; nil where it has none.
  static func mark(of upload: UploadShelf.Upload) -> String? {
    FileManager.default.contents(atPath: upload.mapping.path).map(Proposal.mark)
  }
}
