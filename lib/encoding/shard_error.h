#pragma once

#include "base/errors.h"

namespace mmgym {

/// A folder of shards, or a file in one, that cannot be read or written.
class ShardError : public DataError {
 public:
  using DataError::DataError;
};

}  // namespace mmgym
