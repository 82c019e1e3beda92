add_module(routes_leaks SOURCES file_answer.cpp leaks.cpp leaks_evidence.cpp leaks_result.cpp
  DEPS http routes_json routes_assets accounts leak_matters deliveries)
compile_apart(leaks_evidence.cpp leaks_result.cpp)
