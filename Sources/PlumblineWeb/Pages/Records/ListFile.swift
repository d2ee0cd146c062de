import HTTPTypes
import Hummingbird
import Logging
import PlumblineCore
import PlumblineReporting

/// A list as a file to be taken out.
struct ListFile: Sendable {
  /// Its name without its ending: letters, digits and hyphens.
  let name: String
  /// Comma-separated values.
  let text: String
  /// How many records are in it.
  let count: Int

  /// A file.
  ///
  /// - Parameters:
  ///   - words: What it holds, in any words.
  ///   - text: Comma-separated values.
  ///   - count: How many records are in it.
  init(_ words: String, _ text: String, count: Int) {
    let plain = words.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    name = String(plain.prefix(70))
    self.text = text
    self.count = count
  }

  /// The records behind a number as a file.
  init(_ words: String, _ records: NumberSections) {
    self.init(words, records.csv, count: records.count)
  }

  /// A list of records as a file.
  init(_ words: String, _ sections: RecordSections) {
    self.init(words, sections.csv, count: sections.count)
  }
}

extension Visit {
  /// Which list is taken out, for the audit log: never whose leads, nor a name.
  private func exported(_ count: Int?) -> String {
    let path = request.uri.path
    // What stands after a number's first two words may name a rep.
    let number =
      query["number"].map {
        " of " + $0.prefix(80).split(separator: ":").prefix(2).joined(separator: ":")
      } ?? ""
    return path + number + (count.map { ", \($0) records" } ?? "")
  }

  /// Notes that records are sent as JSON.
  ///
  /// - Throws: `InputError` when the log cannot be written.
  func noteExport() throws { try note(.exported, detail: exported(nil)) }

  /// A list as a file, which is noted: in the audit log, and without whose leads they are in the
  /// log of requests, for that holds nobody's names.
  ///
  /// - Parameter make: Asks and writes it, on a thread of the desk; nil where there is no such list.
  /// - Returns: The file.
  /// - Throws: What `make` throws, or `HTTPError` where there is no such list.
  func file(_ make: @escaping @Sendable () throws -> ListFile?) async throws -> Response {
    guard let file = try await office.desk.ask(for: person, make).answer else {
      throw HTTPError(.notFound)
    }
    try note(.exported, detail: exported(file.count))
    context.logger.info("records were exported", metadata: ["count": "\(file.count)"])
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
        .contentDisposition: "attachment; filename=\"\(file.name).csv\"",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(string: file.text))
    )
  }
}
