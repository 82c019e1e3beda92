add_module(routes_json
  SOURCES json_fields.cpp json_query.cpp json_text.cpp json_time.cpp
  DEPS base http fmt::fmt
  TESTS json_fields_test.cpp)
