// The hub's sealed papers: what is known of each in SQL, the ciphertext in a file of its own.
#pragma once

#include <string>

#include "alliance/paperwork.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database. `folder`: for the ciphertexts; made when it is first needed.
class PaperworkStore final : public alliance::PaperStore {
 public:
  PaperworkStore(Database& database, std::string folder) : database_(database), folder_(std::move(folder)) {}

  Result<void> insert(const alliance::FiledPaper& paper, BytesView sealed) override;
  Result<std::optional<alliance::FiledPaper>> paper(const Id& id) override;
  Result<Bytes> sealed(const Id& id) override;
  Result<std::vector<alliance::FiledPaper>> papers_of(const Id& listing) override;
  Result<std::vector<alliance::FiledPaper>> papers_for(const Id& reader, std::size_t limit) override;
  Result<std::vector<Id>> outlived(std::size_t limit) override;
  Result<void> remove(const Id& id) override;
  Result<std::vector<alliance::Listing>> for_ombudsman(std::size_t limit) override;
  Result<alliance::PlaceView> place(oprf::Epoch epoch, int bits, oprf::Prefix prefix, TimeMs since_ms) override;

 private:
  std::string path(const Id& id) const { return folder_ + "/" + id.text(); }

  Database& database_;
  const std::string folder_;
};

}  // namespace probity::store
