// Edits are saved as JPEG 90 afterwards, as any editor or phone does.
#include "attacks/suite.h"

namespace probity::bench {

const std::vector<SuiteRow>& attack_suite() {
  static const std::vector<SuiteRow> kSuite = {
      {"JPEG", "quality 95", "jpeg:95", 100},
      {"JPEG", "quality 75", "jpeg:75", 100},
      {"JPEG", "quality 50", "jpeg:50", 100},
      {"JPEG", "quality 30", "jpeg:30", 100},
      {"JPEG", "quality 20", "jpeg:20", 100},
      {"JPEG", "quality 10", "jpeg:10", 0},
      {"Shrinking", "long side 1080, quality 75", "long:1080,jpeg:75", 100},
      {"Shrinking", "long side 640, quality 50", "long:640,jpeg:50", 100},
      {"Shrinking", "320-px thumbnail, quality 60", "thumbnail", 95},
      {"Chat", "chat app", "chat", 100},
      {"Chat", "chat app twice", "chat,chat", 100},
      {"Crop", "25 % of the area", "crop:0.25,jpeg:90", 100},
      {"Crop", "25 %, then chat", "crop:0.25,chat", 100},
      {"Crop", "chat, 25 %, chat", "chat,crop:0.25,chat", 100},
      {"Crop", "10 % of the area", "crop:0.1,jpeg:90", 100},
      {"Crop", "10 %, then chat", "crop:0.1,chat", 100},
      {"Crop", "chat, 10 %, chat", "chat,crop:0.1,chat", 100},
      {"Crop", "chat, then 5 %", "chat,crop:0.05,jpeg:90", 95},
      {"Crop", "chat, then 3 %", "chat,crop:0.03,jpeg:90", 80},
      {"Geometry", "turned by any angle, black corners", "rotate:any:black,jpeg:90", 100},
      {"Geometry", "turned by any angle, corners cut", "rotate:any:crop,jpeg:90", 100},
      {"Geometry", "turned by 90 degrees", "rotate:90,jpeg:90", 100},
      {"Geometry", "mirrored", "mirror,jpeg:90", 100},
      {"Geometry", "stretched 1.15", "stretch:1.15,jpeg:90", 100},
      {"Tone", "brightness 0.5", "brightness:0.5,jpeg:90", 100},
      {"Tone", "brightness 1.5", "brightness:1.5,jpeg:90", 100},
      {"Tone", "contrast 0.5", "contrast:0.5,jpeg:90", 100},
      {"Tone", "contrast 1.5", "contrast:1.5,jpeg:90", 100},
      {"Tone", "gamma 0.6", "gamma:0.6,jpeg:90", 100},
      {"Tone", "gamma 1.7", "gamma:1.7,jpeg:90", 100},
      {"Tone", "greyscale", "grey,jpeg:90", 100},
      {"Tone", "blur, sigma 1.5 at 1080", "blur:1.5,jpeg:90", 100},
      {"Over and around", "20 % under stickers and text", "stickers:0.2,jpeg:90", 100},
      {"Over and around", "phone screenshot with bars", "screenshot,jpeg:90", 100},
      {"Over and around", "phone screenshot, then chat", "screenshot,chat", 0},
      {"Together", "quality 40, crop 0.71, brightness 0.5", "jpeg:40,crop:0.71,brightness:0.5,jpeg:90", 100},
      {"Screen", "simulated photo of a screen, chat", "screen:easy,chat", 95},
      {"Screen", "hard simulated photo of a screen, chat", "screen:hard,chat", 80},
  };
  return kSuite;
}

}  // namespace probity::bench
