// One file of partners: how far it is, its rows, the result to take along.
import { Alert, Button, Card, Center, Group, Loader, Menu, Progress, Radio, Select, SimpleGrid, Stack, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconDownload, IconEye, IconFileSpreadsheet, IconTrash } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { inOwnWords } from "@/api/errors";
import { currentLocale } from "@/i18n";
import { InLog } from "@/parts/InLog";
import { ask } from "@/parts/ask";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { FormDialog } from "@/parts/FormDialog";
import { ListTable } from "@/parts/ListTable";
import { PageHeader } from "@/parts/PageHeader";
import { said } from "@/parts/said";
import { StateBadge } from "@/parts/States";
import { count, dateTime } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import { useMay } from "@/session/permissions";
import "@/texts/screening";
import { levels } from "./CompaniesTab";

type Batch = Schemas["PartnerBatch"];
const working = ({ state }: Batch) => state === "queued" || state === "running";

export function Component() {
  const { t: common } = useTranslation();
  const { batch: id = "" } = useParams();
  const query = useQuery({
    queryKey: ["batch", id],
    queryFn: ({ signal }) => body(api.GET("/screening/batches/{batch}", { signal, params: { path: { batch: id } } })),
    refetchInterval: ({ state }) => (state.data && working(state.data) ? 700 : false),
  });
  if (query.data) return <Page batch={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Center mih={240}><Loader role="status" aria-label={common("loading")} /></Center>;
}

function Page({ batch }: { batch: Batch }) {
  const { t } = useTranslation("screening");
  const may = useMay();
  const navigate = useNavigate();
  const [watching, watch] = useDisclosure();
  const remove = useAct(() => api.DELETE("/screening/batches/{batch}", { params: { path: { batch: batch.id } } }), { done: t("batchRemoved"), refresh: ["batches"], quiet: true, onSuccess: () => navigate("/screening/batches") });
  const writes = may("write_screening");
  const result = (format: string) => `/api/v1/screening/batches/${batch.id}/result?format=${format}&language=${currentLocale()}`;
  return (
    <>
      <PageHeader title={batch.file_name} badge={<StateBadge of="batch" state={batch.state} />} back={{ to: "/screening/batches", label: t("batches") }} text={`${batch.number} · ${batch.requisition} · ${batch.made_by}, ${dateTime(batch.made_at)}`}>
        {batch.state === "done" && (
          <Menu position="bottom-end">
            <Menu.Target><Button variant="default" leftSection={<IconDownload size={16} />} rightSection={<IconChevronDown size={14} />}>{t("batchResult")}</Button></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item component="a" href={result("csv")} download={`${batch.number}.csv`}>{t("batchCsv")}</Menu.Item>
              <Menu.Item component="a" href={result("xlsx")} download={`${batch.number}.xlsx`}>{t("batchXlsx")}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        {writes && batch.state === "done" && <Button variant="default" leftSection={<IconEye size={16} />} onClick={watch.open}>{t("batchWatch")}</Button>}
        {writes && <Button variant="default" color="red" leftSection={<IconTrash size={16} />} onClick={() => ask({ title: t("batchRemove"), text: t("batchRemoveText"), confirm: t("batchRemove"), danger: true, run: () => remove.mutateAsync(undefined) })}>{t("batchRemove")}</Button>}
      </PageHeader>
      <Stack gap="lg">
        {batch.problem && (
          <Alert color="red" title={t("batchFailed")}>
            <Text size="sm">{inOwnWords(batch.problem.message, batch.problem.message_zh)}</Text>
            {batch.problem.hint && <Text size="sm">{inOwnWords(batch.problem.hint, batch.problem.hint_zh)}</Text>}
          </Alert>
        )}
        {working(batch) && (
          <Card padding="md" role="status">
            <Group gap="md" wrap="nowrap">
              <Progress flex={1} animated value={batch.rows > 0 ? (100 * batch.done) / batch.rows : 100} aria-label={t("batches")} />
              <Text size="sm" c="dimmed" className="figures">{t("batchProgress", { done: count(batch.done), rows: count(batch.rows) })}</Text>
            </Group>
          </Card>
        )}
        {batch.notes.length > 0 && (
          <Alert color="gray" variant="light">
            {batch.notes.map((note) => <Text key={note.en} size="sm">{said(note)}</Text>)}
          </Alert>
        )}
        <Rows batch={batch} />
        <InLog subject={batch.id} read="read_screening" />
      </Stack>
      <FormDialog
        opened={watching}
        onClose={watch.close}
        title={t("batchWatch")}
        text={t("batchWatchText")}
        submit={t("batchWatch")}
        initial={() => ({ which: "all" })}
        run={({ which }) => body(api.POST("/screening/batches/{batch}/watch", { params: { path: { batch: batch.id } }, body: { ...(which === "some" ? { levels: ["confirmed", "likely", "possible"] } : {}), note: batch.file_name.slice(0, 200) } }))}
        done={({ added, known }) => t("batchAdded", { added: count(added), known: count(known) })}
        refresh={["watches"]}
      >
        {(form) => (
          <Radio.Group aria-label={t("batchWatch")} {...form.getInputProps("which")}>
            <Stack gap="xs">
              <Radio value="all" label={t("batchWatchAll")} />
              <Radio value="some" label={t("batchWatchSome")} />
            </Stack>
          </Radio.Group>
        )}
      </FormDialog>
    </>
  );
}

function Rows({ batch }: { batch: Batch }) {
  const { t } = useTranslation("screening");
  const { t: named } = useTranslation("states");
  const list = useListState({ filters: ["level"] });
  const level = list.filter("level");
  const rows = useQuery({
    queryKey: ["batch-rows", batch.id, batch.state, level, list.query],
    queryFn: ({ signal }) => body(api.GET("/screening/batches/{batch}/rows", { signal, params: { path: { batch: batch.id }, query: { ...list.query, ...(level ? { level } : {}) } } })),
    placeholderData: keepPreviousData,
    enabled: batch.state === "done",
  });
  if (batch.state !== "done") return null;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }} spacing="sm">
        {levels.map((one) => (
          <UnstyledButton key={one} onClick={() => list.setFilter("level", level === one ? null : one)} aria-pressed={level === one}>
            <Card padding="sm" style={level === one ? { borderColor: "var(--mantine-primary-color-filled)" } : undefined}>
              <Text size="xs" c="dimmed" truncate>{named(`companyLevel.${one}`)}</Text>
              <Text fw={600} size="lg" className="figures">{count(batch.counts[one])}</Text>
            </Card>
          </UnstyledButton>
        ))}
      </SimpleGrid>
      <ListTable
        label={t("batchResult")}
        list={list}
        query={rows}
        rowId={({ line }) => line}
        filters={<Select w={170} aria-label={t("anyLevel")} placeholder={t("anyLevel")} clearable data={levels.map((value) => ({ value, label: named(`companyLevel.${value}`) }))} value={level || null} onChange={(value) => list.setFilter("level", value)} />}
        empty={<EmptyState icon={IconFileSpreadsheet} title={t("batchesEmpty")} />}
        columns={[
          { key: "line", title: t("line"), width: 70, align: "right", render: ({ line }) => <span className="figures">{line}</span> },
          {
            key: "name",
            title: t("companyName"),
            render: ({ name, number, problem }) => (
              <Stack gap={0}>
                <Text size="sm">{name || "–"}</Text>
                <Text size="xs" c="dimmed" className="figures">{number}</Text>
                {problem && <Text size="xs" c="red">{said(problem)}</Text>}
              </Stack>
            ),
          },
          { key: "level", title: t("decision"), render: ({ level: value }) => <StateBadge of="companyLevel" state={value} /> },
          {
            key: "match",
            title: t("bestMatch"),
            render: ({ matches }) =>
              matches.slice(0, 3).map((match) => (
                <Text key={match.listing} size="sm">{match.name} <Text span inherit size="xs" c="dimmed">{[match.former ? t("former") : null, match.filer_name, match.score.toFixed(2)].filter(Boolean).join(" · ")}</Text></Text>
              )),
          },
        ]}
      />
    </Stack>
  );
}
