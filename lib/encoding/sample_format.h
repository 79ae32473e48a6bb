#pragma once

#include <array>

#include "settings/setting.h"

namespace mmgym {

enum class Dtype { float32, float16 };
enum class Compression { none, gzip };
enum class Encoding {
  dense,   // all voxels
  sparse,  // the places and values of nonzero voxels
  atoms,   // no voxels, but the atoms that they are drawn from
};

template <>
inline constexpr std::array<EnumName<Dtype>, 2> kEnumNames<Dtype> = {
    {{"float32", Dtype::float32}, {"float16", Dtype::float16}}};
template <>
inline constexpr std::array<EnumName<Compression>, 2> kEnumNames<Compression> = {
    {{"none", Compression::none}, {"gzip", Compression::gzip}}};
template <>
inline constexpr std::array<EnumName<Encoding>, 3> kEnumNames<Encoding> = {
    {{"dense", Encoding::dense}, {"sparse", Encoding::sparse}, {"atoms", Encoding::atoms}}};

/// How images are stored in files.
struct SampleFormat {
  Dtype dtype = Dtype::float32;
  Compression compression = Compression::none;
  Encoding encoding = Encoding::dense;
};

using FormatSetting = Setting<SampleFormat, Dtype, Compression, Encoding>;

inline constexpr std::array<FormatSetting, 3> kFormatSettings = {
    {{"dtype", &SampleFormat::dtype, "Number type of the images"},
     {"compression", &SampleFormat::compression,
      "Compression of the images: gzip writes .npy.gz files"},
     {"encoding", &SampleFormat::encoding,
      "What to store: all voxels (dense), places and values of nonzero voxels (sparse), or the "
      "atoms that images are drawn from (atoms)"}}};

}  // namespace mmgym
