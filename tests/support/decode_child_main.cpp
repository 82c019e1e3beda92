// The main() of tests that decode pictures: the same program is started again as decode child.
#include <gtest/gtest.h>

#include "media/decode.h"

int main(int argument_count, char** arguments) {
  if (probity::media::is_decode_child(argument_count, arguments)) return probity::media::decode_child_main();
  ::testing::InitGoogleTest(&argument_count, arguments);
  return RUN_ALL_TESTS();
}
