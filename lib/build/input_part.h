#pragma once

#include <string>

namespace mmgym {

/// One of n parts of the inputs: those whose names have this hash. Every program that divides the
/// same files by the same n finds the same parts.
struct InputPart {
  int number = 0;  // from 0
  int count = 1;

  /// Whether a file is in the part. Depends on its name up to the first dot, in lower case, so not
  /// on folders, archives or compression.
  bool contains(const std::string& file_name) const;
  /// "number/count".
  std::string text() const;
};

/// Reads "k/n" with 0 <= k < n. Throws UsageError.
InputPart parse_input_part(const std::string& text);

}  // namespace mmgym
