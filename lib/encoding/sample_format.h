#pragma once

#include <string>

namespace mmgym {

enum class Dtype { float32, float16 };
enum class Compression { none, gzip };
enum class Encoding {
  dense,   // all voxels
  sparse,  // the places and values of those that are not 0
};

/// How images are put into files.
struct SampleFormat {
  Dtype dtype = Dtype::float32;
  Compression compression = Compression::none;
  Encoding encoding = Encoding::dense;
};

inline const char* dtype_name(Dtype dtype) {
  return dtype == Dtype::float32 ? "float32" : "float16";
}
inline const char* compression_name(Compression compression) {
  return compression == Compression::none ? "none" : "gzip";
}
inline const char* encoding_name(Encoding encoding) {
  return encoding == Encoding::dense ? "dense" : "sparse";
}

}  // namespace mmgym
