add_module(store_cases
  SOURCES cases_access.cpp
  DEPS store cases fmt::fmt)
