import PlumblineCore

extension Truth {
  /// How often the detectors of gaming find what was planted, and how often they are wrong.
  func gaming() -> String {
    let study = GamingStudy(
      companies: companies,
      sizes: sizes?.leads ?? GamingStudy.usualSizes,
      seed: seed
    )
    return study.tables(
      ParallelWork(threads: threads, noun: "companies").map(study.trials.count) {
        study.outcome(of: study.trials[$0])
      }
    )
  }
}
