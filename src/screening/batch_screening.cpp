#include "screening/batch_screening.h"

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/encoding.h"

namespace probity::screening {
namespace {

constexpr std::size_t kRowsAtOnce = 2'000;
constexpr std::size_t kMostFileName = 200, kMostRequisition = 100;
constexpr int kMostRestarts = 3;
constexpr std::size_t kMostByName = 10;

PartnerRow unanswered(const PartnerLine& line, std::uint64_t index) {
  PartnerRow row;
  row.index = index;
  row.line = line.line;
  row.name = line.name;
  row.number = line.number;
  row.subject = line.subject;
  row.problem = line.problem;
  row.level = CompanyLevel::unreadable;
  return row;
}

Result<alliance::SignedEnterpriseHead> answer(const CompanyBook& book, PartnerRow& row) {
  TRY_ASSIGN(const auto matched, book.match(row.subject, {kMostByName, true}));
  row.level = matched.answer.outcome;
  for (const CompanyMatch& match : matched.answer.matches) {
    if (row.matches.size() == kMostRowMatches) break;
    const auto& entry = match.listed->entry;
    row.matches.push_back({entry.listing, match.level, match.by, match.name, match.former, match.score, entry.status,
                           entry.conduct, entry.filer_name});
  }
  return matched.head;
}

std::uint64_t rows_to_look_at(const PartnerBatch& batch) {
  const auto count = [&](CompanyLevel level) { return batch.counts[static_cast<std::size_t>(level)]; };
  return count(CompanyLevel::confirmed) + count(CompanyLevel::likely) + count(CompanyLevel::possible) +
         count(CompanyLevel::unreadable);
}

}  // namespace

Result<AnsweredRows> answer_rows(const CompanyBook& book, std::span<const PartnerLine> lines, std::uint64_t first) {
  AnsweredRows out;
  const auto held = book.held();
  if (!held) return fail(ErrorCode::unavailable, "this node does not hold the list of companies yet");
  out.head = held->head;
  out.rows.resize(lines.size());
  std::atomic<std::size_t> next{0};
  std::atomic<bool> one_version{true};
  const auto work = [&] {
    for (std::size_t i = next++; i < lines.size(); i = next++) {
      out.rows[i] = unanswered(lines[i], first + i);
      if (!lines[i].readable()) continue;
      const auto head = answer(book, out.rows[i]);
      if (!head || head->head != out.head.head) one_version = false;
    }
  };
  const unsigned others = std::clamp(std::thread::hardware_concurrency(), 1U, 8U) - 1;
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < others; ++i) threads.emplace_back(work);
  work();
  threads.clear();
  out.one_version = one_version;
  return out;
}

Result<PartnerBatch> BatchScreening::create(const NewBatch& wanted, const events::Actor& actor) {
  PartnerBatch batch;
  TRY_ASSIGN(batch.file_name, tidy_line_without_identifier("file's name", wanted.file_name, kMostFileName));
  TRY_ASSIGN(batch.requisition, tidy_line_without_identifier("requisition", wanted.requisition, kMostRequisition));
  if (batch.file_name.empty() || batch.requisition.empty())
    return fail(ErrorCode::invalid_argument, "a file name and a requisition are needed");
  batch.id = Id::random(ports_.random);
  batch.purpose = wanted.purpose;
  batch.made_by = actor;
  batch.made_ms = ports_.clock.now_ms();
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(batch.number, ports_.companies.next_number("B", 4));
    return ports_.store.insert(batch);
  }));
  return batch;
}

Result<PartnerBatch> BatchScreening::find(const Id& id) {
  TRY_ASSIGN(auto batch, ports_.store.batch(id));
  if (!batch) return fail(ErrorCode::not_found, "there is no such file of partners");
  return std::move(*batch);
}

Result<PartnerBatch> BatchScreening::upload(const Id& id, BytesView bytes, const events::Actor& actor) {
  if (bytes.size() > kMostFileBytes)
    return fail(ErrorCode::too_large, "the file is larger than 32 MB", "divide it into several files");
  if (bytes.empty()) return fail(ErrorCode::invalid_argument, "the file is empty");
  if (!ports_.companies.book().held())
    return fail(ErrorCode::unavailable, "this node does not hold the list of companies yet");
  TRY_ASSIGN(PartnerBatch batch, find(id));
  if (batch.state != BatchState::awaiting_file) return fail(ErrorCode::conflict, "it has its file already");
  // The bytes first: a job without them would fail, bytes without a job are overwritten or removed.
  TRY(ports_.files.put(id, bytes));
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(batch, find(id));
    if (batch.state != BatchState::awaiting_file) return fail(ErrorCode::conflict, "it has its file already");
    jobs::JobRequest request;
    request.kind = kScreenPartnersJob;
    request.title = "Screening of " + batch.number;
    request.title_zh = "核查 " + batch.number;
    request.subject = id;
    request.once_key = "screen " + id.text();
    TRY_ASSIGN(batch.job, ports_.jobs.enqueue(request));
    batch.state = BatchState::queued;
    TRY(ports_.events.append(company_event("batch.uploaded", actor, batch.number, id, ports_.clock.now_ms())));
    return ports_.store.update(batch);
  }));
  return batch;
}

Result<void> BatchScreening::work(const Id& id, jobs::JobContext& context) {
  TRY_ASSIGN(auto found, ports_.store.batch(id));
  if (!found || found->state == BatchState::done || found->state == BatchState::failed) {
    // Removed, or done: killed between the end of the work and this, it left the bytes behind.
    ports_.files.remove(id);
    return {};
  }
  PartnerBatch batch = std::move(*found);
  TRY_ASSIGN(const Bytes bytes, ports_.files.get(id));
  const auto file = read_partner_file(bytes);
  if (!file) {
    batch.state = BatchState::failed;
    batch.problem = file.error();
    batch.finished_ms = ports_.clock.now_ms();
    TRY(ports_.transactions.write([&]() -> Result<void> {
      TRY(ports_.events.append(company_event("batch.failed", {}, batch.number, id, *batch.finished_ms)));
      return ports_.store.update(batch);
    }));
    ports_.files.remove(id);
    return {};
  }
  batch.state = BatchState::running;
  batch.rows = file->partners.size();
  batch.notes = file->notes;
  TRY(screen(batch, *file, context));
  TRY(finish(batch));
  ports_.files.remove(id);
  return {};
}

Result<void> BatchScreening::screen(PartnerBatch& batch, const PartnerFile& file, jobs::JobContext& context) {
  const std::span<const PartnerLine> lines(file.partners);
  int restarts = 0;
  while (batch.done < batch.rows || !batch.head) {
    TRY(context.check());
    context.progress(static_cast<std::int64_t>(batch.done), static_cast<std::int64_t>(batch.rows));
    const std::size_t count = std::min<std::size_t>(kRowsAtOnce, batch.rows - batch.done);
    TRY_ASSIGN(const AnsweredRows answered,
               answer_rows(ports_.companies.book(), lines.subspan(batch.done, count), batch.done));
    const bool changed = !answered.one_version || (batch.head && *batch.head != answered.head);
    const bool again = changed && restarts++ < kMostRestarts;
    TRY(ports_.transactions.write([&]() -> Result<void> {
      // Somebody may have removed it meanwhile.
      TRY(find(batch.id));
      if (again) {
        batch.done = 0;
        batch.counts = {};
        batch.head.reset();
        TRY(ports_.store.remove_rows(batch.id));
        return ports_.store.update(batch);
      }
      TRY(ports_.store.insert_rows(batch.id, answered.rows));
      for (const PartnerRow& row : answered.rows) ++batch.counts[static_cast<std::size_t>(row.level)];
      batch.done += count;
      batch.head = answered.head;
      return ports_.store.update(batch);
    }));
  }
  return {};
}

Result<void> BatchScreening::finish(PartnerBatch& batch) {
  batch.state = BatchState::done;
  batch.finished_ms = ports_.clock.now_ms();
  return ports_.transactions.write([&]() -> Result<void> {
    const std::string content = nlohmann::json{
        {"batch", batch.number},
        {"list_root", to_hex(batch.head->head.root)},
        {"list_version", batch.head->head.version},
        {"rows", batch.rows}}.dump();
    TRY(ports_.log.record({"partners_screened", batch.id, content}));
    events::Event event = company_event("batch.screened", {}, batch.number, batch.id, *batch.finished_ms);
    event.data_json =
        nlohmann::json{{"label", batch.number}, {"id", batch.id.text()}, {"count", rows_to_look_at(batch)}}.dump();
    TRY(ports_.events.append(event));
    return ports_.store.update(batch);
  });
}

Result<PartnerBatch> BatchScreening::done_batch(const Id& id) {
  TRY_ASSIGN(PartnerBatch batch, find(id));
  if (batch.state != BatchState::done)
    return fail(ErrorCode::conflict, "this file is not screened yet", "wait until it is done");
  return batch;
}

Result<Listed<PartnerRow>> BatchScreening::rows(const Id& id, const RowFilter& filter) {
  TRY(done_batch(id));
  return ports_.store.rows(id, filter);
}

Result<void> BatchScreening::each_row(const Id& id, const std::function<Result<void>(const PartnerRow&)>& receive) {
  TRY(done_batch(id));
  for (std::int64_t last = -1;;) {
    TRY_ASSIGN(const auto rows, ports_.store.rows_after(id, last, kRowsAtOnce));
    if (rows.empty()) return {};
    for (const PartnerRow& row : rows) TRY(receive(row));
    last = static_cast<std::int64_t>(rows.back().index);
  }
}

Result<std::string> BatchScreening::result(const Id& id, std::unique_ptr<ResultWriter> writer) {
  TRY(each_row(id, [&](const PartnerRow& row) -> Result<void> {
    writer->add(row);
    return {};
  }));
  return writer->finish();
}

Result<void> BatchScreening::remove(const Id& id, const events::Actor& actor) {
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const PartnerBatch batch, find(id));
    TRY(ports_.events.append(company_event("batch.removed", actor, batch.number, id, ports_.clock.now_ms())));
    return ports_.store.remove_batch(id);
  }));
  ports_.files.remove(id);
  return {};
}

}  // namespace probity::screening
