import PlumblineCore

// What to keep in mind.
extension SLAWords {

  /// How it was counted and what to keep in mind.
  var notes: [String] {
    var notes = [untold].compactMap { $0 }
    if let sales = answer.sales, !sales.all.promises.isEmpty || !sales.staleStages.isEmpty {
      notes.append(
        "In time: of the leads settled, which are those done in time, late, never, or overdue. Never: "
          + "the lead went on, left or went to another owner after its deadline. Gone: before it."
      )
      notes.append(
        "What machines do, notes and tasks stop no clock. Times to the first touch count leads that "
          + "still wait as long as they have, and leads that left untouched as never."
      )
      notes.append(
        "A promise holds as it was on the day of the hand-off. An owner is named only when the share "
          + "is lower than chance makes it among so many; that is not yet whose fault it is."
      )
    }
    if !answer.saidSince.isEmpty {
      notes.append(
        "Of \(Format.count(answer.saidSince.count, "lead")) sales has said something after the "
          + "newest fact that counts here; it counts once newer facts are imported."
      )
    }
    notes += salesNotes + marketingNotes
    return notes
  }

  private var salesNotes: [String] {
    guard let sales = answer.sales else { return [] }
    var notes: [String] = []
    if sales.all.waits != nil, sales.withAssignment == 0 {
      notes.append(
        "When leads were assigned is not on record, so no wait is split into the system's part and "
          + "the owner's."
      )
    }
    let others = underOtherPromises(sales)
    if others > 0 {
      notes.append(
        "\(Format.count(others)) of \(Format.count(sales.counted.count, "hand-off")) counted were made "
          + "while sales promised something else than now; they are held to that."
          + (sales.all.promises.values.contains { $0.hasOtherTargets }
            ? " The share agreed is that of the newest hand-off." : "")
      )
    }
    if sales.undated > 0 {
      notes.append(
        "\(Format.count(sales.undated, "hand-off has", "hand-offs have")) no date and are in no "
          + "period."
      )
    }
    if sales.byDay > 0 {
      notes.append(
        "\(Format.count(sales.byDay, "lead")) judged by whole days: of some times only the day is "
          + "known."
      )
    }
    if sales.ownersWithUnknownZone > 0 {
      notes.append(
        "\(Format.count(sales.ownersWithUnknownZone, "owner")) with a time zone that does not exist: "
          + "the agreement's holds."
      )
    }
    if let newest = sales.newestContact, answer.asOf.seconds - newest.seconds > 3 * 86_400 {
      notes.append(
        "The newest call or mail on record is of "
          + "\(Format.instant(newest, agreement.calendar)): what was done since would be missing."
      )
    }
    return notes
  }

  /// How many counted hand-offs another promise holds for than the one in force.
  private func underOtherPromises(_ sales: SalesSide) -> Int {
    let timeline = AgreementTimeline(agreement)
    let promises = timeline.versions.map(\.salesSLA)
    let present = promises[timeline.index(at: answer.asOf.seconds)]
    return sales.counted.count { promises[sales.records[$0].version] != present }
  }

  private var marketingNotes: [String] {
    guard let side = answer.marketing else { return [] }
    var notes = [
      "Delivered: leads that reached \(stages.label(agreement.handOffStage)) in the period, each "
        + "once, also where a later stage alone shows it."
    ]
    if !answer.options.filters.isEmpty {
      notes.append(
        "Marketing's promise is about all leads: "
          + AnswerPlace.words("with --where", onPage: "with a filter")
          + " only what it delivered is shown."
      )
    }
    if side.periods.contains(where: { state($0) == "not whole" }) {
      notes.append("Not whole: the record of leads begins within the period.")
    }
    if side.forecast?.forecast != nil {
      notes.append("The forecast takes the weeks before as they were; it looks for no trend.")
    }
    return notes
  }
}
