add_module(store_leaks
  SOURCES leaks_parts.cpp leaks_store.cpp
  DEPS store leak_matters parties)
