compile_apart(operator_json.cpp)
add_module(routes_signed_calls SOURCES signed_calls.cpp DEPS http alliance)
add_module(routes_hub SOURCES hub.cpp DEPS http routes_json alliance_paperwork routes_signed_calls alliance)
add_module(routes_operator SOURCES hub_watch.cpp operator.cpp operator_json.cpp
  DEPS http routes_json routes_signed_calls accounts alliance_governance
  TESTS operator_test.cpp TEST_DEPS probity_http_testing store_alliance store_alliance_members store_alliance_watch)
