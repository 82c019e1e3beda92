// Was it public already, and did a commitment cover it: what the records say, what people answer.
import { Alert, Badge, Button, Card, Group, List, Modal, SegmentedControl, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { SectionHeader } from "@/parts/SectionHeader";
import { said } from "@/parts/said";
import { dateOnly, dateTime } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import { concerned, type Leak } from "./acts";

type Answer = Schemas["LeakAnswer"];

export function Questions({ leak }: { leak: Leak }) {
  const { t } = useTranslation("leaks");
  const may = useMay();
  const { answers } = leak;
  const writes = may("write_leaks") && leak.state !== "closed";
  const form = useForm({
    initialValues: {
      public_before: (answers.public_before ?? "") as Answer | "",
      public_before_note: answers.public_before_note,
      covered: (answers.covered ?? "") as Answer | "",
      covered_note: answers.covered_note,
    },
  });
  const save = useAct(
    (values: typeof form.values) =>
      body(
        api.PUT("/leaks/{leak}/questions", {
          params: { path: { leak: leak.id } },
          body: { ...values, public_before: values.public_before || "unknown", covered: values.covered || "unknown" },
        }),
      ),
    { done: t("savedAnswers"), refresh: concerned, onSuccess: () => form.resetDirty() },
  );
  const mayEnd = form.values.public_before === "yes" || form.values.covered === "no";
  return (
    <Card component="form" onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <SectionHeader title={t("questions")} text={t("questionsText")} />
      <Stack gap="lg">
        {answers.helps.length > 0 && (
          <Alert color="blue" variant="light" title={t("whatRecordsSay")}>
            <List size="sm" spacing={4}>
              {answers.helps.map((help) => (
                <List.Item key={help.en}>{said(help)}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Question title={t("publicBefore")} text={t("publicBeforeText")} value={form.values.public_before} onChange={(value) => form.setFieldValue("public_before", value)} writes={writes}>
          <Published leak={leak} writes={writes} />
          <Textarea label={t("explain")} autosize minRows={1} maxLength={4000} readOnly={!writes} {...form.getInputProps("public_before_note")} />
        </Question>
        <Question title={t("covered")} text={t("coveredText")} value={form.values.covered} onChange={(value) => form.setFieldValue("covered", value)} writes={writes}>
          <Textarea label={t("explain")} autosize minRows={1} maxLength={4000} readOnly={!writes} {...form.getInputProps("covered_note")} />
        </Question>
        {mayEnd && <Alert color="yellow">{t("endsHere")}</Alert>}
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            {answers.answered_at && t("answeredBy", { name: answers.answered_by ?? "", time: dateTime(answers.answered_at) })}
          </Text>
          {writes && (
            <Button type="submit" variant={answers.answered_at ? "default" : "filled"} loading={save.isPending} disabled={!form.isDirty() && answers.answered_at !== null}>
              {t("saveAnswers")}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

interface QuestionProps {
  title: string;
  text: string;
  value: Answer | "";
  onChange: (value: Answer) => void;
  writes: boolean;
  children: React.ReactNode;
}

function Question({ title, text, value, onChange, writes, children }: QuestionProps) {
  const { t } = useTranslation("leaks");
  return (
    <Stack gap="xs" role="group" aria-label={title}>
      <div>
        <Title order={3} size="h4">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
      <SegmentedControl
        fullWidth
        aria-label={title}
        readOnly={!writes}
        value={value}
        onChange={(next) => onChange(next as Answer)}
        data={[
          { value: "yes", label: t("answerYes") },
          { value: "no", label: t("answerNo") },
          { value: "unknown", label: t("answerUnknown") },
        ]}
      />
      {children}
    </Stack>
  );
}

function Published({ leak, writes }: { leak: Leak; writes: boolean }) {
  const { t } = useTranslation("leaks");
  const [adding, add] = useDisclosure();
  return (
    <Stack gap="xs">
      {leak.release_matches.map((match) => (
        <Group key={`${match.item}-${match.release}`} gap="xs">
          <Badge color={match.same_picture ? "orange" : "gray"}>{match.same_picture ? t("releaseSame") : t("releaseLike")}</Badge>
          <Text size="sm">
            {match.title}, {dateOnly(match.published_at)}
          </Text>
        </Group>
      ))}
      {leak.publications.map((publication) => (
        <Text key={publication.id} size="sm">
          {publication.where}, {dateTime(publication.published_at)} {publication.note && `– ${publication.note}`}
        </Text>
      ))}
      {leak.release_matches.length === 0 && leak.publications.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noReleases")}
        </Text>
      )}
      {writes && (
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={add.open} style={{ alignSelf: "flex-start" }}>
          {t("addPublication")}
        </Button>
      )}
      <Modal opened={adding} onClose={add.close} title={t("addPublication")}>
        {adding && <AddPublication leak={leak.id} onClose={add.close} />}
      </Modal>
    </Stack>
  );
}

function AddPublication({ leak, onClose }: { leak: string; onClose: () => void }) {
  const { t } = useTranslation("leaks");
  const { t: common } = useTranslation();
  const form = useForm({
    initialValues: { where: "", address: "", published_at: null as string | null, note: "" },
    validate: { where: (where) => (where.trim() === "" ? common("required") : null), published_at: (at) => (at === null ? common("required") : null) },
  });
  const save = useAct(
    (values: typeof form.values) =>
      body(
        api.POST("/leaks/{leak}/publications", {
          params: { path: { leak } },
          body: { where: values.where.trim(), address: values.address.trim(), published_at: values.published_at ?? "", note: values.note.trim() },
        }),
      ),
    { done: t("changed"), refresh: concerned, onSuccess: onClose },
  );
  // A form within the questions' form would send both.
  return (
    <Stack>
      <TextInput label={t("publicationWhere")} required maxLength={200} data-autofocus {...form.getInputProps("where")} />
      <TextInput label={t("publicationAddress")} maxLength={1000} {...form.getInputProps("address")} />
      <ZonedTimeInput label={t("publicationWhen")} required fixedZone zone="" at={form.values.published_at} error={form.errors.published_at} onChange={(at) => form.setFieldValue("published_at", at)} />
      <Textarea label={t("note")} autosize maxLength={4000} {...form.getInputProps("note")} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button loading={save.isPending} onClick={() => form.onSubmit((values) => save.mutate(values))()}>
          {t("addPublication")}
        </Button>
      </Group>
    </Stack>
  );
}
