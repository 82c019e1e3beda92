# The hub's sealed papers, and a member's own filings.
add_module(store_paperwork SOURCES paperwork_store.cpp DEPS store alliance_paperwork)
