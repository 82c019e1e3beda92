// What the public pages ask: no session, no cookies needed.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, body, type Schemas } from "@/api/client";
import { ApiError, unreachable } from "@/api/errors";
import { currentLocale } from "@/i18n";

export type Statement = Schemas["PublicStatement"];
export type StatementLink = Schemas["PublicStatementLink"];
const pageSize = 20;

export function useStatements() {
  return useInfiniteQuery({
    queryKey: ["public", "statements"],
    initialPageParam: 0,
    queryFn: ({ signal, pageParam }) => body(api.GET("/public/statements", { signal, params: { query: { offset: pageParam, limit: pageSize } } })),
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, { items }) => sum + items.length, 0);
      return last.items.length > 0 && shown < last.total ? shown : undefined;
    },
  });
}

export function useStatement(id: string) {
  return useQuery({
    queryKey: ["public", "statement", id],
    queryFn: ({ signal }) => body(api.GET("/public/statements/{statement}", { signal, params: { path: { statement: id } } })),
  });
}

/** The document's own bytes, as served. */
export function useDocument(statement: Statement | undefined) {
  const url = statement?.pdf?.url;
  return useQuery({
    queryKey: ["public", "document", url],
    enabled: url !== undefined,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const response = await fetch(url ?? "", { signal });
      if (!response.ok) throw new ApiError({ ...unreachable, status: response.status });
      return new Uint8Array(await response.arrayBuffer());
    },
  });
}

export function titleOf({ title_en, title_zh, number }: { title_en: string; title_zh: string; number: string }): string {
  const [first, second] = currentLocale() === "zh" ? [title_zh, title_en] : [title_en, title_zh];
  return first || second || number;
}

/** In the reader's language where there is one. */
export function textOf({ texts }: Statement): Schemas["StatementText"] | undefined {
  return currentLocale() === "zh" ? (texts.zh ?? texts.en) : (texts.en ?? texts.zh);
}

export function labelOf({ label_en, label_zh }: { label_en: string; label_zh: string }): string {
  return currentLocale() === "zh" ? label_zh || label_en : label_en || label_zh;
}
