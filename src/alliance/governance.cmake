# The hub as an institution: who is a member, how much they ask, and what an operator may do.
compile_apart(member_book.cpp volume_alarms.cpp)
add_module(alliance_governance SOURCES holder_watch.cpp holidays.cpp hub_watch.cpp member_book.cpp volume_alarms.cpp
  DEPS base oprf log alliance_keys alliance
  TESTS volume_alarms_test.cpp)
