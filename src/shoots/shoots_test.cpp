// The rules that need no store: decisions, slots, what cameras write, what leads say.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "shoots/camera_note.h"
#include "shoots/footage_words.h"
#include "shoots/frame.h"
#include "shoots/shoot.h"
#include "support/exif.h"

namespace probity::shoots {
namespace {

TEST(Frames, DeletedIsFinalAndClearingNeedsACommitment) {
  Frame frame;
  EXPECT_EQ(decide(frame, Decision::cleared, true).value(), FrameState::cleared);
  EXPECT_EQ(decide(frame, Decision::cleared, false).error().code, ErrorCode::conflict);
  EXPECT_EQ(decide(frame, Decision::not_to_be_used, false).value(), FrameState::not_to_be_used);
  EXPECT_EQ(decide(frame, Decision::remove, false).value(), FrameState::deleted);
  frame.state = FrameState::deleted;
  for (const Decision decision : {Decision::cleared, Decision::not_to_be_used, Decision::remove})
    EXPECT_EQ(decide(frame, decision, true).error().code, ErrorCode::conflict);
}

TEST(Frames, NamesGoThereAndBack) {
  for (const auto state : {FrameState::handed_in, FrameState::cleared, FrameState::not_to_be_used, FrameState::deleted})
    EXPECT_EQ(parse_frame_state(frame_state_name(state)), state);
  for (const auto decision : {Decision::cleared, Decision::not_to_be_used, Decision::remove})
    EXPECT_EQ(parse_decision(decision_name(decision)), decision);
  EXPECT_EQ(parse_decision("remove"), std::nullopt);
}

TEST(Frames, AreKnownByTheirFirstBytes) {
  EXPECT_EQ(picture_media_type("\xFF\xD8\xFF\xE1"), "image/jpeg");
  EXPECT_EQ(picture_media_type(std::string_view("\0\0\0\x18"
                                                "ftypheic\0\0\0\0",
                                                16)),
            "image/heic");
  EXPECT_EQ(picture_media_type("<svg"), std::nullopt);
  EXPECT_EQ(picture_media_type(""), std::nullopt);
}

TEST(Shoots, AMomentLiesInOneSlotOrInNone) {
  Shoot shoot;
  shoot.slots = {{Id{}, "a", 0, 100}, {Id{}, "b", 100, 200}, {Id{}, "c", 150, 300}};
  EXPECT_EQ(shoot.slot_at(0)->label, "a");
  EXPECT_EQ(shoot.slot_at(100)->label, "b");
  EXPECT_EQ(shoot.slot_at(170), nullptr) << "two take it in";
  EXPECT_EQ(shoot.slot_at(300), nullptr);
}

using test::with_exif;

const std::string kJpeg = "\xFF\xD8";

CameraNote note_of(const std::string& file, const std::string& zone = "UTC") {
  return read_camera_note(as_bytes(file), zone);
}

TEST(CameraNotes, TellCameraAndTimeInItsOwnOrTheShootsZone) {
  const std::string plain = with_exif(kJpeg, "Fictional", "Fictional F7", "2026:11:20 09:15:07", "");
  const CameraNote note = note_of(plain, "Europe/Berlin");
  EXPECT_EQ(note.camera, "Fictional F7");
  ASSERT_TRUE(note.taken_ms);
  EXPECT_EQ(to_rfc3339(*note.taken_ms), "2026-11-20T08:15:07.000Z");
  const CameraNote east = note_of(with_exif(kJpeg, "Acme", "Z 9", "2026:11:20 09:15:07", "+08:00"), "Europe/Berlin");
  EXPECT_EQ(east.camera, "Acme Z 9");
  EXPECT_EQ(to_rfc3339(*east.taken_ms), "2026-11-20T01:15:07.000Z");
}

TEST(CameraNotes, OddOnesAreNothing) {
  EXPECT_FALSE(note_of(with_exif(kJpeg, "", "", "0000:00:00 00:00:00", "")).taken_ms);
  EXPECT_FALSE(note_of(with_exif(kJpeg, "", "", "2026:13:20 09:15:07", "")).taken_ms);
  EXPECT_FALSE(note_of(with_exif(kJpeg, "", "", "yesterday afternoon", "")).taken_ms);
  EXPECT_TRUE(note_of(with_exif(kJpeg, "", "", "2026:11:20 09:15:07", "99:99")).taken_ms) << "an odd offset is none";
  EXPECT_EQ(note_of(with_exif(kJpeg, "A\x01", "B", "", "")).camera, "B") << "control characters";
  EXPECT_FALSE(note_of("\xFF\xD8\xFF").taken_ms);
  EXPECT_FALSE(note_of("").taken_ms);
}

RC_GTEST_PROP(CameraNotes, NeverReadPastTheEnd,
              (const std::string& noise, std::size_t cut, std::size_t where, char what)) {
  std::string file = with_exif(kJpeg, "Fictional", "F7", "2026:11:20 09:15:07", "+01:00") + noise;
  file[where % file.size()] = what;
  file.resize(cut % (file.size() + 1));
  // Copied to the heap in its exact size, so that the sanitizers see one byte too many.
  const Bytes exact(as_bytes(file).begin(), as_bytes(file).end());
  read_camera_note(exact, "UTC");
}

FootageLead lead_of(FootageMatch match) {
  FootageLead lead;
  lead.match = match;
  lead.measures.inliers = 120;
  lead.measures.agreement = 0.934;
  return lead;
}

TEST(FootageWords, SayWhyInBothLanguagesAndNeverTooMuch) {
  for (const auto match :
       {FootageMatch::same_file, FootageMatch::same_shot, FootageMatch::same_burst, FootageMatch::same_standpoint}) {
    FootageLead lead = lead_of(match);
    lead.attendees = 2;
    lead.frames = 3;
    lead.time_difference_ms = -4'000;
    lead.measures.mirrored = true;
    const auto reasons = reasons_for(lead, {0, true, false, "C-2026-0001"});
    ASSERT_EQ(reasons.size(), 7U);
    EXPECT_EQ(reasons[0].code, footage_match_name(match));
    for (const auto& reason : reasons) {
      EXPECT_FALSE(reason.en.empty());
      EXPECT_FALSE(reason.zh.empty());
      for (const char* word : {"dentif", "prove", "guilt", "leaker", "认定", "泄密者"}) {
        EXPECT_EQ(reason.en.find(word), std::string::npos) << reason.en;
        EXPECT_EQ(reason.zh.find(word), std::string::npos) << reason.zh;
      }
    }
  }
  EXPECT_NE(reasons_for(lead_of(FootageMatch::same_shot), {}).front().en.find("93 %"), std::string::npos)
      << "rounded down";
  const auto says = [](FootageState state, bool any, const char* words) {
    return footage_note(state, any).en.find(words) != std::string::npos;
  };
  EXPECT_TRUE(says(FootageState::done, true, "who took a picture is not who passed it on"));
  EXPECT_TRUE(says(FootageState::done, false, "clears nobody"));
  // What did not come to its end says nothing of frames.
  for (const FootageState state : {FootageState::running, FootageState::failed}) {
    EXPECT_TRUE(says(state, false, "nothing is known"));
    EXPECT_FALSE(says(state, false, "clears nobody"));
  }
}

}  // namespace
}  // namespace probity::shoots
