import ArgumentParser
import PlumblineAgreement

/// `plumbline agreement schema`: the form of `agreement.yaml` for editors.
struct AgreementSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of agreement.yaml, for editors that check while one writes."
  )

  func run() { print(AgreementSchema.text, terminator: "") }
}
