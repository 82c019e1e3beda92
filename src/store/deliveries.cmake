add_module(store_deliveries
  SOURCES delivery_store.cpp upload_store.cpp
  DEPS store deliveries)
