// A case and its queries; every change goes to the server with nothing kept here.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useOutletContext } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask, askReason } from "@/parts/ask";
import "@/texts/cases";

export type Case = Schemas["Case"];
export type CaseKind = Schemas["CaseKind"];

export const kinds: CaseKind[] = ["early_publication", "private_posting", "mis_sent_file", "supplier_leak", "employee_for_money", "fabrication", "own_footage", "tear_down", "unknown"];
export const severities: Schemas["CaseSeverity"][] = ["low", "medium", "high", "critical"];
export const states: Schemas["CaseState"][] = ["open", "investigating", "reply", "decided", "appeal", "final", "overturned", "closed"];

export const concerned = ["cases", "case", "dashboard", "activity", "payments", "rectifications"];

/** The case that the layout around a tab has loaded. */
export function useCase(): Case {
  return useOutletContext<Case>();
}

export function useCaseQuery(id: string) {
  return useQuery({
    queryKey: ["case", id],
    queryFn: ({ signal }) => body(api.GET("/cases/{case}", { signal, params: { path: { case: id } } })),
  });
}

export function useCaseActs({ id, number }: Case) {
  const { t } = useTranslation("cases");
  const path = { params: { path: { case: id } } };
  const investigate = useAct(() => body(api.POST("/cases/{case}/investigate", path)), { done: t("investigating"), refresh: concerned });
  const close = useAct((reason: string) => body(api.POST("/cases/{case}/close", { ...path, body: { reason } })), { done: t("closed"), refresh: concerned, quiet: true });
  const removeParty = useAct((party: string) => body(api.DELETE("/cases/{case}/parties/{case_party}", { params: { path: { case: id, case_party: party } } })), {
    done: t("removed"),
    refresh: concerned,
    quiet: true,
  });
  return {
    investigate,
    close: () => askReason({ title: t("closeTitle", { number }), text: t("closeText"), confirm: t("close"), run: (reason) => close.mutateAsync(reason) }),
    removeParty: (party: string, name: string) =>
      ask({ title: t("removePartyTitle", { name }), text: "", confirm: t("removeParty"), danger: true, run: () => removeParty.mutateAsync(party) }),
  };
}
