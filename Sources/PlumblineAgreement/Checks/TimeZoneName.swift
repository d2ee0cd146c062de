import PlumblineYAML

extension AgreementCheck {
  /// A time zone that the time zone database does not have.
  static let timeZone = AgreementCheck(code: "agreement.time-zone") { draft, report in
    guard let zone = draft.timeZone, !ZoneName.isValid(zone.value) else { return }
    report(
      "there is no time zone \"\(zone.value.shownInMessage)\".",
      at: zone.position,
      remedy: ZoneName.nearest(to: zone.value).map { "Did you mean \"\($0)\"?" }
        ?? "Write a name such as Europe/Berlin or UTC."
    )
  }
}
