// A job's state: told by the live updates, and asked for now and then should those fail.
import { useQuery } from "@tanstack/react-query";
import { api, body, type Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";

export type Job = Schemas["Job"];

export function jobTitle(job: Job): string {
  return currentLocale() === "zh" ? job.title_zh : job.title;
}

export function atWork(job: Job | undefined): boolean {
  return job !== undefined && (job.state === "queued" || job.state === "running");
}

export function useJob(id: string | null) {
  return useQuery({
    queryKey: ["job", id],
    queryFn: ({ signal }) => body(api.GET("/jobs/{job}", { signal, params: { path: { job: id ?? "" } } })),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && !atWork(query.state.data) ? false : 2_000),
  });
}
