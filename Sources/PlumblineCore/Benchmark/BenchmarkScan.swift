/// The cohorts of a question: for each day of creation the cohort it falls in.
struct BenchmarkCohorts: Sendable {
  private let firstDay: Int32
  /// For each day from the first on, the cohort's number.
  let numbers: [UInt32]
  /// The first day of each cohort, in order.
  let starts: [CivilDate]

  init(_ days: ClosedRange<Int32>, grain: BenchmarkAsk.Grain) {
    firstDay = days.lowerBound
    var numbers: [UInt32] = []
    var starts: [CivilDate] = []
    numbers.reserveCapacity(days.count)
    for day in days {
      let date = CivilDate(dayNumber: Int(day))
      // A cohort begins with its first day; only there is the calendar asked.
      let isFirst =
        switch grain {
        case .month: starts.last.map { date.dayNumber > $0.dayNumber + 27 } ?? true
        case .week: starts.last.map { date.dayNumber > $0.dayNumber + 6 } ?? true
        }
      if isFirst {
        let start = Self.start(of: date, grain)
        if starts.last != start { starts.append(start) }
      }
      numbers.append(UInt32(starts.count - 1))
    }
    self.numbers = numbers
    self.starts = starts
  }

  private static func start(of day: CivilDate, _ grain: BenchmarkAsk.Grain) -> CivilDate {
    switch grain {
    case .month: day.startOfMonth
    case .week: day.startOfWeek
    }
  }

  /// The number of a lead's cohort.
  ///
  /// - Precondition: The day lies in the range of days.
  @inline(__always)
  func number(of day: Int32) -> Int { Int(numbers[Int(day &- firstDay)]) }

  /// Whether a day lies in the range of days.
  func contains(_ day: Int32) -> Bool {
    day >= firstDay && Int(day) - Int(firstDay) < numbers.count
  }

  /// The number of the cohort that a day falls in; nil where no lead came into being then.
  func number(of day: CivilDate, grain: BenchmarkAsk.Grain) -> Int? {
    let start = Self.start(of: day, grain)
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < start { low = middle + 1 } else { high = middle }
    }
    return low < starts.count && starts[low] == start ? low : nil
  }
}

/// What the tables of a question group by.
struct BenchmarkShape: Sendable {
  let names: BenchmarkNames
  /// The ranks of the channels that count.
  let channels: Range<Int>
  let cohorts: BenchmarkCohorts
  /// One more than the most days that a step took.
  let lagCount: Int

  init(
    _ names: BenchmarkNames,
    _ channels: Range<Int>,
    _ cohorts: BenchmarkCohorts,
    lagCount: Int
  ) {
    self.names = names
    self.channels = channels
    self.cohorts = cohorts
    self.lagCount = lagCount
  }

  /// How many segments a channel has.
  var segmentCount: Int { names.segments.count }
  /// How many pairs of a channel that counts and a segment there are.
  var pairCount: Int { channels.count * segmentCount }
  /// The first of those pairs among those of all channels.
  var firstPair: Int { channels.lowerBound * segmentCount }
  /// How many cells there are.
  var cellCount: Int { pairCount * cohorts.starts.count }

  /// How many counts a channel and step has: four for each number of days, and one for leads that
  /// never came so far.
  var outcomeStride: Int { lagCount * 4 + 1 }
}

/// Counts of some records.
struct BenchmarkScan: Sendable {
  /// For each cell and mark, how many leads.
  var cells: [UInt32]
  /// For each owner and mark, how many leads.
  var owners: [UInt32]
  /// For each channel, step, whole days and outcome, how many; see `BenchmarkShape.outcomeStride`.
  var outcomes: [UInt32]

  /// Counts some records.
  ///
  /// - Complexity: O(records of the channels that count + cells + owners + channels x days).
  init(_ records: BenchmarkRecords, _ shape: BenchmarkShape) {
    let (marks, cohorts) = (BenchmarkRecord.markCount, shape.cohorts)
    let stride = shape.outcomeStride
    let none = UInt16(clamping: stride - 1)
    cells = Array(repeating: 0, count: shape.cellCount * marks)
    owners = Array(repeating: 0, count: shape.names.owners.count * marks)
    outcomes = Array(repeating: 0, count: shape.channels.count * BenchmarkAsk.stepCount * stride)
    cells.withUnsafeMutableBufferPointer { cells in
      owners.withUnsafeMutableBufferPointer { owners in
        outcomes.withUnsafeMutableBufferPointer { outcomes in
          for pair in 0..<shape.pairCount {
            let cell = pair * cohorts.starts.count
            let step = pair / shape.segmentCount * BenchmarkAsk.stepCount * stride
            for record in records.ofPair(shape.firstPair + pair) {
              let mark = Int(record.outcomes[6])
              cells[(cell &+ cohorts.number(of: record.day)) &* marks &+ mark] &+= 1
              owners[Int(record.owner) &* marks &+ mark] &+= 1
              // A step that was not reached is counted where nobody looks: no branch to mistake.
              let places = pointwiseMin(record.outcomes, SIMD8(repeating: none))
              outcomes[step &+ Int(places[0])] &+= 1
              outcomes[step &+ stride &+ Int(places[1])] &+= 1
              outcomes[step &+ 2 &* stride &+ Int(places[2])] &+= 1
              outcomes[step &+ 3 &* stride &+ Int(places[3])] &+= 1
              outcomes[step &+ 4 &* stride &+ Int(places[4])] &+= 1
              outcomes[step &+ 5 &* stride &+ Int(places[5])] &+= 1
            }
          }
        }
      }
    }
  }

  /// The counts of each run of marks, of cells or owners.
  func counts(_ marks: KeyPath<BenchmarkScan, [UInt32]>) -> [BenchmarkCounts] {
    let marks = self[keyPath: marks]
    return stride(from: 0, to: marks.count, by: BenchmarkRecord.markCount).map {
      BenchmarkCounts(marks[$0..<$0 + BenchmarkRecord.markCount])
    }
  }

  /// The ends that there are.
  func ends(_ shape: BenchmarkShape) -> [BenchmarkDigest.Ends] {
    let stride = shape.outcomeStride
    var ends: [BenchmarkDigest.Ends] = []
    for step in 0..<shape.channels.count * BenchmarkAsk.stepCount {
      for place in 0..<stride - 1 where outcomes[step * stride + place] != 0 {
        ends.append(
          BenchmarkDigest.Ends(
            step: UInt32(step),
            place: UInt32(place),
            count: outcomes[step * stride + place]
          )
        )
      }
    }
    return ends
  }
}

/// The counts that an output line shows.
struct BenchmarkCounts: Sendable {
  var leads = 0
  /// Leads that reached steps 1...6.
  var reached = SIMD8<Int>(repeating: 0)
  /// Leads that reached or passed steps 1...5.
  var passed = SIMD8<Int>(repeating: 0)
  /// Leads that showed up at a meeting that they had booked.
  var shown = 0
  /// Leads won of those that became an opportunity.
  var closed = 0
  var touched = 0
  var prompt = 0

  /// Nothing.
  init() {}

  /// Adds the counts of other leads.
  mutating func add(_ other: BenchmarkCounts) {
    leads += other.leads
    reached &+= other.reached
    passed &+= other.passed
    shown += other.shown
    closed += other.closed
    touched += other.touched
    prompt += other.prompt
  }

  /// The counts behind a run of `BenchmarkRecord.markCount` counts by mark.
  init(_ marks: ArraySlice<UInt32>) {
    for (mark, count) in zip(0..., marks) where count > 0 {
      let count = Int(count)
      leads += count
      for step in 0..<6 {
        if mark & 1 << step != 0 { reached[step] += count }
        if (mark & 63) >> step != 0 { passed[step] += count }
      }
      if mark & 0b1100 == 0b1100 { shown += count }
      if mark & 0b11_0000 == 0b11_0000 { closed += count }
      if mark >> 6 != 0 { touched += count }
      if mark >> 6 == 2 { prompt += count }
    }
  }
}
