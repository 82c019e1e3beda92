add_module(routes_signed_calls SOURCES signed_calls.cpp DEPS http alliance)
add_module(routes_hub SOURCES hub.cpp DEPS http routes_json alliance_paperwork routes_signed_calls alliance)
add_module(routes_operator SOURCES hub_watch.cpp operator.cpp operator_json.cpp
  DEPS http routes_json routes_signed_calls accounts alliance_governance)
