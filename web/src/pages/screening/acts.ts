// Questions, hits, and what is done with them.
import { useQuery } from "@tanstack/react-query";
import { api, body, type Schemas } from "@/api/client";
import "@/texts/screening";

export type Hit = Schemas["Hit"];
export type PersonQuery = Schemas["PersonQuery"];

/** A hit about a company: its question is one about companies. */
export const isCompany = ({ query_number }: Hit) => query_number.startsWith("C-");

/** The listings whose filers are still to be asked, with their places on the hit. */
export const toBeAsked = ({ labels }: Hit) => labels.map((label, index) => ({ label, index })).filter(({ label }) => label.stands && !label.answer);

export const purposes: Schemas["ScreeningPurpose"][] = ["employment", "contract", "supplier_onboarding", "periodic_review"];
export const concerned = ["hits", "hit", "questions", "question"];

export function useMembership() {
  return useQuery({
    queryKey: ["membership"],
    queryFn: ({ signal }) => body(api.GET("/screening/membership", { signal })),
    refetchInterval: 60_000,
  });
}

export function useHit(id: string) {
  return useQuery({
    queryKey: ["hit", id],
    queryFn: ({ signal }) => body(api.GET("/screening/hits/{hit}", { signal, params: { path: { hit: id } } })),
    // A correction of the listing shows without a reload.
    refetchInterval: 30_000,
  });
}

/** Today as a date field has it, in the reader's zone. */
export function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
