add_module(routes_shoots
  SOURCES shoots.cpp shoots_recipient.cpp shoots_releases.cpp
  DEPS http routes_json routes_recipient accounts jobs shoots)
compile_apart(shoots_releases.cpp)
