add_module(routes_hub SOURCES hub.cpp DEPS http routes_json alliance)
