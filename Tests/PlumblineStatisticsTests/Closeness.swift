/// Whether two numbers agree to a relative tolerance, or both are that near to 0.
///
/// Written so that a NaN never agrees.
func agree(
  _ value: Double?,
  _ expected: Double,
  relative: Double = 1e-9,
  absolute: Double = 1e-300
) -> Bool {
  guard let value else { return false }
  if value == expected { return true }
  return (value - expected).magnitude <= absolute + relative * expected.magnitude
}
