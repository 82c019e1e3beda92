add_module(routes_accused SOURCES accused.cpp DEPS http routes_json routes_cases_guard cases)
