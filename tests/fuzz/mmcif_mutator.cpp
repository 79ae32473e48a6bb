// Changes mmCIF tables: values, rows and columns. A change of a random byte seldom gives a file
// that is read to its end.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace {

using Lines = std::vector<std::string>;

constexpr std::array<const char*, 34> kValues = {"?",
                                                 ".",
                                                 "''",
                                                 "\"\"",
                                                 "0",
                                                 "-0.0",
                                                 "-1",
                                                 "1",
                                                 "2",
                                                 "3",
                                                 "nan",
                                                 "inf",
                                                 "-inf",
                                                 "1e308",
                                                 "-1e308",
                                                 "1e-320",
                                                 "99999.0",
                                                 "-99999.0",
                                                 "100000.1",
                                                 "2147483647",
                                                 "2147483648",
                                                 "-2147483648",
                                                 "18446744073709551615",
                                                 "1(2)",
                                                 "1e",
                                                 "0x10",
                                                 "A",
                                                 "AA",
                                                 "HOH",
                                                 "DOD",
                                                 "water",
                                                 "1-3",
                                                 "(1,2)(1)",
                                                 "A,B,A"};

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return n == 0 ? 0 : engine_() % n; }

 private:
  std::minstd_rand engine_;
};

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

Lines words_of(const std::string& line) {
  Lines words;
  std::size_t i = 0;
  while ((i = line.find_first_not_of(' ', i)) != std::string::npos) {
    const char quote = line[i];
    std::size_t end = quote == '\'' || quote == '"' ? line.find(std::string(1, quote) + " ", i + 1)
                                                    : std::string::npos;
    end = end == std::string::npos ? line.find(' ', i) : end + 1;
    words.push_back(line.substr(i, end == std::string::npos ? end : end - i));
    if (end == std::string::npos) break;
    i = end;
  }
  return words;
}

std::string joined(const Lines& words) {
  std::string line;
  for (const auto& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

bool is_row(const std::string& line) {
  return !line.empty() && line[0] != '_' && line[0] != '#' && line[0] != ';' &&
         !line.starts_with("loop_") && !line.starts_with("data_");
}

/// Returns the index of a random row, and of a random item if `items`; the number of lines if there
/// is none.
std::size_t pick(const Lines& lines, bool rows, Random& random) {
  const std::size_t start = random.below(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t n = (start + i) % lines.size();
    if (rows ? is_row(lines[n]) : lines[n].starts_with('_')) return n;
  }
  return lines.size();
}

std::string changed(std::string word, Random& random) {
  word.resize(word.size() + 8, '0');
  const std::size_t size =
      LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(word.data()), word.size() - 8, word.size());
  word.resize(size);
  std::replace_if(
      word.begin(), word.end(), [](char c) { return c == ' ' || c == '\n'; }, 'x');
  return random.below(8) == 0 ? std::string(400, '9') : word;
}

/// Changes one value: to a special one, to that of another row in the same place, or at random.
void change_value(Lines& lines, Random& random) {
  const std::size_t n = pick(lines, true, random);
  if (n == lines.size()) return;
  Lines words = words_of(lines[n]);
  if (words.empty()) return;
  const std::size_t column = random.below(words.size());
  switch (random.below(3)) {
    case 0:
      words[column] = kValues[random.below(kValues.size())];
      break;
    case 1: {
      const Lines others = words_of(lines[pick(lines, true, random)]);
      if (!others.empty()) words[column] = others[std::min(column, others.size() - 1)];
      break;
    }
    default:
      words[column] = changed(words[column], random);
  }
  lines[n] = joined(words);
}

void change(Lines& lines, Random& random) {
  const auto at = [&lines](std::size_t n) {
    return lines.begin() + static_cast<std::ptrdiff_t>(n);
  };
  const std::size_t row = pick(lines, true, random), other = pick(lines, true, random);
  const std::size_t item = pick(lines, false, random), other_item = pick(lines, false, random);
  switch (random.below(12)) {
    case 0:
      if (row < lines.size()) lines.insert(at(row), lines[row]);
      break;
    case 1:
      if (row < lines.size()) lines.erase(at(row));
      break;
    case 2:
      if (row < lines.size()) std::swap(lines[row], lines[other]);
      break;
    case 3:
      if (item < lines.size()) lines.erase(at(item));
      break;
    case 4:
      if (item < lines.size()) std::swap(lines[item], lines[other_item]);
      break;
    case 5:
      if (item < lines.size()) lines.insert(at(item), lines[other_item]);
      break;
    case 6: {
      // A table, or a part of one, comes again.
      const std::size_t count =
          std::min(random.below(40) + 1, lines.size() - std::min(row, lines.size()));
      if (row < lines.size() && lines.size() < 2000) {
        const Lines copy(at(row), at(row + count));
        lines.insert(at(other), copy.begin(), copy.end());
      }
      break;
    }
    default:
      change_value(lines, random);
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  Random random(seed);
  if (random.below(10) == 0) return LLVMFuzzerMutate(data, size, most);
  Lines lines = lines_of({reinterpret_cast<const char*>(data), size});
  if (lines.empty()) return LLVMFuzzerMutate(data, size, most);
  for (std::size_t n = random.below(4) + 1; n > 0 && !lines.empty(); --n) change(lines, random);
  std::string text;
  for (const auto& line : lines) text += line + '\n';
  text.resize(std::min(text.size(), most));
  std::memcpy(data, text.data(), text.size());
  return text.size();
}
