extension Mapping {
  /// What somebody chose for one field of one record.
  public enum Choice: Hashable, Sendable {
    /// The field comes from this column.
    case column(String)
    /// The field is left out.
    case nothing
  }

  /// Changes where one field comes from; what else is said of it stays where it is another column.
  ///
  /// - Parameters:
  ///   - choice: What was chosen.
  ///   - field: The field, named as mapping files write it.
  ///   - record: The position of the record in its file's `records`.
  ///   - file: The position of the file in `files`.
  /// - Returns: Whether that changed anything; false too where there is no such place.
  @discardableResult
  public mutating func choose(
    _ choice: Choice,
    for field: String,
    ofRecord record: Int,
    inFile file: Int
  ) -> Bool {
    guard files.indices.contains(file), files[file].records.indices.contains(record),
      MappingKeys.fields(of: files[file].records[record].kind).contains(field)
    else { return false }
    var fields = files[file].records[record].fields
    let place = fields.firstIndex { MappingKeys.fieldName(ofColumn: $0.column) == field }
    switch (choice, place) {
    case (.nothing, nil): return false
    case (.nothing, let place?): fields.remove(at: place)
    case (.column(let name), let place?):
      guard fields[place].source != .columns([ColumnReference(name)]) else { return false }
      fields[place].source = .columns([ColumnReference(name)])
    case (.column(let name), nil):
      let column = field == "type" ? "kind" : field
      fields.append(FieldMapping(column, from: .columns([ColumnReference(name)])))
    }
    files[file].records[record].fields = fields
    return true
  }

  /// The mapping for some files alone, without the parts that none of them is meant by.
  ///
  /// - Parameter names: The files' names without their folders.
  /// - Returns: The mapping; nil when it says nothing about one of the files.
  public func covering(_ names: [String]) -> Mapping? {
    var rest = self
    rest.files = files.filter { part in names.contains { part.matches(fileName: $0) } }
    let isWhole = names.allSatisfy { name in files.contains { $0.matches(fileName: name) } }
    return isWhole && !rest.files.isEmpty ? rest : nil
  }
}
