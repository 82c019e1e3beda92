compile_apart(screening_companies.cpp screening_watches.cpp)
add_module(routes_screening_companies
  SOURCES screening_batches.cpp screening_companies.cpp screening_watches.cpp
  DEPS http routes_json routes_guard screening_companies)
