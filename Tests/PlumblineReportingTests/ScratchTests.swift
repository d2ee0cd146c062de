import Foundation
import PlumblineCore
import PlumblineReporting
import PlumblineTestSupport
import Testing

@Test func scratch() throws {
  for (name, company) in [("leaky", SampleCompany.leakyChannel), ("two", .twoLeaks), ("healthy", .healthyCompany), ("hostile", .hostile), ("empty", SampleCompany())] {
    let funnel = try company.funnel()
    try FunnelText(funnel, under: company.agreement, gaps: company.history.gaps).text.write(toFile: "/tmp/out/\(name)-funnel.txt", atomically: true, encoding: .utf8)
    try FunnelText(company.funnel(by: nil), under: company.agreement).text.write(toFile: "/tmp/out/\(name)-all.txt", atomically: true, encoding: .utf8)
    let d = try company.diagnosis()
    try DiagnosisText(d, under: company.agreement).text.write(toFile: "/tmp/out/\(name)-diagnosis.txt", atomically: true, encoding: .utf8)
    try DiagnosisJSON(d, under: company.agreement).text().write(toFile: "/tmp/out/\(name)-diagnosis.json", atomically: true, encoding: .utf8)
    try FunnelJSON(funnel, under: company.agreement).text().write(toFile: "/tmp/out/\(name)-funnel.json", atomically: true, encoding: .utf8)
    try FunnelCSV(funnel, under: company.agreement).text.write(toFile: "/tmp/out/\(name)-funnel.csv", atomically: true, encoding: .utf8)
  }
}
@Test func scratchHTML() throws {
  for (name, company) in [("leaky", SampleCompany.leakyChannel), ("two", .twoLeaks), ("healthy", .healthyCompany), ("hostile", .hostile), ("empty", SampleCompany())] {
    try HTMLReport(company.diagnosis(), funnel: company.funnel(), under: company.agreement, generatedBy: "plumbline 0.1.0").text.write(toFile: "/tmp/out/\(name).html", atomically: true, encoding: .utf8)
  }
}
