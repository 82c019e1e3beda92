// The document of a commitment: the agreement, then a page of evidence; set as a PDF and sealed once.
#pragma once

#include "commitments/desk.h"

namespace probity::commitments {

struct DocumentTools {
  Typeset typeset;
  SealDocument seal;
};

// Pure. The evidence is told as far as it goes: without signatures the document says that it is a draft.
pdf::Document compose(const Commitment& commitment, const RenderedText& text,
                      const std::vector<EvidenceEntry>& evidence, const std::string& zone);

// Thread-safe.
class DocumentService {
 public:
  DocumentService(const Ports& ports, DocumentTools tools) : desk_(ports), tools_(std::move(tools)) {}

  // The sealed document, or, while there is none, the text as it stands, unsealed. Errors: not_found.
  Result<Bytes> document(const Id& commitment);
  // The same for one who signs it. Errors: not_found, also for other people's.
  Result<Bytes> document_for(const Id& party, const Id& commitment);

  // What the job `seal_commitment` does; doing it again does nothing. Typesetting and sealing run outside the
  // transaction, which then attaches the document and mails it to everybody who signed.
  // Errors: conflict (not in force); those of the tools.
  Result<void> seal(const Id& commitment);

 private:
  Result<Bytes> document_of(const Commitment& commitment);
  Result<Bytes> render(const Commitment& commitment);
  Result<void> attach(const Id& commitment, const Hash& document);

  Desk desk_;
  DocumentTools tools_;
};

std::string document_name(const Commitment& commitment);  // "C-2026-0042-v1.pdf"

}  // namespace probity::commitments
