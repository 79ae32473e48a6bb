#include "sampling/sample_settings.h"

#include <set>

#include "base/errors.h"
#include "catch.h"

using mmgym::preset;
using mmgym::sample_setting;
using mmgym::sample_settings;
using mmgym::SampleRequest;
using mmgym::UsageError;
using mmgym::testing::contains;

namespace {

SampleRequest request(std::initializer_list<std::pair<const char*, const char*>> given) {
  SampleRequest result;
  for (const auto& [name, text] : given) result.set(sample_setting(name), text);
  return result;
}

}  // namespace

TEST_CASE("Names and flags of settings are unique, and their defaults can be read") {
  std::set<std::string> flags;
  for (const auto& setting : sample_settings()) {
    CHECK(flags.insert(mmgym::flag_of(setting.name())).second);
    mmgym::SampleSettings values;
    const std::string text = text_of(setting, values);
    if (text.empty()) continue;
    CHECK_NOTHROW(set_from_text(setting, values, text));
    CHECK(text_of(setting, values) == text);
  }
  CHECK(flags.size() == 16);
  CHECK_THROWS_WITH(sample_setting("soup"), contains("unknown setting 'soup'"));
}

TEST_CASE("A request without settings gives the parameters of its preset") {
  SampleRequest plain;
  CHECK(plain.title() == "24A");
  CHECK(plain.parameters("").view_distance_A == 30);
  plain.preset = "16A";
  CHECK(plain.parameters("").length_voxels == 21);
  CHECK(plain.parameters("").view_distance_A == preset("16A").view_distance_A);
  plain.preset = "32A";
  CHECK_THROWS_WITH(plain.parameters(""), contains("'32A' is not one of 16A, 24A"));
}

TEST_CASE("The default distance of views is the image's edge plus the padding") {
  CHECK(request({{"grid", "8"}}).parameters("").view_distance_A == 14);
  CHECK(request({{"grid", "8"}, {"padding_A", "1"}}).parameters("").view_distance_A == 9);
  CHECK(request({{"grid", "8"}, {"distance_A", "17"}}).parameters("").view_distance_A == 17);
  CHECK_THROWS_WITH(request({{"padding_A", "1"}, {"distance_A", "17"}}).parameters(""),
                    contains("--padding and --distance"));
}

TEST_CASE("Noise is on unless the name of the split says validation or test") {
  const auto noise = [](const SampleRequest& asked, const char* split) {
    const auto parameters = asked.parameters(split);
    return std::pair(parameters.noise_max_distance_A, parameters.noise_max_angle_deg);
  };
  const std::pair on(2.0, 10.0);
  const std::pair off(0.0, 0.0);
  for (const char* split : {"", "all", "train", "training", "TRAIN", "fold1", "latest"}) {
    CAPTURE(split);
    CHECK(noise({}, split) == on);
    CHECK(noise(request({{"noise", "auto"}}), split) == on);
    CHECK(noise(request({{"noise", "off"}}), split) == off);
  }
  for (const char* split :
       {"val", "valid", "validation", "dev", "test", "testing", "holdout", "Val", "TEST"}) {
    CAPTURE(split);
    CHECK(noise({}, split) == off);
    CHECK(noise(request({{"noise", "on"}}), split) == on);
  }
  for (const std::string_view split : mmgym::kEvaluationSplits)
    CHECK(sample_setting("noise").help.find(split) != std::string_view::npos);
}

TEST_CASE("A given distance or angle of the noise takes precedence over the setting of both") {
  const auto noise = [](const SampleRequest& asked) {
    const auto parameters = asked.parameters("val");
    return std::pair(parameters.noise_max_distance_A, parameters.noise_max_angle_deg);
  };
  CHECK(noise(request({{"noise_angle_deg", "3"}})) == std::pair(0.0, 3.0));
  CHECK(noise(request({{"noise", "on"}, {"noise_distance_A", "1"}})) == std::pair(1.0, 10.0));
  CHECK(noise(request({{"noise", "off"}, {"noise_distance_A", "0"}})) == std::pair(0.0, 0.0));
  CHECK_THROWS_AS(noise(request({{"noise", "off"}, {"noise_angle_deg", "3"}})), UsageError);
  CHECK_THROWS_WITH(noise(request({{"noise", "off"}, {"noise_angle_deg", "3"}})),
                    contains("--noise off: excludes --noise-angle"));
}

TEST_CASE("Settings of the neighbor are refused for single views, even with default values") {
  for (const auto& [name, text] : {std::pair("directions", "cube faces"),
                                   {"noise", "off"},
                                   {"padding_A", "6"},
                                   {"noise_distance_A", "2"}})
    CHECK_THROWS_WITH(request({{"task", "single"}, {name, text}}).parameters(""),
                      contains("a single view has no neighbor"));
}

TEST_CASE("A title lists the settings that differ from the preset") {
  CHECK(request({{"grid", "24"}, {"resolution_A", "1.0"}}).title() == "24A");
  CHECK(request({{"fill", "nearest"}, {"grid", "8"}}).title() == "24A grid 8 fill nearest");
  CHECK(request({{"noise", "off"}}).title() == "24A noise off");
  CHECK(request({{"ligand_channel", "true"}, {"noise_angle_deg", "3.5"}}).title() ==
        "24A ligand-channel noise-angle 3.5");
}

TEST_CASE("An invalid value is refused when it is set") {
  SampleRequest asked;
  CHECK_THROWS_WITH(asked.set(sample_setting("grid"), "1025"), contains("--grid: '1025' is not"));
  CHECK(!asked.has("grid"));
  CHECK(asked.title() == "24A");
}
