// SOCI without Boost: Debian's build announces Boost, whose only use in these headers is a few member templates that we
// do not call, and which would pull 150 MB of headers in. For .cpp files of this folder only.
#pragma once

#include <soci/soci-config.h>
#undef SOCI_HAVE_BOOST
#undef SOCI_HAVE_BOOST_DATE_TIME
#include <soci/soci.h>
