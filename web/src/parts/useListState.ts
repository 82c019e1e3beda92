// What a list shows (search, sort, page, filters), kept in the address so that a link or the back button finds it again.
import { useDebouncedValue } from "@mantine/hooks";
import { useCallback, useEffect, useState } from "react";
import { useSearchParams } from "react-router-dom";

export interface ListState {
  search: string;
  setSearch: (search: string) => void;
  sort: string;
  setSort: (sort: string) => void;
  offset: number;
  setOffset: (offset: number) => void;
  limit: number;
  setLimit: (limit: number) => void;
  filter: (name: string) => string;
  setFilter: (name: string, value: string | null) => void;
  /** What goes to the API. */
  query: { search?: string; sort?: string; offset: number; limit: number };
  narrowed: boolean;
}

const pageSizes = [25, 50, 100];

export function useListState(defaults: { sort?: string; filters?: string[] } = {}): ListState {
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState(params.get("search") ?? "");
  const [settled] = useDebouncedValue(search, 250);

  const change = useCallback(
    (values: Record<string, string | null>) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(values)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );

  const inAddress = params.get("search") ?? "";
  useEffect(() => {
    if (settled !== inAddress) change({ search: settled || null, offset: null });
    // Only typing moves the address; the other way round would fight it.
  }, [settled]);

  const sort = params.get("sort") ?? defaults.sort ?? "";
  const offset = Math.max(0, Number(params.get("offset")) || 0);
  const asked = Number(params.get("limit"));
  const limit = pageSizes.includes(asked) ? asked : 25;
  const narrowed = inAddress !== "" || (defaults.filters ?? []).some((name) => params.has(name));
  return {
    search,
    setSearch,
    sort,
    setSort: (value) => change({ sort: value === defaults.sort ? null : value, offset: null }),
    offset,
    setOffset: (value) => change({ offset: value > 0 ? String(value) : null }),
    limit,
    setLimit: (value) => change({ limit: value === 25 ? null : String(value), offset: null }),
    filter: (name) => params.get(name) ?? "",
    setFilter: (name, value) => change({ [name]: value, offset: null }),
    query: { ...(inAddress ? { search: inAddress } : {}), ...(sort ? { sort } : {}), offset, limit },
    narrowed,
  };
}
