// Files of partners: dropped here, compared at once, kept with their result.
import { Anchor, Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { useForm } from "@mantine/form";
import { IconFileSpreadsheet, IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { StateBadge } from "@/parts/States";
import { count, fileSize } from "@/parts/times";
import { chunkBody } from "@/parts/uploads";
import { useListState } from "@/parts/useListState";
import { useMay } from "@/session/permissions";
import "@/texts/screening";
import { purposes } from "./acts";

export function Component() {
  const { t } = useTranslation("screening");
  const { t: common } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const list = useListState();
  const batches = useQuery({
    queryKey: ["batches", list.query],
    queryFn: ({ signal }) => body(api.GET("/screening/batches", { signal, params: { query: { offset: list.query.offset, limit: list.query.limit } } })),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === "queued" || one.state === "running") ? 1_500 : false),
  });
  return (
    <Stack gap="lg">
      {may("write_screening") && (
        <Dropzone onDrop={([first]) => setFile(first ?? null)} multiple={false} maxSize={32 * 1024 * 1024} inputProps={{ "aria-label": t("batchDrop") }}>
          <Group justify="center" gap="md" mih={96} style={{ pointerEvents: "none" }}>
            <IconUpload size={36} stroke={1.3} aria-hidden />
            <Stack gap={2} maw={520}>
              <Text fw={550}>{t("batchDrop")}</Text>
              <Text size="sm" c="dimmed">{t("batchDropText")}</Text>
            </Stack>
          </Group>
        </Dropzone>
      )}
      <ListTable
        label={t("batches")}
        list={list}
        query={batches}
        searchable={false}
        rowId={({ id }) => id}
        onOpen={({ id }) => navigate(`/screening/batches/${id}`)}
        empty={<EmptyState icon={IconFileSpreadsheet} title={t("batchesEmpty")} text={t("batchesText")} />}
        columns={[
          {
            key: "file",
            title: t("batch"),
            render: ({ id, file_name, number }) => (
              <Stack gap={0}>
                <Anchor component={Link} to={`/screening/batches/${id}`} size="sm" fw={550} c="inherit">{file_name}</Anchor>
                <Text size="xs" c="dimmed" className="figures">{number}</Text>
              </Stack>
            ),
          },
          { key: "state", title: common("state"), render: ({ state }) => <StateBadge of="batch" state={state} /> },
          { key: "rows", title: t("batchRows"), align: "right", render: ({ rows }) => <span className="figures">{count(rows)}</span> },
          { key: "found", title: t("bestMatch"), align: "right", render: ({ counts }) => <span className="figures">{count(counts.confirmed + counts.likely + counts.possible)}</span> },
          { key: "made", title: t("batchMade"), render: ({ made_at, made_by }) => <Stack gap={0}><Moment at={made_at} /><Text size="xs" c="dimmed">{made_by}</Text></Stack> },
        ]}
      />
      <Modal opened={file !== null} onClose={() => setFile(null)} title={t("batchNew")}>
        {file && <Send file={file} onClose={() => setFile(null)} />}
      </Modal>
    </Stack>
  );
}

function Send({ file, onClose }: { file: File; onClose: () => void }) {
  const { t } = useTranslation("screening");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { purpose: "periodic_review" as Schemas["ScreeningPurpose"], requisition: "" },
    validate: { requisition: (requisition) => (requisition.trim() === "" ? common("required") : null) },
  });
  const send = useAct(
    async ({ purpose, requisition }: typeof form.values) => {
      const { id } = await body(api.POST("/screening/batches", { body: { file_name: file.name.slice(0, 200), purpose, requisition: requisition.trim() } }));
      return body(api.PUT("/screening/batches/{batch}/file", { params: { path: { batch: id } }, ...chunkBody(file) }));
    },
    { refresh: ["batches"], quiet: true, onSuccess: ({ id }) => navigate(`/screening/batches/${id}`) },
  );
  return (
    <form onSubmit={form.onSubmit((values) => send.mutate(values))} noValidate>
      <Stack>
        <Text size="sm" fw={550} style={{ overflowWrap: "anywhere" }}>{file.name} · {fileSize(file.size)}</Text>
        <Select label={t("purposeLabel")} allowDeselect={false} data={purposes.map((value) => ({ value, label: t(`purpose.${value}`) }))} {...form.getInputProps("purpose")} />
        <TextInput label={t("requisition")} description={t("requisitionHint")} required maxLength={100} {...form.getInputProps("requisition")} />
        <Failure error={send.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" loading={send.isPending}>{t("batchNew")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
