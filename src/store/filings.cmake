# The hub's sealed papers, and a member's own filings.
add_module(store_paperwork SOURCES paperwork_store.cpp DEPS store alliance_paperwork)
add_module(store_filings SOURCES filings_store.cpp ombudsman_store.cpp DEPS store filings parties TESTS filings_store_test.cpp)
