# The door for those who answer in a case, and behind it.
add_module(routes_cases_guard SOURCES cases_guard.cpp DEPS http routes_json routes_guard cases fmt::fmt)
