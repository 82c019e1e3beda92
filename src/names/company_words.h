// The word lists that a company's name is taken apart with, each in one string, separated by blanks.
#pragma once

#include <string_view>

namespace probity::names {

extern const std::string_view kPlaces;             // provinces, cities and countries, simplified, without 省, 市, 县
extern const std::string_view kSmallPlaces;        // cities of counties, and districts: some are words of brands, too
extern const std::string_view kCounties;           // counties: bare, they are seldom meant
extern const std::string_view kPlaceEndings;       // what may follow a place: 省, 市, 保税区
extern const std::string_view kTradeWords;         // what a company does or deals in, and words every company uses
extern const std::string_view kLegalForms;         // what a company is
extern const std::string_view kLatinForms;         // the same in Latin script, lower case, without dots
extern const std::string_view kLatinLeadingForms;  // forms that may stand in front: OOO, JSC
extern const std::string_view kLatinTrades;        // and trades
extern const std::string_view kLatinPlaces;        // "hongkong=香港": places that are not written by their pinyin
extern const std::string_view kCompounds;          // characters that make a trade with 业: 石业
extern const std::string_view kBrandLetters;       // characters that brands like: 鑫宏盛瑞
extern const std::string_view kCommonWords;  // of every text: lines of twice the logarithm of how often, then words
extern const std::string_view kNoPlace;      // ends like a county or city, but is none: 超市, 社区

}  // namespace probity::names
