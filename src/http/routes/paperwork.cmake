add_module(routes_paperwork SOURCES paperwork.cpp DEPS http routes_json alliance_paperwork)
