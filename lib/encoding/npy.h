#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mmgym {

/// The header of a .npy file. The array's numbers follow it in C order.
/// `dtype` is NumPy's name with its byte order: "<f4", "<f2", "<u4", "|u1".
/// Throws std::length_error for a shape too long for version 1.0 of the format (64 KiB of text).
std::string npy_header(std::string_view dtype, std::span<const std::uint64_t> shape);

}  // namespace mmgym
