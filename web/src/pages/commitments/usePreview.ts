// The rendered text of a template with terms, a moment after the last change.
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, body, type Schemas } from "@/api/client";
import { termsToSend } from "./terms";

type Request = Schemas["PreviewRequest"];

export function usePreview(request: Request | null) {
  const [settled] = useDebouncedValue(request, 400);
  return useQuery({
    queryKey: ["preview", settled],
    queryFn: ({ signal }) => {
      if (settled === null) throw new Error("nothing to preview");
      return body(api.POST("/templates/preview", { signal, body: { ...settled, terms: termsToSend(settled.terms) } }));
    },
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  });
}
