import Foundation
import GRDB
import PlumblineCore

/// Says what is damaged, and names damage that SQLite found.
enum StoreDamage {
  static let code = "store.damaged"

  static func error(_ message: String) -> InputError {
    InputError([finding(message)])
  }

  static func finding(_ message: String) -> Diagnostic {
    Diagnostic(
      .error,
      code: code,
      "The store is damaged: \(message)",
      remedy: "Restore the workspace from a backup, or import the files again into a new one."
    )
  }

  /// Calls `body` and names a file whose pages no longer fit together.
  ///
  /// - Parameters:
  ///   - exempt: A result of SQLite that means something else here.
  ///   - body: What to do.
  /// - Returns: What `body` returns.
  /// - Throws: `InputError` with code `store.damaged`, or what else `body` throws.
  static func naming<Value>(
    except exempt: ResultCode? = nil,
    _ body: () throws -> Value
  ) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError where isDamage(error) && error.resultCode != exempt {
      throw Self.error("\(error.message ?? "its pages do not fit together").")
    } catch is RowDecodingError {
      throw Self.error("a table holds values that do not belong there.")
    }
  }

  /// Whether SQLite found the file cut short or its pages at odds with one another.
  static func isDamage(_ error: DatabaseError) -> Bool {
    [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
      || error.extendedResultCode == .SQLITE_IOERR_SHORT_READ
  }
}

/// Values of a row that say when they are not what the schema promises, instead of trapping.
extension Row {
  func integer(_ column: String) throws -> Int64 {
    let value: DatabaseValue = self[column]
    guard let number = Int64.fromDatabaseValue(value) else { throw odd(column) }
    return number
  }

  func blob(_ column: String) throws -> Data {
    let value: DatabaseValue = self[column]
    guard let bytes = Data.fromDatabaseValue(value) else { throw odd(column) }
    return bytes
  }

  func text(_ column: String) throws -> String {
    let value: DatabaseValue = self[column]
    guard let text = String.fromDatabaseValue(value) else { throw odd(column) }
    return text
  }

  private func odd(_ column: String) -> InputError {
    StoreDamage.error("a row holds no fitting \(column).")
  }
}
