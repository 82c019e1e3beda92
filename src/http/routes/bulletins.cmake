compile_apart(bulletin_groups.cpp training.cpp)
add_module(routes_hub_bulletins
  SOURCES bulletins_fields.cpp hub_bulletins.cpp hub_training.cpp
  DEPS http routes_json bulletins)
add_module(routes_bulletins
  SOURCES bulletin_groups.cpp bulletins.cpp training.cpp
  DEPS http routes_json routes_hub_bulletins accounts bulletins)
