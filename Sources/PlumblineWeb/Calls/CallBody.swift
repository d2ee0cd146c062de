import Foundation
import Hummingbird
import NIOCore
import PlumblineCore

/// The body of a call that changes something: a JSON object of texts.
enum CallBody {
  /// The fields of a body.
  ///
  /// - Parameters:
  ///   - visit: The request.
  ///   - known: What the call takes.
  /// - Returns: The fields that are there; those that are null or empty are left out.
  /// - Throws: `InputError` with code `api.unreadable-body`, `api.unknown-field` or
  ///   `api.missing-field`; an HTTP error when the body is too large.
  static func fields(_ visit: Visit, _ known: [CallParameter]) async throws -> FormFields {
    var request = visit.request
    let body = try await request.collectBody(upTo: visit.office.settings.largestForm)
    guard let text = String(validating: body.readableBytesView, as: UTF8.self),
      case .object(let members)? = try? JSONDecoder().decode(
        JSONTree.self,
        from: Data(text.utf8)
      )
    else {
      throw InputError(
        code: "api.unreadable-body",
        "the body is no JSON object.",
        remedy: "Send an object with: \(known.map(\.name).joined(separator: ", "))."
      )
    }
    var faults: [Diagnostic] = []
    func refuse(_ code: String, _ message: String, _ remedy: String) {
      faults.append(Diagnostic(.error, code: "api.\(code)", message, remedy: remedy))
    }
    var fields: [FormFields.Field] = []
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      let shown = MarkRun.isShort(in: name) ? String(name.prefix(64)) : "…"
      guard known.contains(where: { $0.name == name }) else {
        refuse(
          "unknown-field",
          "the body has \"\(shown)\", which is not known here.",
          "Known are: \(known.map(\.name).joined(separator: ", "))."
        )
        continue
      }
      switch value {
      case .null: continue
      case .text(let text): fields.append(FormFields.Field(name: name, value: text))
      default: refuse("unreadable-body", "\"\(shown)\" is no text.", "Write it in quotes.")
      }
    }
    for field in known where field.isRequired && members[field.name]?.text?.isEmpty ?? true {
      refuse("missing-field", "the body lacks \"\(field.name)\".", field.help)
    }
    guard faults.isEmpty else { throw InputError(faults) }
    let form = FormFields(fields)
    guard form.areBearable else { throw TextGuard.refusal }
    return form
  }
}
