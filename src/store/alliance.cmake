# A key-holder's folder knows nothing of the database; the hub's records do.
add_module(store_keyholder SOURCES alliance_keyholder.cpp DEPS store alliance_keys TESTS alliance_keyholder_test.cpp)
add_module(store_alliance SOURCES alliance_fetches.cpp alliance_store.cpp DEPS store alliance
  TESTS alliance_hub_test.cpp)
# Members and what else an operator of the hub keeps.
add_module(store_alliance_members SOURCES alliance_members.cpp DEPS store alliance_governance
  TESTS alliance_members_test.cpp)
add_module(store_alliance_watch SOURCES alliance_audits.cpp alliance_watch.cpp DEPS store alliance_governance
  TESTS alliance_attacks_test.cpp alliance_watch_test.cpp TEST_DEPS store_alliance store_alliance_members)
