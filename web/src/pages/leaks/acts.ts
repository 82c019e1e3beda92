// A leak and what is done with it.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask, askReason } from "@/parts/ask";
import "@/texts/leaks";

export type Leak = Schemas["Leak"];
export type LeakResult = Schemas["LeakResult"];

export const concerned = ["leaks", "leak", "leak-evidence", "leak-custody", "activity"];

export function useLeakQuery(id: string) {
  return useQuery({
    queryKey: ["leak", id],
    queryFn: ({ signal }) => body(api.GET("/leaks/{leak}", { signal, params: { path: { leak: id } } })),
  });
}

/**
 * The result of the latest trace. Each answer goes into the custody record as a look at it, so it is asked for once a
 * state of the leak, never again because a window came to the front.
 */
export function useResult(leak: Leak) {
  return useQuery({
    queryKey: ["leak-result", leak.id, leak.state, leak.unmaskings[0]?.state ?? ""],
    queryFn: ({ signal }) => body(api.GET("/leaks/{leak}/result", { signal, params: { path: { leak: leak.id } } })),
    enabled: leak.outcome !== null,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

export function useLeakActs(leak: Leak) {
  const { t } = useTranslation("leaks");
  const path = { params: { path: { leak: leak.id } } };
  const trace = useAct(() => body(api.POST("/leaks/{leak}/trace", path)), { done: t("traceStarted"), refresh: [...concerned, "jobs"] });
  const stop = useAct(() => body(api.POST("/leaks/{leak}/trace/cancel", path)), { done: t("traceStopped"), refresh: [...concerned, "jobs"] });
  const request = useAct((reason: string) => body(api.POST("/leaks/{leak}/unmask", { ...path, body: { reason } })), { done: t("askedName"), refresh: concerned, quiet: true });
  const withdraw = useAct(() => body(api.DELETE("/leaks/{leak}/unmask", path)), { done: t("withdrawn"), refresh: concerned });
  const agree = useAct(() => body(api.POST("/leaks/{leak}/unmask/agree", { ...path, body: {} })), { done: t("agreed"), refresh: concerned, quiet: true });
  const refuse = useAct((reason: string) => body(api.POST("/leaks/{leak}/unmask/refuse", { ...path, body: { reason } })), { done: t("refused"), refresh: concerned, quiet: true });
  const reopen = useAct((reason: string) => body(api.POST("/leaks/{leak}/reopen", { ...path, body: { reason } })), { done: t("reopened"), refresh: concerned, quiet: true });
  return {
    trace,
    stop,
    withdraw,
    askName: () => askReason({ title: t("askNameTitle"), text: t("askNameText"), confirm: t("askName"), run: (reason) => request.mutateAsync(reason) }),
    agree: () => ask({ title: t("agreeTitle"), text: t("agreeText"), confirm: t("agree"), run: () => agree.mutateAsync(undefined) }),
    refuse: () => askReason({ title: t("refuseTitle"), text: "", confirm: t("refuse"), danger: true, run: (reason) => refuse.mutateAsync(reason) }),
    reopen: () => askReason({ title: t("reopenTitle"), text: "", confirm: t("reopen"), run: (reason) => reopen.mutateAsync(reason) }),
  };
}
