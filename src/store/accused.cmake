add_module(store_accused SOURCES accused_store.cpp DEPS store cases)
