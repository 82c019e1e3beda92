add_module(routes_hub_bulletins
  SOURCES bulletins_fields.cpp hub_bulletins.cpp hub_training.cpp
  DEPS http routes_json bulletins)
add_module(routes_bulletins
  SOURCES bulletins.cpp training.cpp
  DEPS http routes_json routes_hub_bulletins accounts bulletins
  TESTS bulletins_routes_test.cpp
  TEST_DEPS probity_http_testing routes_signed_calls store_bulletins store_alliance store_events store_jobs store_parties store_projects)
