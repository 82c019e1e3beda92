// A list that the API gives whole: the same table, sorted and searched nowhere.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { type Column, ListTable } from "./ListTable";
import type { ListState } from "./useListState";

const whole: ListState = {
  search: "",
  setSearch: () => undefined,
  sort: "",
  setSort: () => undefined,
  offset: 0,
  setOffset: () => undefined,
  limit: 500,
  setLimit: () => undefined,
  filter: () => "",
  setFilter: () => undefined,
  query: { offset: 0, limit: 500 },
  narrowed: false,
};

interface Props<Row> {
  label: string;
  query: UseQueryResult<{ items: Row[]; total: number }>;
  columns: Column<Row>[];
  rowId: (row: Row) => string | number;
  empty: ReactNode;
}

export function PlainList<Row>(props: Props<Row>) {
  return <ListTable {...props} list={whole} searchable={false} />;
}
