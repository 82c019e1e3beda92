add_module(routes_hub_enterprises SOURCES hub_enterprises.cpp DEPS http routes_json alliance)
