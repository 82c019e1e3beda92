// The one JSON mapping of commitments: what the API says, what the store keeps, what is hashed.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "commitments/commitment.h"
#include "commitments/evidence.h"
#include "commitments/render.h"
#include "commitments/slip.h"
#include "commitments/template.h"

namespace probity::commitments {

// Recipients are not told which answers are right.
enum class Audience { staff, recipient };

// Null for an empty text.
nlohmann::json optional_text(const std::string& text);

// Readers of what we wrote ourselves; they throw on anything else, so parse within a try block of your own.
nlohmann::json terms_to_json(const Terms& terms);
Terms terms_from_json(const nlohmann::json& json);
nlohmann::json section_to_json(const TextSection& section);
TextSection section_from_json(const nlohmann::json& json);
nlohmann::json question_to_json(const Question& question, Audience audience);
Question question_from_json(const nlohmann::json& json);

std::string terms_text(const Terms& terms);
Result<Terms> parse_terms(std::string_view text);
std::string template_text_text(const TemplateText& text);
Result<TemplateText> parse_template_text(std::string_view text);

nlohmann::json template_to_json(const Template& template_);
nlohmann::json rendered_to_json(const RenderedText& text, const std::optional<Hash>& hash);
// `waiting_for`: whose commitment must be in force before this one can be; may be empty.
nlohmann::json commitment_to_json(const Commitment& commitment, const std::string& waiting_for);
nlohmann::json evidence_to_json(const EvidenceEntry& entry);
nlohmann::json slip_to_json(const Slip& slip);
nlohmann::json time_to_json(const std::optional<TimeMs>& time_ms);

// Our own form of a time, "2026-11-21T20:29:45.123Z". Nothing for anything else.
std::optional<TimeMs> parse_utc(std::string_view text);

}  // namespace probity::commitments
