// Live updates: events of the server make the lists they concern load again.
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Schemas } from "./client";

type Job = Schemas["Job"];
type Activity = Schemas["Activity"];

const concernedByNoun: Record<string, string[]> = {
  commitment: ["commitments", "commitment", "deliveries", "projects", "project"],
  copy: ["deliveries", "projects", "project"],
  asset: ["assets", "projects", "project"],
  party: ["parties", "party"],
  slip: ["slips", "projects", "project"],
  project: ["projects", "project"],
  embargo: ["projects", "project"],
  template: ["templates", "template"],
  leak: ["leaks", "leak", "leak-result", "leak-evidence", "leak-custody", "dashboard"],
  case: ["cases", "case", "dashboard", "leak"],
  rectification: ["rectifications", "rectification", "case", "dashboard"],
  payment: ["case", "payments", "dashboard"],
  reply: ["case", "dashboard"],
  appeal: ["case", "cases", "dashboard"],
  statement: ["statements", "statement"],
  shoot: ["shoots", "shoot"],
  frame: ["frames", "shoot", "shoots"],
  release: ["releases"],
  screening: ["questions", "question", "consent-audits"],
  hit: ["hits", "hit", "questions"],
  company: ["company-questions"],
  batch: ["batches", "batch", "batch-rows"],
  watch: ["watches"],
  filing: ["filings", "filing"],
  ombudsman: ["matters", "matter", "ombudsman-decisions", "ombudsman-statistics", "person-answers"],
  bulletin: ["bulletins", "bulletin", "bulletin-drafts"],
  training: ["training"],
};

const concernedByJob: Partial<Record<string, string[]>> = {
  take_evidence: ["leak", "leak-evidence", "leak-custody", "leak-uploads"],
  trace_leak: ["leaks", "leak", "leak-result", "leak-evidence", "leak-custody"],
  prepare_frame: ["frames", "shoot"],
  match_own_footage: ["own-footage"],
  seal_statement: ["statements", "statement"],
  remove_statement_document: ["statements", "statement"],
  take_case_file: ["cases", "case"],
  screen_partners: ["batches", "batch", "batch-rows"],
  prepare_asset: ["assets", "projects", "project", "uploads"],
  issue_copies: ["deliveries", "projects", "project"],
  send_mail: ["outbox"],
  deliver_webhook: ["webhook-deliveries", "webhooks"],
  seal_commitment: ["commitments", "commitment"],
  load_sample: ["projects", "parties", "templates", "commitments", "assets"],
};

function read<T>(event: Event): T | null {
  try {
    return JSON.parse((event as MessageEvent<string>).data) as T;
  } catch {
    return null;
  }
}

/** Many events within a moment cause one round of loading. */
class Refresher {
  private keys = new Set<string>();
  private timer: number | undefined;
  constructor(private readonly queries: QueryClient) {}
  add(keys: string[]): void {
    for (const key of keys) this.keys.add(key);
    this.timer ??= window.setTimeout(() => this.flush(), 400);
  }
  private flush(): void {
    this.timer = undefined;
    const keys = [...this.keys];
    this.keys.clear();
    for (const key of keys) void this.queries.invalidateQueries({ queryKey: [key] });
  }
  stop(): void {
    window.clearTimeout(this.timer);
  }
}

export function useLiveUpdates(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const refresher = new Refresher(queries);
    const source = new EventSource("/api/v1/events");
    let interrupted = false;
    source.addEventListener("job", (event) => {
      const job = read<Job>(event);
      if (job === null) return;
      queries.setQueryData(["job", job.id], job);
      refresher.add(["jobs"]);
      if (job.state !== "queued" && job.state !== "running") refresher.add(concernedByJob[job.kind] ?? []);
    });
    source.addEventListener("activity", (event) => {
      const activity = read<Activity>(event);
      if (activity === null) return;
      refresher.add(["activity", ...(concernedByNoun[activity.kind.split(".")[0] ?? ""] ?? [])]);
    });
    source.addEventListener("outbox", () => refresher.add(["outbox"]));
    source.addEventListener("error", () => {
      interrupted = true;
    });
    // What happened while the line was down was not told.
    source.addEventListener("open", () => {
      if (interrupted) refresher.add(["jobs", "activity", "outbox", ...Object.values(concernedByNoun).flat()]);
      interrupted = false;
    });
    return () => {
      source.close();
      refresher.stop();
    };
  }, [queries]);
}
