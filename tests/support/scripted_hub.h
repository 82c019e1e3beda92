// For tests: a membership whose hub keeps listings and papers in memory under the real rules, and fails when told:
// before it did something, or after, when the answer is lost.
#pragma once

#include <deque>
#include <map>
#include <nlohmann/json.hpp>

#include "alliance/json.h"
#include "alliance/membership.h"
#include "alliance/paper.h"
#include "base/encoding.h"
#include "support/memory_ports.h"

namespace probity::test {

class ScriptedHub final : public alliance::Membership {
 public:
  enum class Fault { none, before, after };

  explicit ScriptedHub(Clock& clock) : clock_(clock), random_(41) { member.bytes.fill(7); }

  alliance::MembershipFacts facts() override { return {member, "Harbour Motors", {}, epoch}; }
  Result<std::string> call(const std::string& method, const std::string& path, const std::string& body,
                           const Id& account) override {
    Fault fault = Fault::none;
    if (!faults.empty()) {
      fault = faults.front();
      faults.pop_front();
    }
    sent += path + body;
    ++calls;
    if (fault == Fault::before) return fail(ErrorCode::unavailable, "the hub does not answer");
    auto done = answer(method, path, body, account);
    if (fault == Fault::after) return fail(ErrorCode::unavailable, "the hub does not answer");
    return done;
  }
  Result<alliance::LookUpAnswer> ask(const alliance::Subject&, const Id&) override {
    return fail(ErrorCode::unavailable, "nobody is asked here");
  }
  // A key of its own for each person; no secret of anybody.
  Result<oprf::ListKeys> list_keys_of(const alliance::Subject& subject, const Id&) override {
    const Hash hash = sha256({as_bytes(subject.normalised), as_bytes(std::to_string(epoch))});
    oprf::ListKeys keys;
    std::copy_n(hash.begin(), keys.tag.size(), keys.tag.begin());
    std::copy_n(hash.begin(), 32, keys.label_key.writable().begin());
    return keys;
  }

  // What the person and the clock do.
  void change(const Id& listing, const std::function<Result<alliance::Listing>(const alliance::Listing&)>& verb) {
    auto next = verb(listings.at(listing));
    if (next) listings.at(listing) = *next;
  }
  void deliver(const Id& listing) {
    change(listing, [&](const alliance::Listing& one) {
      return alliance::record_delivery(one, {}, alliance::NoticeProof::Way::link_opened, Hash{1}, clock_.now_ms());
    });
  }
  void object(const Id& listing) {
    change(listing, [&](const alliance::Listing& one) {
      return alliance::appeal(one, {alliance::Party::Role::subject, {}, {}}, clock_.now_ms());
    });
  }
  void tick() {
    for (auto& [id, listing] : listings) listing = alliance::advance(listing, clock_.now_ms());
  }

  Id member;
  oprf::Epoch epoch = 2027;
  std::map<Id, alliance::Listing> listings;
  std::vector<nlohmann::json> papers;
  std::deque<Fault> faults;
  std::string sent;  // all that went to the hub
  int calls = 0;
  oprf::Identity ombudsman = oprf::Identity::make(random_seed());
  std::vector<std::string> addresses;  // that notices went to
  bool courier_fails = false;

 private:
  static Random& random_seed() {
    static SeededRandom random(5);
    return random;
  }
  Result<std::string> shown(const Result<alliance::Listing>& listing) {
    TRY(listing);
    listings[listing->id] = *listing;
    return alliance::listing_to_json(*listing).dump();
  }

  Result<std::string> answer(const std::string& method, const std::string& path, const std::string& body,
                             const Id& account) {
    const std::string base = "/alliance/v1/";
    const std::string rest = path.substr(base.size());
    if (rest == "ombudsman") return nlohmann::json{{"identity", to_hex(ombudsman.open())}}.dump();
    if (rest.starts_with("papers")) return answer_papers(method, rest, body);
    const alliance::Party by{alliance::Party::Role::filer, member, account};
    if (rest == "listings" && method == "GET") {
      nlohmann::json items = nlohmann::json::array();
      for (const auto& [id, listing] : listings) items.push_back(alliance::listing_to_json(listing));
      return nlohmann::json{{"items", items}}.dump();
    }
    if (rest == "listings") {
      TRY_ASSIGN(const auto draft, alliance::parse_draft(body));
      return shown(alliance::draft_listing(Id::random(random_), by, draft, clock_.now_ms()));
    }
    const std::string id = rest.substr(9, 26);
    TRY_ASSIGN(const Id listing, Id::parse(id));
    if (!listings.contains(listing)) return fail(ErrorCode::not_found, "there is no such listing");
    const std::string verb = rest.size() > 36 ? rest.substr(36) : "";
    return answer_verb(listings.at(listing), verb, body, by);
  }

  Result<std::string> answer_verb(const alliance::Listing& listing, const std::string& verb, const std::string& body,
                                  const alliance::Party& by) {
    const TimeMs now = clock_.now_ms();
    if (verb.empty()) return alliance::listing_to_json(alliance::advance(listing, now)).dump();
    if (verb == "submit") {
      std::optional<alliance::Listing> earlier;
      for (const auto& [id, other] : listings)
        if (id != listing.id && other.tag == listing.tag && other.state != alliance::ListingState::draft)
          earlier = other;
      return shown(alliance::submit(listing, by, earlier, now));
    }
    if (verb == "approve") return shown(alliance::approve(listing, by, now));
    if (verb == "refuse") return shown(alliance::refuse(listing, by, now));
    if (verb == "suspend") return shown(alliance::suspend(listing, by, now));
    if (verb == "resume") return shown(alliance::resume(listing, by, now));
    if (verb == "withdraw") return shown(alliance::withdraw(listing, by, now));
    const auto in = nlohmann::json::parse(body);
    if (verb == "notice") {
      TRY_ASSIGN(const std::string told, shown(alliance::send_notice(listing, now)));
      if (courier_fails) return fail(ErrorCode::unavailable, "the letter could not be sent");
      addresses.push_back(in.at("to").get<std::string>());
      return told;
    }
    if (verb == "correct") {
      TRY_ASSIGN(const auto words, alliance::parse_restatement(in));
      return shown(alliance::correct(listing, by, words, now));
    }
    if (verb == "answer") {
      using Outcome = alliance::Appeal::Outcome;
      std::optional<alliance::Restatement> corrected;
      if (in.contains("corrected")) {
        TRY_ASSIGN(corrected, alliance::parse_restatement(in["corrected"]));
      }
      for (const Outcome outcome : {Outcome::upheld, Outcome::corrected, Outcome::taken_back})
        if (alliance::outcome_name(outcome) == in.at("outcome").get<std::string>())
          return shown(alliance::answer_appeal(listing, by, outcome, corrected, now));
      return fail(ErrorCode::invalid_argument, "an answer needs an outcome");
    }
    TRY_ASSIGN(const auto draft, alliance::parse_draft(body));
    if (verb == "rewrite") return shown(alliance::rewrite(listing, by, draft, now));
    return shown(alliance::attest(listing, by, draft, now));
  }

  Result<std::string> answer_papers(const std::string& method, const std::string& rest, const std::string& body) {
    if (method == "POST") {
      papers.push_back(nlohmann::json::parse(body));
      return std::string("{}");
    }
    if (rest == "papers") return std::string(R"({"items":[]})");
    nlohmann::json items = nlohmann::json::array();
    for (const auto& paper : papers) items.push_back({{"commitment", paper["commitment"]}});
    return nlohmann::json{{"items", items}}.dump();
  }

  Clock& clock_;
  SeededRandom random_;
};

}  // namespace probity::test
