// Filings and what is done with them.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask, askReason } from "@/parts/ask";
import "@/texts/filings";
import "@/texts/listings";

export type Filing = Schemas["FilingDetail"];
export const concerned = ["filings", "filing"];

export function useFiling(id: string) {
  return useQuery({
    queryKey: ["filing", id],
    queryFn: ({ signal }) => body(api.GET("/filings/{filing}", { signal, params: { path: { filing: id } } })),
    // What is on its way to the hub goes on by itself; an objection may come any time.
    refetchInterval: ({ state }) => (state.data?.pending ? 2_000 : 30_000),
  });
}

export function useCatalogue() {
  return useQuery({ queryKey: ["filing-catalogue"], queryFn: ({ signal }) => body(api.GET("/filing-catalogue", { signal })), staleTime: Infinity });
}

type Plain = "/filings/{filing}/submit" | "/filings/{filing}/approve" | "/filings/{filing}/attest" | "/filings/{filing}/retry";
type Reasoned = "/filings/{filing}/refuse" | "/filings/{filing}/suspend" | "/filings/{filing}/resume" | "/filings/{filing}/withdraw";

export function useFilingActs(found: Filing) {
  const { t } = useTranslation("filings");
  const path = { params: { path: { filing: found.filing.id } } };
  const done = (after: Filing) => (after.pending ? t("goesOn") : t("done"));
  const plain = useAct((way: Plain) => body(api.POST(way, path)), { done, refresh: concerned, quiet: true });
  const reasoned = useAct(({ way, reason }: { way: Reasoned; reason: string }) => body(api.POST(way, { ...path, body: { reason } })), { done, refresh: concerned, quiet: true });
  const because = (way: Reasoned, title: string, text: string, danger = false) => () =>
    askReason({ title, text, confirm: title, danger, run: (reason) => reasoned.mutateAsync({ way, reason }) });
  const sure = (way: Plain, title: string, text: string) => () => ask({ title, text, confirm: title, run: () => plain.mutateAsync(way) });
  return {
    submit: sure("/filings/{filing}/submit", t("submit"), t("submitText")),
    approve: sure("/filings/{filing}/approve", t("approve"), t("approveText")),
    attest: sure("/filings/{filing}/attest", t("attest"), t("attestText")),
    retry: () => plain.mutate("/filings/{filing}/retry"),
    refuse: because("/filings/{filing}/refuse", t("refuse"), t("refuseText"), true),
    suspend: because("/filings/{filing}/suspend", t("suspend"), t("suspendText")),
    resume: because("/filings/{filing}/resume", t("resume"), t("resumeText")),
    withdraw: because("/filings/{filing}/withdraw", t("withdraw"), t("withdrawText"), true),
  };
}
