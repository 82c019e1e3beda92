import { Badge, Button, SegmentedControl, Select } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileImport, IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { type Column, ListTable } from "@/parts/ListTable";
import { PageHeader } from "@/parts/PageHeader";
import { dateOnly } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import "@/texts/parties";
import "@/texts/states";
import { ImportDialog } from "./ImportDialog";
import { kinds, PartyForm } from "./PartyForm";
import { PartyName } from "./PartyName";
import { PartyTree } from "./PartyTree";

type Party = Schemas["Party"];

/** The columns of every table of parties. */
export function usePartyColumns(): Column<Party>[] {
  const { t } = useTranslation("parties");
  const { t: states } = useTranslation("states");
  const { t: common } = useTranslation();
  return [
    { key: "name", title: common("name"), sort: "name", render: (party) => <PartyName party={party} /> },
    { key: "kind", title: t("kind"), sort: "kind", wideOnly: true, render: ({ kind }) => states(`partyKind.${kind}`) },
    { key: "parent", title: t("organisation"), sort: "parent_name", render: ({ parent_name }) => parent_name ?? "–" },
    { key: "tier", title: t("tier"), wideOnly: true, render: ({ tier, kind }) => (kind === "person" ? "–" : <Tier tier={tier} />) },
    { key: "trained", title: t("trained"), wideOnly: true, render: ({ trained_at }) => (trained_at ? dateOnly(trained_at) : "–") },
    { key: "force", title: t("inForce"), align: "right", render: ({ commitments_in_force }) => commitments_in_force ?? 0 },
  ];
}

export function Tier({ tier }: { tier: number }) {
  const { t } = useTranslation("parties");
  return (
    <Badge color={tier === 0 ? "gray" : "indigo"} variant={tier === 0 ? "outline" : "light"}>
      {tier === 0 ? t("tierDirect") : t("tierNumber", { tier: tier + 1 })}
    </Badge>
  );
}

export function KindFilter({ value, onChange }: { value: string; onChange: (kind: string | null) => void }) {
  const { t } = useTranslation("parties");
  const { t: states } = useTranslation("states");
  return (
    <Select
      w={170}
      aria-label={t("kind")}
      placeholder={t("anyKind")}
      clearable
      data={kinds.map((kind) => ({ value: kind, label: states(`partyKind.${kind}`) }))}
      value={value || null}
      onChange={onChange}
    />
  );
}

export function Component() {
  const { t } = useTranslation("parties");
  const navigate = useNavigate();
  const list = useListState({ sort: "name", filters: ["kind"] });
  const [adding, add] = useDisclosure();
  const [importing, bring] = useDisclosure();
  const view = list.filter("view") || "list";
  const kind = list.filter("kind");
  const parties = useQuery({
    queryKey: ["parties", kind, list.query],
    queryFn: ({ signal }) => body(api.GET("/parties", { signal, params: { query: { ...list.query, ...(kind ? { kind } : {}) } } })),
    placeholderData: keepPreviousData,
  });
  const columns = usePartyColumns();
  return (
    <>
      <PageHeader title={t("title")} text={t("text")}>
        <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={bring.open}>
          {t("import")}
        </Button>
        <Button leftSection={<IconPlus size={16} />} onClick={add.open}>
          {t("add")}
        </Button>
      </PageHeader>
      <SegmentedControl
        mb="md"
        aria-label={t("title")}
        value={view}
        onChange={(value) => list.setFilter("view", value === "list" ? null : value)}
        data={[
          { value: "list", label: t("table") },
          { value: "tree", label: t("tree") },
        ]}
      />
      {view === "tree" ? (
        <PartyTree />
      ) : (
        <ListTable
          label={t("list")}
          list={list}
          query={parties}
          columns={columns}
          rowId={({ id }) => id}
          onOpen={({ id }) => navigate(`/parties/${id}`)}
          filters={<KindFilter value={kind} onChange={(value) => list.setFilter("kind", value)} />}
          empty={
            <EmptyState icon={IconUsersGroup} title={t("empty")} text={t("emptyText")}>
              <Button onClick={add.open}>{t("add")}</Button>
              <Button variant="default" onClick={bring.open}>
                {t("import")}
              </Button>
            </EmptyState>
          }
        />
      )}
      <PartyForm opened={adding} onClose={add.close} onSaved={({ id }) => navigate(`/parties/${id}`)} />
      <ImportDialog opened={importing} onClose={bring.close} />
    </>
  );
}
