#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;

namespace mmgym {

/// The MD5 sum of bytes that come piece by piece.
class Md5 {
 public:
  /// Throws std::runtime_error if OpenSSL does not provide MD5 (in FIPS mode).
  Md5();

  void update(std::span<const std::byte> bytes);

  /// The sum of all bytes as 32 hexadecimal digits. Call it once, at the end.
  std::string hex();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace mmgym
