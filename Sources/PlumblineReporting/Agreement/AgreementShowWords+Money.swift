import PlumblineCore
import PlumblineStatistics

/// What the agreement says of money and of pay.
extension AgreementShowWords {
  private func money(_ minorUnits: Int64) -> String {
    Format.money(Double(minorUnits), agreement.currency)
  }

  private func sentences(_ sentences: String?...) -> [String] { sentences.compactMap { $0 } }

  /// What an answer in money takes as agreed, a sentence each.
  var money: [String] { customers + costs + selling }

  private var customers: [String] {
    let economics = agreement.economics
    return sentences(
      economics.grossMargin.map { "Gross margin: \(AgreementPhrases.share($0))." },
      economics.dealCoversMonths.map {
        "A deal's amount is the revenue of \(Format.count($0, "month"))."
      },
      economics.horizonInMonths.map {
        "A customer's revenue counts for \(Format.count($0, "month"))."
      },
      economics.monthlyChurn.map { "\(AgreementPhrases.share($0)) of customers leave each month." },
      economics.monthlyDiscount.map {
        "A month of waiting takes \(AgreementPhrases.share($0)) off the value of money."
      },
      economics.targetRatio.map {
        "A customer should bring \(AgreementPhrases.number($0)) times its cost."
      },
      economics.payments.map { "Customers pay \($0 == .annual ? "a year ahead" : "each month")." }
    )
  }

  private var costs: [String] {
    let economics = agreement.economics
    let rule = economics.overheadRule == .media ? "what was spent on media" : "how many leads came"
    return sentences(
      economics.overheadPerMonth.map {
        "Marketing costs \(money($0)) a month besides media, divided among channels by \(rule)."
      },
      economics.weeklyCarryOver.map {
        "\(AgreementPhrases.share($0)) of a week's spend works in later weeks."
      },
      economics.otherCostPerMonth.map {
        "The company pays \(money($0)) a month besides marketing and sales."
      },
      economics.cash.map {
        $0 < 0 ? "There is no cash: \(money(-$0)) is owed." : "There is \(money($0)) of cash."
      }
    )
  }

  private var selling: [String] {
    let economics = agreement.economics
    let sales = economics.sales
    let ramp = economics.rampInMonths.map { Format.count($0, "month") }
    let minutes = sales.minutes.sorted { $0.key < $1.key }.map {
      "\($0.key.printable) \(AgreementPhrases.number($0.value))"
    }
    return sentences(
      economics.repMonthCost.map {
        "A rep costs \(money($0)) a month"
          + (ramp.map { " and works at full strength after \($0)." } ?? ".")
      },
      economics.repMonthCost == nil
        ? ramp.map { "A rep works at full strength after \($0)." } : nil,
      sales.hireCost.map { "Hiring one costs \(money($0))." },
      sales.commission.map {
        "Reps are paid \(AgreementPhrases.share($0)) of a won customer's first year of revenue."
      },
      sales.monthlyAttrition.map { "\(AgreementPhrases.share($0)) of reps leave each month." },
      sales.leadsPerRepMonth.map {
        "A rep at full strength works \(AgreementPhrases.number($0)) leads a month."
      },
      sales.hoursPerRepMonth.map {
        "A rep works leads for \(AgreementPhrases.number($0)) \($0 == 1 ? "hour" : "hours") a "
          + "month."
      },
      minutes.isEmpty ? nil : "Usual minutes: \(minutes.joined(separator: ", "))."
    )
  }

  /// What the teams are paid for, a sentence each.
  var incentives: [String] {
    agreement.incentives.map { incentive in
      let payout = incentive.payout.map { ", \(money($0))" } ?? ""
      let period = ", by the \(incentive.period.rawValue)"
      return
        "\(incentive.team.rawValue.capitalizedFirst): \(AgreementPhrases.share(incentive.weight)) of "
        + "variable pay for \(AgreementPhrases.plain(incentive.measure))\(payout)\(period)\(target(of: incentive))"
        + "\(terms(of: incentive))."
    }
  }

  /// What is to be reached: `, target 120`, `, target EUR 900 at most`; empty where it is not said.
  private func target(of incentive: Incentive) -> String {
    guard let target = incentive.target else { return "" }
    let words =
      switch incentive.known?.unit {
      case .money: Format.money(target, agreement.currency)
      case .share: AgreementPhrases.share(target)
      case .count, nil: AgreementPhrases.number(target)
      }
    return ", target \(words)" + (incentive.known?.isLessBetter == true ? " at most" : "")
  }

  /// From where on and up to where is paid; empty where only reaching the target pays.
  private func terms(of incentive: Incentive) -> String {
    let (from, upTo) = (incentive.paysFrom, incentive.paysUpTo)
    return [
      from < 1 ? ", paid from \(AgreementPhrases.share(from)) of it on" : "",
      upTo > 1 ? ", up to \(AgreementPhrases.share(upTo)) of it" : "",
    ].joined() + (incentive.known == nil ? "; no answer computes it" : "")
  }
}
