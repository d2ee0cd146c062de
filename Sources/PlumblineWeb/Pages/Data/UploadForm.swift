import Foundation
import Hummingbird
import PlumblineCore

/// Takes in uploaded files, then leads to what their columns become.
enum UploadForm {
  static func answer(_ visit: Visit) async throws -> Response {
    let shelf = visit.office.uploads
    // The times of files are those of the machine's clock.
    shelf.tidy(now: Date())
    let upload = try await UploadReceiver.receive(visit, into: shelf)
    return visit.seeOther("/data/uploads/\(upload.id)")
  }
}
