# The hub as an institution: who is a member, how much they ask, and what an operator may do.
add_module(alliance_governance SOURCES holder_watch.cpp holidays.cpp member_book.cpp DEPS base oprf log alliance_keys alliance)
