compile_apart(screening_hits.cpp)
add_module(routes_screening
  SOURCES screening.cpp screening_hits.cpp
  DEPS base http routes_json accounts screening_persons)
