import PlumblineCore
import Yams

extension YAMLFindings {
  /// Notes why a text is not YAML, in words for whoever wrote it.
  func report(_ error: YamlError, of source: YAMLSource) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      report(problem: problem, context: context, at: YAMLPosition(mark), in: source)
    case .duplicatedKeysInMapping(let keys, let context):
      let shown = keys.map { "\"\($0.shownInMessage)\"" }.joined(separator: ", ")
      report(
        code: "yaml.duplicate-key",
        "a key is given twice: \(shown).",
        at: YAMLPosition(context.mark),
        remedy: "Keep one of the two."
      )
    case .memory:
      report(code: "yaml.syntax", "there is not enough memory to read this file.", at: nil)
    default:
      report(code: "yaml.syntax", "this is not valid YAML.", at: nil)
    }
  }

  private func report(
    problem: String,
    context: YamlError.Context?,
    at position: YAMLPosition,
    in source: YAMLSource
  ) {
    if problem.hasPrefix("Maximum nesting level") {
      report(
        code: "yaml.too-deep",
        "lists and mappings are nested deeper than \(YAMLReader.maximumDepth) levels.",
        at: position
      )
      return
    }
    if problem == "found undefined alias" || context?.text == "while scanning an alias" {
      report(
        code: "yaml.alias",
        "a value that begins with * must stand in quotes.",
        at: context.map { YAMLPosition($0.mark) } ?? position,
        remedy: "Write \"*…\" with the quotes; aliases are not read."
      )
      return
    }
    if let context, context.text == "while scanning an anchor" {
      report(
        code: "yaml.anchor",
        "a value that begins with & must stand in quotes.",
        at: YAMLPosition(context.mark),
        remedy: "Write \"&…\" with the quotes; anchors are not read."
      )
      return
    }
    if problem == "but found another document" {
      report(
        code: "yaml.several-documents",
        "a second document begins here; only one is read.",
        at: position,
        remedy: "Remove the line that begins with --- and what follows it."
      )
      return
    }
    var message = "this is not valid YAML: \(problem)"
    if let context, context.text.hasPrefix("while"), context.mark.line != position.line {
      message += ", \(context.text) that begins in line \(context.mark.line)"
    }
    report(
      code: "yaml.syntax",
      message + ".",
      at: position,
      remedy: Self.remedy(for: problem, at: position, in: source)
    )
  }

  /// What usually causes a problem that libyaml names.
  private static func remedy(
    for problem: String,
    at position: YAMLPosition,
    in source: YAMLSource
  ) -> String? {
    switch problem {
    case "found character that cannot start any token":
      let scalar = source.index(of: position).map { source.scalars[$0] }
      return scalar == "\t"
        ? "Indent with blanks, never with tabs."
        : "Put a text that begins with a special character in quotes."
    case "mapping values are not allowed in this context":
      return "Put a text that holds a colon and a blank in quotes, and check the indentation."
    case "could not find expected ':'":
      return "Each key needs a colon and a blank after it."
    case "did not find expected key", "did not find expected '-' indicator":
      return "Check that the lines of one list or mapping begin in the same column."
    case "did not find expected ',' or ']'": return "Close the list with ]."
    case "did not find expected ',' or '}'": return "Close the mapping with }."
    case "found unexpected end of stream": return "Close the quotes."
    default: return nil
    }
  }
}
