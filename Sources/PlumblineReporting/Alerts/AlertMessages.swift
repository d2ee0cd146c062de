import Foundation
public import PlumblineCore

/// Alerts as the messages that are sent.
///
/// They name leads by id and owners by name, as the source writes them, and nothing else of a
/// person.
public struct AlertMessages: AlertWriter {
  /// How many steps a mail lists.
  public let mostInMail = 50
  /// How many steps a message of a chat lists: Slack takes at most 3000 characters in a section.
  public let mostInChat = 15

  private let agreement: Agreement
  private let layout: TextLayout

  /// Messages about promises of an agreement.
  ///
  /// - Parameters:
  ///   - agreement: What was promised; its clock is the one of the messages.
  ///   - layout: How text for a terminal is laid out.
  public init(under agreement: Agreement, layout: TextLayout = TextLayout()) {
    self.agreement = agreement
    self.layout = layout
  }

  private var words: AlertWords { AlertWords(agreement: agreement) }

  /// Lines for a terminal.
  public func text(_ digest: AlertDigest) -> String {
    text(digest, layout, most: digest.steps.count)
  }

  private func text(_ digest: AlertDigest, _ layout: TextLayout, most: Int) -> String {
    var page = TextPage(layout)
    page.paragraph("Promises to leads: \(AlertWords.counts(digest.steps)).", ink: .strong)
    page.blank()
    var table = TextTable([
      .whole("step"), .wrapped("promise", least: 11), .text("lead", least: 8), .whole("due"),
      .text("owner", least: 8),
    ])
    for step in digest.steps.prefix(most) {
      table.add(cells(step), ink: step.step == .dueSoon ? .plain : .bad)
    }
    page.table(table)
    if let more = more(digest, most) { page.paragraph(more, indent: 2) }
    page.blank()
    page.bullets(
      AlertWords.remedies(digest.steps).map { "\(AlertWords.name($0.promise)): \($0.text)" }
    )
    page.blank()
    page.paragraph(words.foot(digest.asOf), ink: .faint)
    return page.text
  }

  /// One line of JSON for each step.
  ///
  /// - Parameter digest: The steps.
  /// - Returns: The lines, each with its line break.
  /// - Throws: `EncodingError`, never for these values.
  public func jsonLines(_ digest: AlertDigest) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try digest.steps.map { step in
      let wire = AlertLineWire(step, digest, agreement)
      return String(decoding: try encoder.encode(wire), as: UTF8.self) + "\n"
    }.joined()
  }

  /// The JSON body for a webhook that speaks Slack's format.
  ///
  /// `text` is what a notification shows, `blocks` what the channel shows.
  ///
  /// - Parameter digest: The steps.
  /// - Returns: The body.
  /// - Throws: `EncodingError`, never for these values.
  /// - SeeAlso: Slack API documentation, "Sending messages using incoming webhooks" and "Formatting
  ///   text with mrkdwn".
  public func webhookBody(_ digest: AlertDigest) throws -> String {
    let lines = digest.steps.prefix(mostInChat).map { step in
      "• *\(AlertWords.word(step.step))*: \(chat(AlertWords.promise(step))) of lead "
        + "\(chat(step.lead)), due \(words.due(step)), owner \(chat(AlertWords.owner(step)))"
    }
    let head = "Promises to leads: \(AlertWords.counts(digest.steps))"
    let foot = [more(digest, mostInChat), words.foot(digest.asOf)].compactMap { $0 }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let wire = ChatWire(
      text: head,
      blocks: [
        .section(head: head, lines: lines),
        .context(chat(foot.joined(separator: " "), most: 1000)),
      ]
    )
    return String(decoding: try encoder.encode(wire), as: UTF8.self)
  }

  /// A whole mail, ready for a server.
  ///
  /// - Parameters:
  ///   - digest: What it tells.
  ///   - sender: Who sends it.
  ///   - recipients: Who gets it.
  ///   - messageID: A name that no other mail has, without brackets.
  /// - Returns: The mail's bytes.
  /// - Throws: `InputError` when the id cannot stand in a mail.
  public func mail(
    _ digest: AlertDigest,
    from sender: MailAddress,
    to recipients: [MailAddress],
    messageID: String
  ) throws -> [UInt8] {
    let company = agreement.company.printable
    let start = company.isEmpty ? "Leads" : "\(company) leads"
    return try MailMessage(
      from: sender,
      to: recipients,
      subject: "\(start): \(AlertWords.counts(digest.steps))",
      date: digest.asOf,
      messageID: messageID,
      text: text(digest, TextLayout(width: 72), most: mostInMail),
      html: html(digest).source,
      calendar: agreement.calendar
    ).bytes
  }

  private func html(_ digest: AlertDigest) -> Markup {
    let cellStyle = "padding:4px 12px 4px 0;border-bottom:1px solid #ddd;vertical-align:top"
    let head = ["Step", "Promise", "Lead", "Due", "Owner"].map {
      Markup.element("th", ["style": cellStyle + ";text-align:left"], $0)
    }
    let rows = digest.steps.prefix(mostInMail).map { step in
      let color = step.step == .dueSoon ? "#333" : "#b00020"
      return Markup.element(
        "tr",
        [:],
        cells(step).enumerated().map { index, cell in
          .element("td", ["style": cellStyle + (index == 0 ? ";color:\(color)" : "")], cell)
        }
      )
    }
    let title = "Promises to leads: \(AlertWords.counts(digest.steps))"
    let style = "font:15px/1.4 sans-serif;color:#222;max-width:640px;margin:0 auto;padding:16px"
    let body: [Markup] =
      [
        .element("h1", ["style": "font-size:19px"], title),
        .element(
          "table",
          ["style": "border-collapse:collapse;font-size:14px;width:100%"],
          [.element("tr", [:], head)] + rows
        ),
      ] + (more(digest, mostInMail).map { [.element("p", [:], $0)] } ?? [])
      + [
        .element(
          "ul",
          ["style": "padding-left:20px"],
          AlertWords.remedies(digest.steps).map {
            .element("li", [:], "\(AlertWords.name($0.promise)): \($0.text)")
          }
        ),
        .element("p", ["style": "color:#666;font-size:13px"], words.foot(digest.asOf)),
      ]
    return .element(
      "html",
      ["lang": "en"],
      [
        .element(
          "head",
          [:],
          [.void("meta", ["charset": "utf-8"]), .element("title", [:], title)]
        ),
        .element("body", ["style": style], body),
      ]
    )
  }

  private func cells(_ step: SLAStep) -> [String] {
    [
      AlertWords.word(step.step), AlertWords.promise(step), step.lead, words.due(step),
      AlertWords.owner(step),
    ]
  }

  private func more(_ digest: AlertDigest, _ most: Int) -> String? {
    let left = max(0, digest.steps.count - most) + digest.following
    guard left > 0 else { return nil }
    let follow = digest.following > 0 ? ", which follow" : ""
    return "And \(Format.count(left)) more, the less grave ones\(follow); plumbline sla lists all."
  }

  /// A text in which Slack finds no mark of its own.
  ///
  /// A long one is shortened, so that a section keeps to its limit.
  private func chat(_ text: String, most: Int = 60) -> String {
    let plain = text.printable.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
    // A zero-width space keeps `*`, `_`, `~` and backquotes from pairing up.
    let unmarked = plain.map { "*_~`".contains($0) ? "\u{200B}\($0)" : String($0) }
    return unmarked.prefix(most).joined()
  }
}

/// One alert as a line of JSON.
private struct AlertLineWire: Encodable {
  let agreement: String
  let agreementHash: String
  let asOf: String
  let clock: Int
  let destination: String
  let due: String
  let episode: Int
  let key: String
  let lead: String
  let owner: String
  let promise: SLAStep.Promise
  @OrNull var stage: String?
  let step: SLAStep.Step

  init(_ step: SLAStep, _ digest: AlertDigest, _ agreement: Agreement) {
    self.agreement = agreement.version
    agreementHash = agreement.hash
    asOf = Format.iso8601(digest.asOf, agreement.calendar)
    clock = step.clock
    destination = digest.destination
    due = Format.iso8601(step.due, agreement.calendar)
    episode = step.episode
    key = step.key
    lead = step.lead
    owner = step.owner
    promise = step.promise
    _stage = OrNull(wrappedValue: step.stage)
    self.step = step.step
  }
}

/// A message of a chat.
private struct ChatWire: Encodable {
  struct Text: Encodable {
    let type: String
    let text: String
  }

  struct Block: Encodable {
    let type: String
    var text: Text?
    var elements: [Text]?

    static func section(head: String, lines: [String]) -> Block {
      let body = (["*\(head)*"] + lines).joined(separator: "\n")
      return Block(type: "section", text: Text(type: "mrkdwn", text: body))
    }

    static func context(_ text: String) -> Block {
      Block(type: "context", elements: [Text(type: "mrkdwn", text: text)])
    }
  }

  let text: String
  let blocks: [Block]
}
