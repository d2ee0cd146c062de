extension CompanyHistory {
  /// The same facts, asked by another reader or under other rules of reading events.
  ///
  /// - Parameter agreement: The history's agreement, of which only what a question may change is
  ///   changed: the reader, what a return is, and asked confirmations.
  /// - Returns: The history; journeys of this one fit it.
  public func asked(under agreement: Agreement) -> CompanyHistory {
    precondition(
      agreement.hash == self.agreement.hash,
      "a question does not change what facts mean"
    )
    var history = self
    history.agreement = agreement
    return history
  }

  /// The same facts with pseudonyms for the people of sales.
  ///
  /// Whatever is counted from it names them so.
  ///
  /// - Parameter pseudonyms: What they are called.
  /// - Returns: The history; journeys of this one fit it.
  /// - Complexity: O(owners).
  public func hidingOwners(as pseudonyms: OwnerPseudonyms) -> CompanyHistory {
    var history = self
    history.texts[.owner] = pseudonyms.hiding(texts[.owner])
    return history
  }
}

extension EmbeddedCells {
  /// The same engine, with its journeys, over another view of its history.
  ///
  /// - Parameter history: A view of the engine's history, see `CompanyHistory.asked(under:)` and
  ///   `CompanyHistory.hidingOwners(as:)`.
  /// - Returns: The engine; journeys that one of both reads the other has too.
  public func viewing(_ history: CompanyHistory) -> EmbeddedCells {
    EmbeddedCells(history, shelf: shelf)
  }
}
