// A table of a list that the server searches, sorts and cuts into pages; on a phone each row becomes a card.
import {
  ActionIcon, Box, Checkbox, CloseButton, Group, Paper, Select, Skeleton, Table, Text, TextInput, UnstyledButton,
} from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconChevronLeft, IconChevronRight, IconSearch, IconSearchOff } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "./EmptyState";
import { Failure } from "./Failure";
import classes from "./ListTable.module.css";
import type { ListState } from "./useListState";

export interface Column<Row> {
  key: string;
  title: string;
  /** The API's field to sort by; without one the column does not sort. */
  sort?: string;
  render: (row: Row) => ReactNode;
  align?: "left" | "right";
  width?: number | string;
  /** Actions and the like: no title above the table and none in the card. */
  bare?: boolean;
  /** Says too little to be worth a line of a phone's card. */
  wideOnly?: boolean;
}

export interface Selection {
  ids: Set<string>;
  change: (ids: Set<string>) => void;
}

interface Props<Row> {
  label: string;
  list: ListState;
  query: UseQueryResult<{ items: Row[]; total: number }>;
  columns: Column<Row>[];
  rowId: (row: Row) => string | number;
  /** Shown instead of the table while there is nothing at all. */
  empty: ReactNode;
  searchable?: boolean;
  filters?: ReactNode;
  selection?: Selection;
  onOpen?: (row: Row) => void;
  nameOf?: (row: Row) => string;
}

export function ListTable<Row>(props: Props<Row>) {
  const { list, query, empty, filters, searchable = true } = props;
  const { t } = useTranslation();
  const data = query.data;
  if (query.error && !data) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (data && data.total === 0 && !list.narrowed) return <Paper>{empty}</Paper>;
  return (
    <Paper className={classes.frame}>
      {(searchable || filters) && (
        <Group p="sm" gap="sm" className={classes.tools}>
          {searchable && (
            <TextInput
              className={classes.search}
              placeholder={t("search")}
              aria-label={`${t("search")}: ${props.label}`}
              leftSection={<IconSearch size={16} />}
              rightSection={list.search && <CloseButton size="sm" aria-label={t("clear")} onClick={() => list.setSearch("")} />}
              value={list.search}
              onChange={(event) => list.setSearch(event.currentTarget.value)}
            />
          )}
          {filters}
        </Group>
      )}
      {data && data.items.length === 0 ? (
        <EmptyState icon={IconSearchOff} title={t("nothingFound")} text={t("nothingFoundHint")} />
      ) : (
        <Rows {...props} />
      )}
      {data && data.total > 0 && <Pages list={list} total={data.total} shown={data.items.length} />}
    </Paper>
  );
}

function Rows<Row>({ label, list, query, columns, rowId, selection, onOpen, nameOf }: Props<Row>) {
  const { t } = useTranslation();
  const rows = query.data?.items;
  const shownIds = rows?.map((row) => String(rowId(row))) ?? [];
  const chosen = selection ? shownIds.filter((id) => selection.ids.has(id)).length : 0;
  const toggle = (ids: string[], on: boolean) => {
    const next = new Set(selection?.ids);
    for (const id of ids) if (on) next.add(id);
    else next.delete(id);
    selection?.change(next);
  };
  return (
    <Box className={classes.scroll} tabIndex={-1}>
      <Table className={classes.table} role="table" aria-label={label} aria-busy={query.isFetching}>
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            {selection && (
              <Table.Th w={44} role="columnheader" className={classes.check}>
                <Checkbox
                  aria-label={t("all")}
                  checked={chosen > 0 && chosen === shownIds.length}
                  indeterminate={chosen > 0 && chosen < shownIds.length}
                  onChange={(event) => toggle(shownIds, event.currentTarget.checked)}
                />
              </Table.Th>
            )}
            {columns.map((column) => (
              <Heading key={column.key} column={column} list={list} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {!rows &&
            Array.from({ length: 5 }, (_, index) => (
              <Table.Tr key={index}>
                {selection && <Table.Td />}
                {columns.map((column) => (
                  <Table.Td key={column.key}>
                    <Skeleton height={14} width="70%" />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          {rows?.map((row) => {
            const id = String(rowId(row));
            return (
              <Table.Tr
                key={id}
                role="row"
                className={onOpen ? classes.opens : undefined}
                onClick={(event) => {
                  // Buttons, links and fields in the row speak for themselves; so does text being selected.
                  const target = event.target as HTMLElement;
                  if (!onOpen || target.closest("a,button,input,label,[role=menu]") || !event.currentTarget.contains(target)) return;
                  if (window.getSelection()?.toString()) return;
                  onOpen(row);
                }}
              >
                {selection && (
                  <Table.Td role="cell" className={classes.check}>
                    <Checkbox
                      aria-label={nameOf?.(row) ?? id}
                      checked={selection.ids.has(id)}
                      onChange={(event) => toggle([id], event.currentTarget.checked)}
                    />
                  </Table.Td>
                )}
                {columns.map((column) => (
                  <Table.Td
                    key={column.key}
                    role="cell"
                    ta={column.align}
                    style={column.align === "right" ? { whiteSpace: "nowrap" } : undefined}
                    data-label={column.bare ? undefined : column.title}
                    className={column.bare ? classes.bare : column.wideOnly ? classes.wideOnly : undefined}
                  >
                    <div className={classes.value}>{column.render(row)}</div>
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function Heading<Row>({ column, list }: { column: Column<Row>; list: ListState }) {
  const { t } = useTranslation();
  const field = list.sort.replace(/^-/, "");
  const active = column.sort !== undefined && column.sort === field;
  const descending = list.sort.startsWith("-");
  const direction = active ? (descending ? "descending" : "ascending") : column.sort ? "none" : undefined;
  if (column.bare) {
    return (
      <Table.Th role="columnheader" w={column.width}>
        <span className={classes.unseen}>{column.title}</span>
      </Table.Th>
    );
  }
  return (
    <Table.Th role="columnheader" w={column.width} ta={column.align} aria-sort={direction}>
      {column.sort ? (
        <UnstyledButton
          className={classes.sort}
          onClick={() => list.setSort(active && !descending ? `-${column.sort}` : String(column.sort))}
          aria-label={t("sortBy", { column: column.title })}
        >
          <Text span inherit>
            {column.title}
          </Text>
          {active ? descending ? <IconArrowDown size={14} /> : <IconArrowUp size={14} /> : <span className={classes.sortRoom} />}
        </UnstyledButton>
      ) : (
        column.title
      )}
    </Table.Th>
  );
}

function Pages({ list, total, shown }: { list: ListState; total: number; shown: number }) {
  const { t } = useTranslation();
  if (total <= Math.min(list.limit, shown) && list.offset === 0 && (total <= 25 || list.limit > 100)) return null;
  return (
    <Group justify="space-between" p="sm" className={classes.pages}>
      <Select
        size="xs"
        w={90}
        aria-label={t("rows")}
        data={["25", "50", "100"]}
        value={String(list.limit)}
        onChange={(value) => list.setLimit(Number(value))}
        allowDeselect={false}
      />
      <Group gap="xs">
        <Text size="sm" c="dimmed" className="figures">
          {t("range", { from: Math.min(list.offset + 1, total), to: list.offset + shown, total })}
        </Text>
        <ActionIcon variant="default" aria-label={t("previousPage")} disabled={list.offset === 0} onClick={() => list.setOffset(list.offset - list.limit)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t("nextPage")} disabled={list.offset + shown >= total} onClick={() => list.setOffset(list.offset + list.limit)}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </Group>
    </Group>
  );
}
