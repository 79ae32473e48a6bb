#pragma once

#include <array>

namespace mmgym {

/// Coefficients of P in atan(t) = t P(t²) for |t| <= tan(π/8), from the constant term on: a
/// Chebyshev fit of P over t² in [0, tan²(π/8)], whose largest error is 3.5e-17.
///
/// The overlap formulas use this series instead of a library's atan or acos, whose last bits differ
/// between C libraries and processors. IEEE 754 defines every bit of additions, multiplications,
/// divisions and square roots, so images are the same bytes on every machine.
inline constexpr std::array<double, 11> kAtanSeries = {
    0x1.0000000000000p+0, -0x1.55555555551e4p-2, 0x1.9999999934e50p-3, -0x1.2492490095732p-3,
    0x1.c71c648aca6a2p-4, -0x1.745baa2843f92p-4, 0x1.3afb01bbe7601p-4, -0x1.0ffbe63b09941p-4,
    0x1.d1fd545f28ae3p-5, -0x1.64314395b2626p-5, 0x1.5a482e20112ecp-6,
};

/// The same for single precision, with six terms: a largest error of 2.4e-10, and of 3e-8 with the
/// roundings.
inline constexpr std::array<float, 6> kFloatAtanSeries = {
    0x1.0000000p+0F,  -0x1.5555440p-2F, 0x1.9990380p-3F,
    -0x1.23a2860p-3F, 0x1.b10ffe0p-4F,  -0x1.ee3e3e0p-5F,
};

}  // namespace mmgym
