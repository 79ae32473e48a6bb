#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace mmgym::testing {

/// What a test puts into the header of a tar member.
struct TarMember {
  std::string name;
  std::string content = {};
  char type = '0';
  std::string link = {};
  bool is_gnu = false;
  std::string at_386 = {};         // of an old GNU header: the map of a sparse file
  std::uint64_t claimed_size = 0;  // 0: that of the content
};

/// The bytes of a tar member: its header, and its content padded to blocks. Written for tests from
/// the description of the format, not by the library that reads it.
inline std::string tar_member(const TarMember& member) {
  std::string header(512, '\0');
  const auto put = [&header](std::size_t at, std::string_view text) {
    header.replace(at, text.size(), text);
  };
  const auto octal = [](std::uint64_t value, int digits) {
    std::string text(static_cast<std::size_t>(digits), '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit, value /= 8)
      *digit = static_cast<char>('0' + value % 8);
    return text;
  };
  put(0, std::string_view(member.name).substr(0, 100));
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(124, octal(member.claimed_size != 0 ? member.claimed_size : member.content.size(), 11));
  put(136, "00000000000");
  header[156] = member.type;
  put(157, member.link);
  put(257, member.is_gnu ? "ustar  "
                         : std::string_view("ustar\0"
                                            "00",
                                            8));
  put(386, member.at_386);
  put(148, "        ");
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put(148, octal(sum, 6));
  header[154] = '\0';
  std::string bytes = header + member.content;
  bytes.resize((bytes.size() + 511) / 512 * 512);
  return bytes;
}

inline std::string tar_member(const std::string& name, const std::string& content) {
  return tar_member(TarMember{.name = name, .content = content});
}

/// A record of pax, "LENGTH KEY=VALUE\n".
inline std::string pax_record(const std::string& key, const std::string& value) {
  const std::string rest = " " + key + "=" + value + "\n";
  std::size_t length = rest.size() + 1;
  while (std::to_string(length).size() + rest.size() != length) ++length;
  return std::to_string(length) + rest;
}

/// A member with a header of pax before it.
inline std::string pax_member(const std::string& records, const TarMember& member) {
  return tar_member(TarMember{.name = "PaxHeader", .content = records, .type = 'x'}) +
         tar_member(member);
}

inline std::string gnu_long_name_member(const std::string& name, const std::string& content) {
  return tar_member(TarMember{
             .name = "././@LongLink", .content = name + '\0', .type = 'L', .is_gnu = true}) +
         tar_member(TarMember{.name = name.substr(0, 99), .content = content, .is_gnu = true});
}

inline std::string tar_end() { return std::string(1024, '\0'); }

}  // namespace mmgym::testing
