#pragma once

#include "base/errors.h"

namespace mmgym {

/// Bytes that are not valid BinaryCIF: "not valid BinaryCIF: _atom_site.Cartn_x: type 7 of
/// ByteArray is unknown". Without the path; the caller adds it.
class BinaryCifError : public InputError {
 public:
  using InputError::InputError;
};

/// Valid or not, the bytes need more memory than the caller allows.
class BinaryCifLimit : public BinaryCifError {
 public:
  using BinaryCifError::BinaryCifError;
};

}  // namespace mmgym
