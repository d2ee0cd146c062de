import Foundation
import PlumblineConnectors
import PlumblineCore

/// What uploads may take of the machine together.
struct UploadLimits: Sendable {
  /// So many uploads wait at the same time.
  var mostUploads = 20
  /// So many bytes they have together.
  var mostBytes = 2 << 30
  /// So many bytes stay free on the volume.
  var leastFreeBytes = 1 << 30
  /// So many bytes the files of one upload have once they are unpacked.
  var mostUnpackedBytes = 1 << 30
  /// So many they may have however small they arrived; beyond, `mostTimes` as many as arrived.
  var freelyUnpackedBytes = 64 << 20
  /// How much larger files may get by unpacking; exports get ten to thirty times as large.
  var mostTimes = 100

  /// Refuses one more upload where there are too many.
  ///
  /// - Parameters:
  ///   - shelf: Where they lie.
  ///   - largest: How large one may be; those that are still arriving count as that.
  /// - Throws: `InputError` with code `upload.too-many` or `upload.no-room`.
  func checkRoom(on shelf: UploadShelf, largest: Int) throws {
    let (sizes, arriving) = shelf.sizes()
    let bytes = sizes.reduce(0, +) + (arriving + 1) * largest
    guard sizes.count + arriving < mostUploads, bytes <= max(mostBytes, largest) else {
      throw InputError(
        code: "upload.too-many",
        "too much waits here to be imported: at most \(mostUploads) uploads, and "
          + "\(mostBytes >> 20) MiB together.",
        remedy: "Import or remove an upload on the page Data, then send the files again."
      )
    }
    guard let free = shelf.freeBytes(), free < leastFreeBytes + (arriving + 1) * largest else {
      return
    }
    throw InputError(
      code: "upload.no-room",
      "the server's disk is nearly full.",
      remedy: "Remove an upload on the page Data, or tell whoever looks after the server."
    )
  }

  /// Refuses files that would fill the memory once they are unpacked.
  ///
  /// - Parameter upload: The upload.
  /// - Throws: `InputError` with code `upload.unpacks-too-far`.
  /// - Complexity: O(bytes of the files), packed and unpacked.
  func checkUnpacked(_ upload: UploadShelf.Upload) throws {
    let arrived = upload.paths.reduce(0) { $0 + UploadShelf.size(ofFile: $1) }
    let limit = min(mostUnpackedBytes, max(freelyUnpackedBytes, arrived * mostTimes))
    guard UnpackedSize.of(upload.paths, limit: limit) == nil else { return }
    throw InputError(
      code: "upload.unpacks-too-far",
      "the files have more than \(limit >> 20) MiB once they are unpacked.",
      remedy:
        "Remove this upload and send fewer rows at a time, or import the files with plumbline "
        + "import on the server.",
      onPage: "Remove this upload and send fewer rows at a time, or have whoever looks after the "
        + "server import the files."
    )
  }
}
