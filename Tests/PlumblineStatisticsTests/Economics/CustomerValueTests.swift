import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Customer value` {
  @Test func `agrees with a sum month by month`() throws {
    let table = try ReferenceTable("customer-value")
    #expect(table.rows.count == 12)
    for row in table.rows {
      let customer = try CustomerValue(
        monthlyRevenue: row.number("revenue"),
        grossMargin: row.number("margin"),
        monthlyChurn: row.number("churn"),
        monthlyDiscount: row.number("discount"),
        horizonInMonths: row.integer("months")
      )
      #expect(agree(customer.lifetimeValue, row.number("ltv")), "\(row)")
      #expect(customer.monthsToRecover(row.number("cost")) == row.integer("payback"), "\(row)")
    }
  }

  @Test func `has no bound when nobody leaves and money keeps its value`() throws {
    let loyal = try CustomerValue(monthlyRevenue: 100, grossMargin: 0.5, monthlyChurn: 0)
    #expect(loyal.lifetimeValue == nil)
    #expect(loyal.monthsToRecover(101) == 3)
    let discounted = try CustomerValue(
      monthlyRevenue: 100,
      grossMargin: 0.5,
      monthlyChurn: 0,
      monthlyDiscount: 0.01
    )
    #expect(agree(discounted.lifetimeValue, 50 * 1.01 / 0.01))
  }

  @Test func `counts no month of a horizon of 0, and one of a horizon of 1`() throws {
    for (months, value) in [(0, 0.0), (1, 50)] {
      let customer = try CustomerValue(
        monthlyRevenue: 100,
        grossMargin: 0.5,
        monthlyChurn: 0.2,
        horizonInMonths: months
      )
      #expect(customer.lifetimeValue == value)
    }
  }

  @Test(arguments: [(0, 0), (-5, 0), (1e-9, 1), (.nan, nil), (.infinity, nil), (1e300, nil)])
  func `recovers odd costs without a trap`(cost: Double, months: Int?) throws {
    let customer = try CustomerValue(monthlyRevenue: 1, grossMargin: 1, monthlyChurn: 0)
    #expect(customer.monthsToRecover(cost) == months)
  }

  @Test(arguments: [0, -0.3])
  func `never recovers anything without a margin`(margin: Double) throws {
    let customer = try CustomerValue(monthlyRevenue: 9, grossMargin: margin, monthlyChurn: 0.1)
    #expect(customer.monthsToRecover(1) == nil)
    #expect(customer.monthsToRecover(0) == 0)
    #expect(agree(customer.lifetimeValue, 90 * margin))
  }

  /// Money that just comes in over all time comes in over no number of months.
  @Test func `never recovers a cost equal to all there will ever be`() throws {
    let customer = try CustomerValue(monthlyRevenue: 30, grossMargin: 1, monthlyChurn: 0.03)
    #expect(customer.monthsToRecover(1000) == nil)
    #expect(customer.monthsToRecover(999) == 227)
  }

  @Test func `refuses shares and discounts that are none`() {
    #expect(throws: StatisticsError.notAShare(1.5)) {
      try CustomerValue(monthlyRevenue: 1, grossMargin: 1, monthlyChurn: 1.5)
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(-0.1)) {
      try CustomerValue(
        monthlyRevenue: 1,
        grossMargin: 1,
        monthlyChurn: 0,
        monthlyDiscount: -0.1
      )
    }
    #expect(throws: StatisticsError.notFinite(.infinity)) {
      try CustomerValue(monthlyRevenue: .infinity, grossMargin: 1, monthlyChurn: 0)
    }
  }
}
