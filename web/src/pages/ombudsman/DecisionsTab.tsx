// The ombudsman's own decisions, newest first.
import { Anchor } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api, body } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { useListState } from "@/parts/useListState";
import { Decision } from "./MatterPage";

export function Component() {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const list = useListState();
  const decisions = useQuery({
    queryKey: ["ombudsman-decisions", list.query],
    queryFn: ({ signal }) => body(api.GET("/ombudsman/decisions", { signal, params: { query: { offset: list.query.offset, limit: list.query.limit } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <ListTable
      label={t("decisions")}
      list={list}
      query={decisions}
      searchable={false}
      rowId={({ id }) => id}
      empty={<EmptyState icon={IconGavel} title={t("decisionsEmpty")} />}
      columns={[
        { key: "matter", title: t("matter"), render: ({ listing, conduct }) => <Anchor component={Link} to={`/appeals/matters/${listing}`} size="sm" c="inherit">{words(`conduct.${conduct}`)}</Anchor> },
        { key: "decision", title: t("ruling"), render: (one) => <Decision decision={one} /> },
      ]}
    />
  );
}
