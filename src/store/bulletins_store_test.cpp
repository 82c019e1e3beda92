// The board on the real database: who gets what, over random histories and every way of asking.
#include "store/bulletins_store.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "bulletins/board.h"
#include "bulletins/json.h"
#include "bulletins/rules.h"
#include "support/memory_ports.h"

namespace probity::store {
namespace {

namespace fs = std::filesystem;
using namespace bulletins;

constexpr std::uint8_t kMembers = 4;

Id id(std::uint8_t number) {
  Id made;
  made.bytes.fill(number);
  return made;
}
Reader member(std::uint8_t number) { return {id(number), id(static_cast<std::uint8_t>(100 + number)), false}; }
const Reader kOperator{{}, {}, true};

struct FourMembers final : Members {
  Result<std::vector<MemberName>> members() override {
    std::vector<MemberName> names;
    for (std::uint8_t i = 1; i <= kMembers; ++i) names.push_back({id(i), "Member-" + std::to_string(i)});
    return names;
  }
};
struct NobodyListed final : CompanyListings {
  Result<bool> is_listed(const std::string&, const std::string&) override { return false; }
};
struct MemoryPictures final : PictureFiles {
  Result<Hash> put(BytesView bytes) override {
    const Hash hash = sha256(bytes);
    files[hash] = Bytes(bytes.begin(), bytes.end());
    return hash;
  }
  Result<Bytes> get(const Hash& hash) override {
    if (!files.contains(hash)) return fail(ErrorCode::not_found, "no such picture");
    return files[hash];
  }
  Result<void> remove(const Hash& hash) override {
    files.erase(hash);
    return {};
  }
  std::map<Hash, Bytes> files;
};

struct World {
  World() {
    std::string pattern = (fs::temp_directory_path() / "probity-board-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/hub.db").value();
    store = std::make_unique<BulletinStore>(*database);
    board = std::make_unique<Board>(BoardPorts{*store, *database, log, members, enterprises, pictures,
                                               [](BytesView file) -> Result<CleanPicture> {
                                                 return CleanPicture{Bytes(file.begin(), file.end()), 4, 3};
                                               },
                                               clock, random});
  }
  ~World() {
    board.reset();
    store.reset();
    database.reset();
    fs::remove_all(folder);
  }
  Proposal proposal(const std::string& word, std::set<Id> audience) {
    Proposal made;
    made.kind = Kind::counterfeit_alert;
    made.audience.everybody = audience.empty();
    made.audience.members = std::move(audience);
    made.expires_ms = clock.now_ms() + 10 * kDayMs;
    made.content.title = "title-" + word;
    made.content.text = "text-" + word;
    made.content.brands = {"Lantern"};
    made.content.products = {"product-" + word};
    made.content.links = {{Link::Kind::seller, "https://market.example/shop/gull/" + word}};
    return made;
  }
  std::vector<Row> rows(const Reader& reader, BulletinFilter filter) {
    filter.page.limit = 500;
    return std::move(board->list(reader, std::move(filter)).value().items);
  }
  // All that a reader can get out of the board, in one text.
  std::string everything(const Reader& reader, const std::vector<Id>& known) {
    std::string all;
    const auto add = [&](const nlohmann::json& json) { all += json.dump() + "\n"; };
    for (const char* sort : {"", "title", "number", "published_at", "expires_at"}) {
      BulletinFilter filter;
      filter.page.sort = sort;
      for (const Row& row : rows(reader, filter)) add(to_json(row));
    }
    for (const char* search : {"title", "text", "lantern", "market.example", "B-2027"}) {
      BulletinFilter filter;
      filter.page.search = search;
      for (const Row& row : rows(reader, filter)) add(to_json(row));
    }
    BulletinFilter brand;
    brand.brand = folded("LANTERN");
    for (const Row& row : rows(reader, brand)) add(to_json(row));
    const std::vector<View> exported = board->for_export(reader).value();
    for (const View& view : exported) add(to_json(view));
    const std::vector<JointView> joints = board->joint_cases(reader).value();
    for (const JointView& joint : joints) add(to_json(joint));
    for (const Id& bulletin : known) {
      if (const auto view = board->find(reader, bulletin)) add(to_json(*view));
      if (const auto related = board->related(reader, bulletin))
        for (const Related& one : *related) add(to_json(one));
      for (const auto& [hash, bytes] : pictures.files)
        if (const auto picture = board->picture(reader, bulletin, hash)) all += std::string(as_text(*picture)) + "\n";
    }
    return all;
  }

  std::string folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<BulletinStore> store;
  test::MemoryLogBook log;
  FourMembers members;
  NobodyListed enterprises;
  MemoryPictures pictures;
  test::HandClock clock;
  test::SeededRandom random;
  std::unique_ptr<Board> board;
};

TEST(Board, PublishesShowsAndCounts) {
  World world;
  const View made = world.board->publish(member(1), world.proposal("lamp", {id(2)})).value();
  EXPECT_EQ(made.row.bulletin.number, "B-2027-0001");
  EXPECT_EQ(world.board->publish(member(1), world.proposal("clock", {})).value().row.bulletin.number, "B-2027-0002");
  const Id lamp = made.row.bulletin.id;
  EXPECT_EQ(world.board->list(member(2), {}).value().unread, 2U);
  EXPECT_EQ(world.board->list(member(3), {}).value().items.size(), 1U);
  ASSERT_TRUE(world.board->read(member(2), lamp).has_value());
  EXPECT_EQ(world.board->list(member(2), {}).value().unread, 1U);
  EXPECT_TRUE(world.board->sight(member(2), lamp, Sighting::Verdict::seen, 3, "At two markets").has_value());
  EXPECT_TRUE(world.board->sight(member(2), lamp, Sighting::Verdict::seen, 5, "Now five").has_value());
  const View seen = world.board->find(member(1), lamp).value();
  EXPECT_EQ(seen.row.tally.seen, 5U) << "one word a member, the last";
  ASSERT_TRUE(seen.readers.has_value());
  EXPECT_EQ(seen.readers->front().member, "Member-2");
  EXPECT_FALSE(world.board->find(member(2), lamp).value().readers.has_value());
}

TEST(Board, RepliesAreOneLevelDeep) {
  World world;
  const Id lamp = world.board->publish(member(1), world.proposal("lamp", {})).value().row.bulletin.id;
  const View first = world.board->reply(member(2), lamp, "Here too.", std::nullopt).value();
  const Id question = first.replies.front().record.id;
  world.clock.advance(1);
  const View second = world.board->reply(member(1), lamp, "Since when?", question).value();
  EXPECT_EQ(world.board->reply(member(3), lamp, "x", second.replies.back().record.id).error().code,
            ErrorCode::conflict);
  const auto json = to_json(world.board->find(member(3), lamp).value());
  ASSERT_EQ(json["thread"].size(), 1U);
  EXPECT_EQ(json["thread"][0]["answers"][0]["by_author"], true);
}

TEST(Board, ACorrectionIsNewAgainAndKeepsThePast) {
  World world;
  const Id lamp = world.board->publish(member(1), world.proposal("lamp", {})).value().row.bulletin.id;
  ASSERT_TRUE(world.board->read(member(2), lamp).has_value());
  Content better = world.proposal("better", {}).content;
  ASSERT_TRUE(world.board->correct(member(1), lamp, better, std::nullopt, "Another lamp").has_value());
  EXPECT_EQ(world.board->list(member(2), {}).value().unread, 1U);
  const auto json = to_json(world.board->find(member(2), lamp).value());
  EXPECT_EQ(json["title"], "title-better");
  EXPECT_EQ(json["versions"][0]["content"]["title"], "title-lamp");
  EXPECT_EQ(json["versions"][0]["reason"], "Another lamp");
  EXPECT_EQ(world.log.records.size(), 2U);
  EXPECT_EQ(world.log.records.back().kind, "alliance_bulletin");
}

TEST(Board, EndedMeansGone) {
  World world;
  Proposal made = world.proposal("lamp", {});
  made.content.pictures = {world.board->put_picture(member(1), as_bytes("picture-lamp")).value()};
  const Id lamp = world.board->publish(member(1), made).value().row.bulletin.id;
  EXPECT_TRUE(world.board->picture(member(2), lamp, made.content.pictures[0].hash).has_value());
  world.clock.advance(10 * kDayMs);
  EXPECT_EQ(world.board->find(member(2), lamp).error().code, ErrorCode::gone);
  EXPECT_EQ(world.board->tick().value(), 1U);
  EXPECT_EQ(world.board->find(member(1), lamp).error().code, ErrorCode::gone);
  EXPECT_TRUE(world.board->list(member(1), {}).value().items.empty());
  EXPECT_TRUE(world.board->tick().has_value());
  EXPECT_TRUE(world.pictures.files.empty()) << "nor is its picture kept";
  EXPECT_TRUE(world.store->bulletin(lamp).value()->versions.empty());
}

TEST(Board, WithdrawnShowsOnlyThat) {
  World world;
  const Id lamp = world.board->publish(member(1), world.proposal("lamp", {id(2)})).value().row.bulletin.id;
  (void)world.board->reply(member(2), lamp, "reply-lamp", std::nullopt).value();
  ASSERT_TRUE(world.board->withdraw(kOperator, lamp, Withdrawal::unlawful).has_value());
  const std::string all = world.everything(member(2), {lamp});
  EXPECT_NE(all.find("withdrawn"), std::string::npos);
  EXPECT_EQ(all.find("lamp"), std::string::npos) << all;
  EXPECT_EQ(to_json(world.board->find(member(2), lamp).value()).size(), 5U);
  EXPECT_EQ(world.everything(member(3), {lamp}).find("B-2027"), std::string::npos);
}

TEST(Board, RefusesWhatItMustNotHold) {
  World world;
  Proposal made = world.proposal("lamp", {});
  made.content.text = "It was 11010519491231002X";
  const auto refused = world.board->publish(member(1), made);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(refused.error().hint.find("listing"), std::string::npos) << "the way to file it properly";
  made = world.proposal("lamp", {});
  made.content.accused = {{Accused::Kind::enterprise, "Grey Gull Trading Ltd", ""}};
  EXPECT_FALSE(world.board->publish(member(1), made).has_value());
  made = world.proposal("lamp", {id(77)});
  EXPECT_EQ(world.board->publish(member(1), made).error().code, ErrorCode::not_found);
  made = world.proposal("lamp", {});
  made.content.pictures = {{Hash{7}, 1, 1, 1}};
  EXPECT_EQ(world.board->publish(member(1), made).error().code, ErrorCode::not_found) << "never sent";
  const Id good = world.board->publish(member(1), world.proposal("lamp", {})).value().row.bulletin.id;
  EXPECT_FALSE(world.board->reply(member(2), good, "Passport E12345678", std::nullopt).has_value());
  EXPECT_FALSE(world.board->sight(member(2), good, Sighting::Verdict::seen, 1, "ID 11010519491231002X").has_value());
  EXPECT_FALSE(world.board->open_joint_case(member(2), good, "11010519491231002X").has_value());
}

TEST(Board, OneMemberDoesNotFillIt) {
  World world;
  for (std::uint64_t i = 0; i < kMostPicturesADay; ++i)
    ASSERT_TRUE(world.board->put_picture(member(1), as_bytes("picture " + std::to_string(i))).has_value());
  EXPECT_EQ(world.board->put_picture(member(1), as_bytes("one more")).error().code, ErrorCode::too_many_requests);
  EXPECT_TRUE(world.board->put_picture(member(2), as_bytes("one more")).has_value());
  for (std::uint64_t i = 0; i < kMostPublishedADay; ++i)
    ASSERT_TRUE(world.board->publish(member(1), world.proposal("lamp", {})).has_value());
  EXPECT_EQ(world.board->publish(member(1), world.proposal("lamp", {})).error().code, ErrorCode::too_many_requests);
  world.clock.advance(kDayMs + 1);
  EXPECT_TRUE(world.board->publish(member(1), world.proposal("lamp", {})).has_value());
}

TEST(Board, APictureOfAnotherMemberIsNotToBeHadByItsHash) {
  World world;
  Proposal secret = world.proposal("secret", {id(2)});
  secret.content.pictures = {world.board->put_picture(member(1), as_bytes("picture-secret")).value()};
  (void)world.board->publish(member(1), secret).value();
  Proposal thief = world.proposal("thief", {});
  thief.content.pictures = secret.content.pictures;
  EXPECT_EQ(world.board->publish(member(3), thief).error().code, ErrorCode::not_found);
}

TEST(Board, AWithheldAuthorIsWithheldEverywhere) {
  World world;
  Proposal made = world.proposal("lamp", {id(2), id(3)});
  made.without_attribution = true;
  const Id lamp = world.board->publish(member(1), made).value().row.bulletin.id;
  (void)world.board->reply(member(1), lamp, "More later.", std::nullopt).value();
  (void)world.board->sight(member(1), lamp, Sighting::Verdict::seen, 2, "").value();
  (void)world.board->read(member(1), lamp).has_value();
  const std::string all = world.everything(member(2), {lamp});
  EXPECT_NE(all.find("title-lamp"), std::string::npos);
  EXPECT_EQ(all.find("Member-1"), std::string::npos) << all;
  EXPECT_EQ(all.find(id(1).text()), std::string::npos);
  EXPECT_NE(world.everything(member(1), {lamp}).find("Member-1"), std::string::npos);
}

TEST(Board, RelatesOnlyWhatTheReaderMayRead) {
  World world;
  const Id lamp = world.board->publish(member(1), world.proposal("lamp", {})).value().row.bulletin.id;
  (void)world.board->publish(member(1), world.proposal("secret", {id(2)})).value();
  const auto related = world.board->related(member(2), lamp).value();
  ASSERT_EQ(related.size(), 1U);
  EXPECT_EQ(related[0].shares.size(), 2U) << "the shop and the brand";
  EXPECT_TRUE(world.board->related(member(3), lamp).value().empty());
}

TEST(Board, NotesOfAJointCaseAreForThoseWhoJoined) {
  World world;
  const Id lamp = world.board->publish(member(1), world.proposal("lamp", {id(2), id(3)})).value().row.bulletin.id;
  const Id joint = world.board->open_joint_case(member(2), lamp, "contact-2").value().joint.id;
  EXPECT_EQ(world.board->open_joint_case(member(3), lamp, "x").error().code, ErrorCode::conflict);
  (void)world.board->note(member(2), joint, "note-2").value();
  EXPECT_EQ(world.everything(member(3), {lamp}).find("note-2"), std::string::npos);
  EXPECT_EQ(world.everything(member(3), {lamp}).find("contact-2"), std::string::npos);
  EXPECT_EQ(world.board->joint_case(member(4), joint).error().code, ErrorCode::not_found);
  (void)world.board->join(member(3), joint, "contact-3").value();
  EXPECT_NE(world.everything(member(3), {lamp}).find("note-2"), std::string::npos);
  world.clock.advance(11 * kDayMs);
  (void)world.board->tick().value();
  EXPECT_TRUE(world.board->joint_case(member(3), joint).has_value()) << "work goes on after the bulletin's end";
  EXPECT_FALSE(world.board->joint_case(member(1), joint).has_value());
}

// What a random history leaves behind: who was meant, in which state.
struct Told {
  Id id;
  std::string word;
  std::uint8_t author = 0;
  std::set<Id> audience;  // empty: everybody
  bool red = false, withdrawn = false;
  TimeMs expires_ms = 0;
};

bool is_for(const Told& told, std::uint8_t reader) {
  return told.audience.empty() || told.author == reader || told.audience.contains(id(reader));
}

Told tell(World& world, int number) {
  Told told;
  told.word = "w" + std::to_string(number) + "x";
  told.author = *rc::gen::inRange<std::uint8_t>(1, kMembers + 1);
  for (std::uint8_t i = 1; i <= kMembers; ++i)
    if (*rc::gen::inRange(0, 3) == 0) told.audience.insert(id(i));
  Proposal made = world.proposal(told.word, told.audience);
  told.red = !told.audience.empty() && *rc::gen::arbitrary<bool>();
  made.tlp = told.red ? Tlp::red : Tlp::green;
  made.without_attribution = *rc::gen::arbitrary<bool>();
  made.expires_ms = world.clock.now_ms() + *rc::gen::inRange<TimeMs>(1, 20) * kDayMs;
  told.expires_ms = made.expires_ms;
  const auto bytes = "picture-" + told.word;
  made.content.pictures = {world.board->put_picture(member(told.author), as_bytes(bytes)).value()};
  told.id = world.board->publish(member(told.author), made).value().row.bulletin.id;
  return told;
}

// Somebody does something with one; whether it worked does not matter here.
void act(World& world, Told& told) {
  const std::uint8_t by = *rc::gen::inRange<std::uint8_t>(1, kMembers + 1);
  switch (*rc::gen::inRange(0, 7)) {
    case 0:
      (void)world.board->reply(member(by), told.id, "reply-" + told.word, std::nullopt).has_value();
      return;
    case 1:
      (void)world.board->sight(member(by), told.id, Sighting::Verdict::not_true, 1, "note-" + told.word).has_value();
      return;
    case 2:
      (void)world.board->open_joint_case(member(by), told.id, "contact").has_value();
      return;
    case 3:
      (void)world.board->read(member(by), told.id).has_value();
      return;
    case 4: {
      Content content = world.proposal(told.word + "y", {}).content;
      (void)world.board->correct(member(by), told.id, content, std::nullopt, "why-" + told.word).has_value();
      return;
    }
    case 5: {
      const bool is_author = by == told.author;
      const bool done = world.board->withdraw(member(by), told.id, Withdrawal::mistaken).has_value();
      RC_ASSERT(!done || is_author);
      told.withdrawn = told.withdrawn || done;
      return;
    }
    default:
      world.clock.advance(*rc::gen::inRange<TimeMs>(0, 3) * kDayMs);
  }
}

RC_GTEST_PROP(Board, NobodyOutsideTheAudienceGetsAnything, ()) {
  // One board for all histories, a month apart: making a database costs more than a history.
  static World world;
  static int number = 0;
  world.clock.advance(30 * kDayMs);
  std::vector<Told> all;
  const int count = *rc::gen::inRange(1, 5);
  for (int i = 0; i < count; ++i) all.push_back(tell(world, number++));
  const int acts = *rc::gen::inRange(0, 12);
  for (int i = 0; i < acts; ++i) act(world, all[*rc::gen::inRange<std::size_t>(0, all.size())]);
  if (*rc::gen::arbitrary<bool>()) (void)world.board->tick().value();
  std::vector<Id> known;
  for (const Told& told : all) known.push_back(told.id);

  for (std::uint8_t reader = 1; reader <= kMembers + 1; ++reader) {
    const bool is_operator = reader > kMembers;
    const Reader who = is_operator ? kOperator : member(reader);
    const std::string got = world.everything(who, known);
    std::string exported;
    const std::vector<View> views = world.board->for_export(who).value();
    for (const View& view : views) exported += to_json(view).dump();
    for (const Told& told : all) {
      const bool is_meant = is_operator ? told.audience.empty() : is_for(told, reader);
      const bool lives = !told.withdrawn && world.clock.now_ms() < told.expires_ms;
      const bool found = got.find(told.word) != std::string::npos;
      RC_ASSERT(found == (is_meant && lives));
      if (!is_meant) RC_ASSERT(got.find(told.id.text()) == std::string::npos);
      if (told.red) RC_ASSERT(exported.find(told.word) == std::string::npos);
    }
  }
}

}  // namespace
}  // namespace probity::store
