// People who asked what is recorded about them: which papers were seen, never who they are.
import { Alert, Badge, Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconUserQuestion } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { CopyField } from "@/parts/CopyField";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { missing } from "@/parts/FormDialog";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { dateTime } from "@/parts/times";
import { useListState } from "@/parts/useListState";

export function Component() {
  const { t } = useTranslation("filings");
  const [asking, ask] = useDisclosure();
  const list = useListState();
  const answers = useQuery({
    queryKey: ["person-answers", list.query],
    queryFn: ({ signal }) => body(api.GET("/ombudsman/answers", { signal, params: { query: { offset: list.query.offset, limit: list.query.limit } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" flex="1 1 280px">{t("answersEmptyText")}</Text>
        <Button onClick={ask.open}>{t("askFor")}</Button>
      </Group>
      <ListTable
        label={t("answers")}
        list={list}
        query={answers}
        searchable={false}
        rowId={({ id }) => id}
        empty={<EmptyState icon={IconUserQuestion} title={t("answersEmpty")} text={t("askForText")} />}
        columns={[
          { key: "papers", title: t("papersSeen"), render: ({ papers_seen }) => papers_seen },
          { key: "made", title: t("madeAt"), render: ({ made_at, made_by }) => <><Moment at={made_at} /><Text size="xs" c="dimmed">{made_by}</Text></> },
          { key: "opened", title: t("opened"), render: ({ opened_at, used_up }) => (opened_at ? <Moment at={opened_at} /> : used_up ? <Badge color="gray">{t("usedUp")}</Badge> : "–") },
        ]}
      />
      <Modal opened={asking} onClose={ask.close} title={t("askFor")} closeOnClickOutside={false}>{asking && <Answer onClose={ask.close} />}</Modal>
    </Stack>
  );
}

function Answer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const { t: common } = useTranslation();
  const form = useForm({
    initialValues: { kind: "resident_id" as Schemas["IdentifierKind"], text: "", papers_seen: "" },
    validate: (values) => missing(values, ["text", "papers_seen"], common("required")),
  });
  const send = useAct(
    ({ kind, text, papers_seen }: typeof form.values) => body(api.POST("/ombudsman/answers", { body: { kind, identifier: text.trim(), papers_seen: papers_seen.trim() } })),
    { refresh: ["person-answers"], quiet: true, onSuccess: () => form.setFieldValue("text", "") },
  );
  const given = send.data;
  if (given) {
    return (
      <Stack>
        <Alert title={t("answerReady")}>{t("linkUntil", { time: dateTime(given.expires_at) })}</Alert>
        <CopyField label={t("link")} value={given.link} />
        <CopyField label={t("code")} value={given.code} />
        <Button onClick={onClose} style={{ alignSelf: "flex-end" }}>{common("done")}</Button>
      </Stack>
    );
  }
  return (
    <form onSubmit={form.onSubmit((values) => send.mutate(values))} noValidate autoComplete="off">
      <Stack>
        <Text size="sm" c="dimmed">{t("askForText")}</Text>
        <Select label={t("identifier")} allowDeselect={false} data={(["resident_id", "passport"] as const).map((value) => ({ value, label: words(`identifier.${value}`) }))} {...form.getInputProps("kind")} />
        <TextInput label={t("personNumber")} description={t("personNumberHint")} required autoComplete="off" maxLength={64} className="figures" {...form.getInputProps("text")} />
        <TextInput label={t("papersSeen")} description={t("papersSeenHint")} required maxLength={100} {...form.getInputProps("papers_seen")} />
        <Failure error={send.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" loading={send.isPending}>{t("askFor")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
