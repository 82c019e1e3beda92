// A copy service over memory twins, and a tiny asset of four cells whose copies can be told apart by eye.
#pragma once

#include "base/check.h"
#include "copies/service.h"
#include "support/memory_store.h"
#include "support/scripted.h"
#include "tally/tally.h"

namespace probity::test {

// Lets every copy be made: for tests of what comes after the gate.
class OpenGate final : public copies::MakingGate {
 public:
  Result<void> allow(const copies::Copy&, copies::Purpose) override { return {}; }
};

// Variant A is "H aaaa…", variant B "H bbbb…": a header of no cell and one piece of one byte for each of `cell_count`.
inline tally::Content letter_content(std::uint32_t cell_count) {
  tally::Content content;
  content.cell_count = cell_count;
  content.a = {'H'};
  content.b = {'H'};
  content.pieces = {{1, tally::kNoCell}};
  for (std::uint32_t cell = 0; cell < cell_count; ++cell) {
    content.a.push_back('a');
    content.b.push_back('b');
    content.pieces.push_back({cell + 2, cell});
  }
  return content;
}

struct LetterAsset {
  static constexpr int kColumns = 16, kRows = 8;
  Bytes original, tally, reference;

  explicit LetterAsset(std::string_view name) {
    original.assign(name.begin(), name.end());
    tally = tally::encode(letter_content(kColumns * kRows)).value();
    reference = original;
    reference.push_back('R');
  }

  copies::PreparedAsset prepared(std::string title) const {
    copies::PreparedAsset prepared;
    prepared.title = title;
    prepared.file_name = title + ".jpg";
    prepared.plan.width_px = 256;
    prepared.plan.height_px = 128;
    prepared.plan.cell_width_px = 16;
    prepared.plan.cell_height_px = 16;
    prepared.plan.columns = kColumns;
    prepared.plan.rows = kRows;
    prepared.original = original;
    prepared.tally = tally;
    prepared.reference = reference;
    return prepared;
  }
};

inline copies::Asset add_letter_asset(copies::CopyService& service, const std::string& title) {
  const LetterAsset letters(title);
  return service.add_asset(service.draft_asset(), letters.prepared(title)).value();
}

inline std::vector<parties::RecipientDetails> some_recipients(int count) {
  std::vector<parties::RecipientDetails> recipients;
  for (int i = 0; i < count; ++i)
    recipients.push_back(
        parties::RecipientDetails::create("Test Person " + std::to_string(i), "Sample Gazette").value());
  return recipients;
}

// The service over any store; ports are the fixture's own.
struct CopiesBench {
  MemoryStore store;
  MemoryBlobStore blobs;
  TickingClock clock;
  SeededRandom random;
  SecretKey master{Hash{7}};
  OpenGate gate;
  copies::CopyService service{{store, blobs, clock, random, gate}, master};

  CopiesBench() { PROBITY_CHECK(service.found_register(Id{})); }
};

}  // namespace probity::test
