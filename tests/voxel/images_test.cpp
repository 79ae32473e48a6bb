#include "voxel/images.h"

#include "base/errors.h"
#include "catch.h"
#include "random_scene.h"
#include "voxel/nonzero.h"

using mmgym::Fill;
using mmgym::Frame;
using mmgym::ImageParams;
using mmgym::Images;
using mmgym::NonzeroVoxels;
using mmgym::Voxelizer;
using mmgym::testing::contains;
using namespace mmgym::testing;

namespace {

/// Draws a few random atoms to an image.
void draw_atoms(const ImageParams& params, RandomCases& random, Images& images, int image) {
  Scene scene;
  const int count = random.integer(0, 40);
  for (int i = 0; i < count; ++i)
    scene.add({random.uniform(-5, 5), random.uniform(-5, 5), random.uniform(-5, 5)},
              random.uniform(0.1, 4), 1, 1U << random.integer(0, 3) | 1U << random.integer(0, 3));
  Voxelizer(params, 0.5)
      .draw(scene.view(random.integer(0, 1) == 0), Frame::Identity(), images.image(image),
            &images.footprints(image));
}

bool all_zero(const Images& images) {
  return std::all_of(images.voxels().begin(), images.voxels().end(),
                     [](float voxel) { return voxel == 0; });
}

}  // namespace

TEST_CASE("Images are zeros after a reset, for any previous content and kind") {
  RandomCases random(41);
  Images images;
  bool drawn = false;
  for (int i = 0; i < 2000; ++i) {
    // Some kinds take the same memory: two images of the first kind as one of the last.
    const int kind = random.integer(0, 9);
    const auto fill = static_cast<Fill>(random.integer(0, 4));
    const auto params = kind < 7    ? make_params(8, 1.0, 4, fill)
                        : kind == 7 ? make_params(4, 2.0, 32, fill)
                                    : make_params(16, 1.0, 1, fill);
    const int count = random.integer(0, 9) == 0 ? 1 : 2;
    images.reset(params, count);
    REQUIRE(images.voxels().size() == static_cast<std::size_t>(count) * params.image_size());
    REQUIRE(all_zero(images));
    for (int image = 0; image < count; ++image) draw_atoms(params, random, images, image);
    drawn = drawn || !all_zero(images);
    if (random.integer(0, 4) == 0) {
      const auto channels = static_cast<std::size_t>(params.channels);
      images.normalize(0, std::vector<float>(channels, 0.5F), std::vector<float>(channels, 2.0F));
    }
    NonzeroVoxels all, of_channels;
    all.find(images.voxels());
    of_channels.find(images);
    REQUIRE(std::ranges::equal(all.indices(), of_channels.indices()));
    REQUIRE(std::ranges::equal(all.values(), of_channels.values()));
  }
  CHECK(drawn);
}

TEST_CASE("Normalization is per channel") {
  const auto params = make_params(3, 1.0, 2);
  Images images;
  images.reset(params, 2);
  Scene scene;
  scene.add(Eigen::Vector3d::Zero(), 0.5, 1.0, 0b01);
  Voxelizer(params, 0.5)
      .draw(scene.view(false), Frame::Identity(), images.image(1), &images.footprints(1));
  images.normalize(1, std::vector{0.5F, -1.0F}, std::vector{0.25F, 2.0F});
  CHECK(images.image(1)[params.grid.offset(0, 1, 1, 1)] == Approx(2));
  CHECK(images.image(1)[params.grid.offset(0, 0, 0, 0)] == -2);
  CHECK(images.image(1)[params.grid.offset(1, 1, 1, 1)] == 0.5F);
  CHECK(images.image(0)[params.grid.offset(0, 0, 0, 0)] == 0);

  CHECK_THROWS_WITH(images.normalize(0, std::vector{1.0F}, std::vector{1.0F}),
                    contains("each of 2 channels"));
  CHECK_THROWS_WITH(images.normalize(0, std::vector{1.0F, 1.0F}, std::vector{1.0F, 0.0F}),
                    contains("channel 2 cannot be normalized"));
}
