// A case as files: a summary as a PDF, and everything of it in one archive.
#pragma once

#include "cases/rectifications.h"
#include "cases/service.h"

namespace probity::cases {

struct ArchiveFile {
  std::string name;  // "K-2026-0001.zip", or as a document was called by whoever sent it
  Bytes bytes;
};

// The case in words, block by block. Internal notes are left out unless asked for.
pdf::Document summary_document(const CaseView& view, const std::vector<Rectification>& rectifications,
                               const commitments::House& house, Locale locale, TimeMs now_ms);

// Thread-safe. Borrows its ports.
class ArchiveService {
 public:
  ArchiveService(const Ports& ports, commitments::Typeset typeset) : desk_(ports), typeset_(std::move(typeset)) {}

  // Errors: not_found; those of typesetting.
  Result<Bytes> summary(const Id& case_id, Locale locale);
  // case.json, timeline.json, payments.json, rectifications/, custody.json, originals/<sha256>, summary in both
  // languages, and manifest-sha256.txt over all of them. A custody step says who took it. Errors: not_found; corrupt
  // when an original is no longer what was taken in; too_large.
  Result<ArchiveFile> archive(const Id& case_id, const events::Actor& actor);
  // What an accused one sent along with a reply or an appeal, byte for byte; a custody step says who took it. Errors:
  // not_found.
  Result<ArchiveFile> document(const Id& case_id, const Hash& sha256, const events::Actor& actor);

 private:
  Desk desk_;
  commitments::Typeset typeset_;
};

}  // namespace probity::cases
