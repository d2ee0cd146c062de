extension CompanyHistory {
  /// The same facts, asked by another reader or under other rules of reading events.
  ///
  /// - Parameter agreement: The history's agreement, of which only what a question may change is
  ///   changed: the reader, what a return is, and asked confirmations.
  /// - Returns: The history; journeys of this one fit it.
  public func asked(under agreement: Agreement) -> CompanyHistory {
    precondition(agreement.hash == self.agreement.hash, "a question changes no meaning of facts")
    var history = self
    history.agreement = agreement
    return history
  }

  /// The same facts with pseudonyms for the people of sales.
  ///
  /// Whatever is counted from it names nobody but those left out. A pseudonym is made of the order
  /// of names, so that it stays while no owner comes or goes.
  ///
  /// - Parameter shown: Owners who keep their names.
  /// - Returns: The history; journeys of this one fit it.
  /// - Complexity: O(owners x log owners).
  public func hidingOwners(except shown: Set<String> = []) -> CompanyHistory {
    let owners = texts[.owner]
    let codes = (1..<UInt32(max(1, owners.count))).sorted { owners[$0] < owners[$1] }
    let digits = String(codes.count).count
    var names = [String](repeating: "", count: owners.count)
    for (place, code) in codes.enumerated() {
      let number = String(place + 1)
      names[Int(code)] =
        shown.contains(owners[code])
        ? owners[code]
        : "rep " + String(repeating: "0", count: digits - number.count) + number
    }
    var hidden = TextDictionary()
    for name in names.dropFirst() { _ = hidden.intern(name) }
    var history = self
    history.texts[.owner] = hidden
    return history
  }
}

extension EmbeddedCells {
  /// The same engine, with its journeys, over another view of its history.
  ///
  /// - Parameter history: A view of the engine's history, see `CompanyHistory.asked(under:)` and
  ///   `CompanyHistory.hidingOwners(except:)`.
  /// - Returns: The engine; journeys that one of both reads the other has too.
  public func viewing(_ history: CompanyHistory) -> EmbeddedCells {
    EmbeddedCells(history, shelf: shelf)
  }
}
