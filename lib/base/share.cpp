#include "base/share.h"

#include <algorithm>

#include "base/errors.h"
#include "base/text.h"

namespace mmgym {

std::string Share::text() const { return std::to_string(number) + "/" + std::to_string(count); }

Share parse_share(std::string_view flag, std::string_view text) {
  Share share;
  const std::size_t slash = std::min(text.find('/'), text.size());
  if (slash == text.size() || !parse_number(text.substr(0, slash), share.number) ||
      !parse_number(text.substr(slash + 1), share.count) || share.number >= share.count)
    throw UsageError(std::string(flag) + ": '" + std::string(text) +
                     "' is not k/n, for k of n with k from 0 to n - 1, such as 0/8");
  return share;
}

}  // namespace mmgym
