extension AnswerShape {
  /// Shapes that others are made of, in alphabetical order.
  public static let parts: [AnswerShape] = [
    AnswerShape(
      "account",
      """
      created_at: time, display_name: text, has_password: truth, id: integer, \
      is_disabled: truth, last_sign_in_at: time?, name: text, owner: text?, role: text, \
      signs_in_at_provider: truth
      """
    ),
    AnswerShape(
      "agreement",
      """
      company: text, currency: text, hash: text, time_zone: text, version: text
      """
    ),
    AnswerShape(
      "audit_event",
      """
      account: integer?, account_name: text?, act: text, address: text?, at: time, \
      detail: text?, id: integer, request: text?, subject: text?
      """
    ),
    AnswerShape(
      "fact_count",
      """
      count: integer, kind: text
      """
    ),
    AnswerShape(
      "file",
      """
      bytes: integer, hash: text, name: text
      """
    ),
    AnswerShape(
      "finding",
      """
      code: text, column: integer?, file: text?, line: integer?, message: text, \
      remedy: text?, severity: text
      """
    ),
    AnswerShape(
      "gap",
      """
      count: integer, examples: [text], kind: text, message: text, of: integer?, \
      remedy: text
      """
    ),
    AnswerShape(
      "horizon",
      """
      days: integer, from: text, is_agreed: truth, to: text
      """
    ),
    AnswerShape(
      "import_summary",
      """
      exported_at: time?, facts: integer, files: [file], imported_at: time, \
      mapping_hash: text, refused: integer?, rows: integer?, sequence: integer, source: text, \
      time_zone: text?
      """
    ),
    AnswerShape(
      "open_lead",
      """
      age_in_days: integer?, chance: number, furthest_stage: text, lead_id: text
      """
    ),
    AnswerShape(
      "open_promise",
      """
      clock: integer, due: time, episode: integer, lead_id: text, owner: text?, \
      promise: text, stage: text?, step: text
      """
    ),
    AnswerShape(
      "question",
      """
      asked_horizons: [object], by: [text], confirmed: [object], filters: [object], \
      first_day: text?, last_day: text?, mql_at: integer?, returns: text, skips: text, \
      what_if: [text]
      """
    ),
    AnswerShape(
      "record",
      """
      amount: number?, channel: text?, created: text?, day: text?, deal_id: text?, \
      follow_up: text?, lead_id: text?, outcome: text?, owner: text?, segment: text?, stage: text?
      """
    ),
    AnswerShape(
      "spend_record",
      """
      amount: number, campaign: text?, channel: text?, file: text?, first_day: text, \
      last_day: text, line: integer?, recorded_amount: number?, recorded_currency: text?, \
      whole_amount: number
      """
    ),
  ]
}
