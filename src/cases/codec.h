// Records as JSON and back, from one list of fields each: `fields(visitor, record)` names them. For .cpp files, which
// bring nlohmann::json as `Json`.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/encoding.h"
#include "base/hash.h"
#include "base/id.h"
#include "cases/names.h"
#include "commitments/terms.h"

namespace probity::cases {

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class Json>
struct RecordWriter {
  Json out = Json::object();

  template <class T>
  void operator()(const char* name, T& value) {
    out[name] = put(value);
  }

  template <class T>
  static Json put(T& value) {
    if constexpr (IsOptional<T>::value) {
      return value ? put(*value) : Json(nullptr);
    } else if constexpr (IsVector<T>::value) {
      Json items = Json::array();
      for (auto& one : value) items.push_back(put(one));
      return items;
    } else if constexpr (std::is_same_v<T, Id>) {
      return value.text();
    } else if constexpr (std::is_same_v<T, Hash>) {
      return to_hex(value);
    } else if constexpr (std::is_same_v<T, commitments::Liable>) {
      return std::string(commitments::liable_name(value));
    } else if constexpr (std::is_same_v<T, commitments::Locale>) {
      return std::string(commitments::locale_name(value));
    } else if constexpr (std::is_enum_v<T>) {
      return std::string(name_of(value));
    } else if constexpr (std::is_same_v<T, std::string> || std::is_arithmetic_v<T>) {
      return value;
    } else {
      RecordWriter writer;
      fields(writer, value);
      return std::move(writer.out);
    }
  }
};

// What is missing keeps its usual value, so that a later version may add fields; what has another type makes `ok`
// false.
template <class Json>
struct RecordReader {
  const Json& in;
  bool& ok;

  template <class T>
  void operator()(const char* name, T& value) {
    const auto found = in.find(name);
    if (found != in.end()) get(*found, value);
  }

  template <class T>
  void get(const Json& json, T& value) {
    if constexpr (IsOptional<T>::value) {
      if (json.is_null()) return value.reset();
      get(json, value.emplace());
    } else if constexpr (IsVector<T>::value) {
      if (!json.is_array()) return refuse();
      for (const Json& one : json) get(one, value.emplace_back());
    } else if constexpr (std::is_same_v<T, bool>) {
      json.is_boolean() ? void(value = json.template get<bool>()) : refuse();
    } else if constexpr (std::is_arithmetic_v<T>) {
      json.is_number_integer() ? void(value = json.template get<T>()) : refuse();
    } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string> && !std::is_same_v<T, Id> &&
                         !std::is_same_v<T, Hash>) {
      if (!json.is_object()) return refuse();
      RecordReader reader{json, ok};
      fields(reader, value);
    } else {
      if (!json.is_string()) return refuse();
      text(json.template get_ref<const std::string&>(), value);
    }
  }

 private:
  void refuse() { ok = false; }

  template <class Value, class T>
  void take(const Value& found, T& value) {
    if (found)
      value = *found;
    else
      refuse();
  }

  template <class T>
  void text(const std::string& from, T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
      value = from;
    } else if constexpr (std::is_same_v<T, Id>) {
      take(Id::parse(from), value);
    } else if constexpr (std::is_same_v<T, Hash>) {
      const auto bytes = from_hex(from);
      if (!bytes || bytes->size() != value.size()) return refuse();
      std::copy(bytes->begin(), bytes->end(), value.begin());
    } else if constexpr (std::is_same_v<T, commitments::Liable>) {
      take(commitments::parse_liable(from), value);
    } else if constexpr (std::is_same_v<T, commitments::Locale>) {
      take(commitments::parse_locale(from), value);
    } else if (!read_name(from, value)) {
      refuse();
    }
  }
};

template <class Json, class Record>
std::string written(Record record) {
  return RecordWriter<Json>::put(record).dump();
}

template <class Json, class Record>
std::optional<Record> read(const std::string& text) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  Record record;
  bool ok = json.is_object();
  if (!ok) return std::nullopt;
  RecordReader<Json>{json, ok}.get(json, record);
  return ok ? std::optional<Record>(std::move(record)) : std::nullopt;
}

}  // namespace probity::cases
