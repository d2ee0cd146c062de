import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Calibration of a score` {
  @Test func `agrees with statsmodels and scikit-learn`() throws {
    let table = try ReferenceTable("calibration")
    #expect(table.rows.count == 6)
    for row in table.rows {
      let calibration = try Calibration(
        probabilities: row.numbers("promised"),
        won: row.numbers("won"),
        lost: row.numbers("lost")
      )
      #expect(agree(calibration.brierScore, row.number("brier"), relative: 1e-12), "\(row)")
      let regression = calibration.regression
      if row.text("slope").isEmpty {
        #expect(regression == nil, "\(row)")
      } else {
        let pairs = [
          (regression?.intercept, "intercept"), (regression?.slope, "slope"),
          (regression?.interceptStandardError, "intercept_se"),
          (regression?.slopeStandardError, "slope_se"), (regression?.chiSquare, "chi2"),
          (regression?.pValue, "p"),
        ]
        for (value, column) in pairs {
          #expect(
            agree(value, row.number(column), relative: 1e-7, absolute: 1e-11),
            "\(column) of \(row)"
          )
        }
      }
      if row.text("shift").isEmpty {
        #expect(calibration.inTheLarge == nil, "\(row)")
      } else {
        let shift = calibration.inTheLarge
        #expect(agree(shift?.shift, row.number("shift"), relative: 1e-9, absolute: 1e-12))
        #expect(agree(shift?.standardError, row.number("shift_se"), relative: 1e-9))
      }
    }
  }

  @Test func `nothing promised and nothing seen has no answers`() throws {
    let none = try Calibration(probabilities: [], won: [], lost: [])
    #expect(none.brierScore == nil)
    #expect(none.regression == nil)
    #expect(none.inTheLarge == nil)
  }

  @Test func `promises that came true need no shift`() throws {
    let shift = try #require(
      CalibrationInTheLarge(probabilities: [0.25, 0.5], won: [1, 2], lost: [3, 2])
    )
    #expect(shift.shift.magnitude < 1e-12)
    #expect(shift.pValue > 0.999)
    #expect(agree(shift.promised, 0.375))
    #expect(agree(shift.observed, 0.375))
  }

  @Test func `promises of 0 and 1 do not end everything`() throws {
    let sure = try Calibration(probabilities: [0, 1, 0.5], won: [0, 5, 4], lost: [5, 0, 6])
    #expect(agree(sure.brierScore, 10 * 0.25 / 20))
    #expect(sure.inTheLarge != nil)
    let wrong = try Calibration(probabilities: [0, 1], won: [5, 0], lost: [0, 5])
    #expect(wrong.brierScore == 1)
  }

  @Test func `refuses promises that are no chances`() {
    #expect(throws: StatisticsError.notAShare(1.01)) {
      try Calibration(probabilities: [1.01], won: [1], lost: [1])
    }
    #expect(throws: StatisticsError.lengthMismatch(expected: 1, found: 2)) {
      try Calibration(probabilities: [0.5], won: [1, 2], lost: [1])
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(-1)) {
      try Calibration(probabilities: [0.5], won: [-1], lost: [1])
    }
  }
}

@Suite struct `Logistic fit` {
  @Test func `has no answer without columns or data`() {
    #expect(LogisticFit(columns: [], won: [1], lost: [1]) == nil)
    #expect(LogisticFit(columns: [[]], won: [], lost: []) == nil)
    #expect(LogisticFit(columns: [[1]], won: [0], lost: [0]) == nil)
  }

  @Test func `one group is its own log-odds`() throws {
    let fit = try #require(LogisticFit(columns: [[1]], won: [3], lost: [9]))
    #expect(agree(fit.coefficients[0], SpecialFunctions.logit(0.25)))
    #expect(agree(fit.standardErrors[0], (1 / 3.0 + 1 / 9.0).squareRoot()))
    #expect(agree(fit.probabilities[0], 0.25))
  }

  @Test func `a column twice is refused, a prior settles it`() throws {
    let columns = [[1.0, 1, 1], [0, 1, 2], [0, 1, 2]]
    let (won, lost) = ([2.0, 3, 6], [8.0, 6, 4])
    #expect(LogisticFit(columns: columns, won: won, lost: lost) == nil)
    let held = try #require(
      LogisticFit(
        columns: columns,
        won: won,
        lost: lost,
        priorStandardDeviations: [.infinity, 1, 1]
      )
    )
    #expect(agree(held.coefficients[1], held.coefficients[2]))
  }

  @Test(arguments: [[0.0, 0, 5, 5], [0, 2, 5, 5], [0, 0, 0, 0]])
  func `separation has no fit, but one with a prior`(won: [Double]) throws {
    let columns = [[1.0, 1, 1, 1], [0, 0, 1, 1]]
    let lost = won.map { 5 - $0 }
    #expect(LogisticFit(columns: columns, won: won, lost: lost) == nil)
    let held = try #require(
      LogisticFit(
        columns: columns,
        won: won,
        lost: lost,
        priorStandardDeviations: [5, 2.5]
      )
    )
    #expect(held.coefficients.allSatisfy { $0.magnitude < 10 })
  }

  @Test func `the log-likelihood is safe for certain outcomes`() {
    let sure = LogisticFit.logLikelihood(
      logOdds: [.infinity, -.infinity, 800],
      won: [2, 0, 1],
      lost: [0, 3, 0]
    )
    #expect(sure == 0)
    #expect(LogisticFit.logLikelihood(logOdds: [-.infinity], won: [1], lost: [0]) == -.infinity)
  }
}
