// What tests of the log's routes stand on: the queue in a database, and a disk in memory for the log's files.
#pragma once

#include "store/log_book_store.h"
#include "support/faulty_log_files.h"
