import Crypto
import Foundation
import PlumblineCommands
import PlumblineCore
import Synchronization

/// Proposals that were made for uploads, so that a page that is looked at again costs nothing.
final class Proposals: Sendable {
  private struct Key: Hashable {
    let upload: String
    let text: SHA256.Digest?
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
    let key = Self.key(upload)
    if let known = kept.withLock({ $0.first { $0.key == key }?.proposal }) { return known }
    let proposal = try Proposal(of: upload, in: workspace, limits: limits)
    // By the text that was tried: somebody may have put another in its place meanwhile.
    let made = Key(upload: upload.id, text: SHA256.hash(data: Data(proposal.text.utf8)))
    kept.withLock { kept in
      kept.removeAll { $0.key.upload == upload.id }
      kept.append((made, proposal))
      if kept.count > Self.mostKept { kept.removeFirst() }
    }
    return proposal
  }

  private static func key(_ upload: UploadShelf.Upload) -> Key {
    let bytes = FileManager.default.contents(atPath: upload.mapping.path)
    return Key(upload: upload.id, text: bytes.map { SHA256.hash(data: $0) })
  }
}
