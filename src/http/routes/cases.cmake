# The door for those who answer in a case, and behind it.
add_module(routes_cases_guard SOURCES cases_guard.cpp DEPS http routes_json routes_guard cases fmt::fmt)
add_module(routes_cases
  SOURCES cases.cpp cases_decisions.cpp cases_files.cpp cases_parts.cpp cases_rectifications.cpp
  DEPS http routes_json routes_cases_guard accounts cases)
