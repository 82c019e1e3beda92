// Partners that are watched, and what changed about them.
import { Anchor, Badge, Button, Checkbox, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconEye, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { FormDialog } from "@/parts/FormDialog";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { said } from "@/parts/said";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import { useMay } from "@/session/permissions";
import "@/texts/screening";
import { CompanyFields, companyOf, isNobody, noCompany } from "./AskCompany";
import { levels, nameOf } from "./CompaniesTab";

type Watch = Schemas["PartnerWatch"];

export function Component() {
  const { t } = useTranslation("screening");
  const { t: named } = useTranslation("states");
  const may = useMay();
  const writes = may("write_screening");
  const [adding, add] = useDisclosure();
  const [shown, setShown] = useState<string | null>(null);
  const list = useListState({ sort: "-changed_at", filters: ["level", "changed"] });
  const level = list.filter("level");
  const changed = list.filter("changed") === "1";
  const watches = useQuery({
    queryKey: ["watches", level, changed, list.query],
    queryFn: ({ signal }) => body(api.GET("/screening/watches", { signal, params: { query: { ...list.query, ...(level ? { level } : {}), ...(changed ? { changed } : {}) } } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  const button = writes && <Button leftSection={<IconPlus size={16} />} onClick={add.open}>{t("watchAdd")}</Button>;
  const open = watches.data?.items.find(({ id }) => id === shown);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" flex="1 1 260px">{t("watchesText")}</Text>
        {watches.data?.total !== 0 && button}
      </Group>
      <ListTable
        label={t("watches")}
        list={list}
        query={watches}
        rowId={({ id }) => id}
        onOpen={({ id }) => setShown(id)}
        filters={
          <Group gap="sm">
            <Select w={170} aria-label={t("anyLevel")} placeholder={t("anyLevel")} clearable data={levels.map((value) => ({ value, label: named(`companyLevel.${value}`) }))} value={level || null} onChange={(value) => list.setFilter("level", value)} />
            <Checkbox label={t("watchOnlyChanged")} checked={changed} onChange={(event) => list.setFilter("changed", event.currentTarget.checked ? "1" : null)} />
          </Group>
        }
        empty={<EmptyState icon={IconEye} title={t("watchesEmpty")} text={t("watchesEmptyText")}>{button}</EmptyState>}
        columns={[
          {
            key: "name",
            title: t("aCompany"),
            sort: "name",
            render: (watch) => (
              <Stack gap={0}>
                <Group gap={6}>
                  <Anchor component="button" type="button" size="sm" fw={550} c="inherit" ta="left" onClick={() => setShown(watch.id)}>{nameOf(watch)}</Anchor>
                  {!watch.seen && watch.changes.length > 0 && <Badge size="xs" color="orange">{t("watchNews")}</Badge>}
                </Group>
                <Text size="xs" c="dimmed" className="figures">{[watch.name ? watch.credit_code : null, watch.note].filter(Boolean).join(" · ")}</Text>
              </Stack>
            ),
          },
          { key: "level", title: t("decision"), render: ({ level: value }) => <StateBadge of="companyLevel" state={value} /> },
          { key: "changed", title: t("watchChanged"), sort: "changed_at", render: ({ changed_at }) => <Moment at={changed_at} /> },
          { key: "added", title: t("watchSince"), sort: "added_at", wideOnly: true, render: ({ added_at, added_by }) => <Stack gap={0}><Moment at={added_at} /><Text size="xs" c="dimmed">{added_by}</Text></Stack> },
        ]}
      />
      <FormDialog
        opened={adding}
        onClose={add.close}
        title={t("watchAdd")}
        text={t("watchesText")}
        submit={t("watchAdd")}
        initial={() => ({ ...noCompany, note: "" })}
        validate={(values) => (isNobody(values) ? { name: t("companyNeed") } : {})}
        run={({ note, ...company }) => body(api.POST("/screening/watches", { body: { ...companyOf(company as typeof noCompany), ...(note.trim() ? { note: note.trim() } : {}) } }))}
        done={t("watchAdded")}
        refresh={["watches"]}
      >
        {(form) => (
          <>
            <CompanyFields values={form.values} errors={form.errors} onChange={(changedValues) => form.setValues(changedValues as never)} />
            <TextInput label={t("watchNote")} maxLength={200} {...form.getInputProps("note")} />
          </>
        )}
      </FormDialog>
      {open && <One watch={open} writes={writes} onClose={() => setShown(null)} />}
    </Stack>
  );
}

function One({ watch, writes, onClose }: { watch: Watch; writes: boolean; onClose: () => void }) {
  const { t } = useTranslation("screening");
  const path = { params: { path: { watch: watch.id } } };
  const seen = useAct(() => body(api.POST("/screening/watches/{watch}/seen", path)), { refresh: ["watches"], onSuccess: onClose });
  const remove = useAct(() => api.DELETE("/screening/watches/{watch}", path), { done: t("watchRemoved"), refresh: ["watches"], onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} title={nameOf(watch)}>
      <Stack>
        <Group gap="xs"><StateBadge of="companyLevel" state={watch.level} />{watch.note && <Text size="sm" c="dimmed">{watch.note}</Text>}</Group>
        {watch.changes.length === 0 ? (
          <Text size="sm" c="dimmed">{t("watching")}</Text>
        ) : (
          <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: "none" }} aria-label={t("watchChanges")}>
            {watch.changes.map((change) => (
              <li key={`${change.listing}-${change.time}-${change.what}`}>
                <Text size="sm" fw={550}>{t(`watchChange.${change.what}`)}: {change.name}</Text>
                <Text size="sm">{said(change.sentence)}</Text>
                <Text size="xs" c="dimmed">{dateTime(change.time)}</Text>
              </li>
            ))}
          </Stack>
        )}
        {writes && (
          <Group justify="flex-end">
            <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>{t("watchRemove")}</Button>
            {!watch.seen && watch.changes.length > 0 && <Button loading={seen.isPending} onClick={() => seen.mutate(undefined)}>{t("watchSeen")}</Button>}
          </Group>
        )}
      </Stack>
    </Modal>
  );
}
