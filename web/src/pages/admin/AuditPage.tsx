import { Code, Text } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { useListState } from "@/parts/useListState";
import "@/texts/admin";

export function Component() {
  const { t } = useTranslation("admin");
  const list = useListState({ sort: "-time" });
  const audit = useQuery({
    queryKey: ["audit", list.query],
    queryFn: ({ signal }) => body(api.GET("/audit", { signal, params: { query: list.query } })),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader title={t("audit.title")} text={t("audit.text")} />
      <ListTable
        label={t("audit.title")}
        list={list}
        query={audit}
        rowId={({ id }) => id}
        empty={<EmptyState icon={IconShieldLock} title={t("audit.empty")} />}
        columns={[
          { key: "kind", title: t("audit.kind"), render: ({ kind }) => <Code>{kind}</Code> },
          { key: "time", title: t("audit.time"), sort: "time", render: ({ time }) => <Moment at={time} exact /> },
          { key: "actor", title: t("audit.actor"), render: ({ actor }) => actor || "–" },
          { key: "address", title: t("audit.address"), render: ({ address }) => address || "–" },
          { key: "outcome", title: t("audit.outcome"), render: ({ outcome }) => <Text size="sm" c={/refus|fail|denied/.test(outcome) ? "red" : undefined}>{outcome}</Text> },
          { key: "detail", title: t("audit.detail"), render: ({ detail }) => detail || "–" },
        ]}
      />
    </>
  );
}
