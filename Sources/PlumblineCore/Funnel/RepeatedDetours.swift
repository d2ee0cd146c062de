extension CompanyHistory {
  /// The dated detours of the leads that have more than one, in the order of leads and time.
  ///
  /// Of all other leads an episode's exit says when they left the path and how.
  public struct RepeatedDetours: Equatable, Sendable {
    /// The leads' dense numbers, ascending; each stands once a detour.
    public package(set) var leads: [Int32] = []
    /// When.
    public package(set) var times: [TimePoint] = []
    /// The detours' positions in the agreement.
    public package(set) var detours: [UInt16] = []

    /// No detours.
    package init() {}

    /// Those among the events of a company.
    ///
    /// - Complexity: O(events).
    package init(_ events: Events) {
      for lead in 0..<events.starts.count - 1 {
        let range = events.range(of: lead)
        // Mostly there is none.
        var count = 0
        for index in range where events.codes[index].isDetour && events.times[index].isDated {
          count += 1
        }
        guard count > 1 else { continue }
        for index in range where events.times[index].isDated {
          guard let detour = events.codes[index].detourIndex else { continue }
          leads.append(Int32(lead))
          times.append(events.times[index])
          detours.append(UInt16(clamping: detour))
        }
      }
    }

    /// Adds detours of leads whose numbers are all higher, columns of the same length.
    package mutating func append(_ leads: [Int32], _ times: [TimePoint], _ detours: [UInt16]) {
      self.leads += leads
      self.times += times
      self.detours += detours
    }

    /// Where a lead's detours stand, at a position or behind it.
    @inline(__always)
    func range(of lead: Int, from position: inout Int) -> Range<Int> {
      while position < leads.count, Int(leads[position]) < lead { position &+= 1 }
      var end = position
      while end < leads.count, Int(leads[end]) == lead { end &+= 1 }
      return position..<end
    }
  }
}
