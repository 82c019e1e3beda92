// Small forms about a leak as a whole: its name, its end.
import { Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import "@/texts/leaks";
import { concerned, type Leak } from "./acts";

interface Props {
  leak: Leak;
  opened: boolean;
  onClose: () => void;
}

const reasons: Schemas["LeakCloseReason"][] = ["already_public", "own_release", "not_covered", "not_ours", "rumour", "duplicate", "no_match", "settled", "other"];

export function CloseDialog(props: Props) {
  const { t } = useTranslation("leaks");
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t("close")}>
      {props.opened && <Closing {...props} />}
    </Modal>
  );
}

function Closing({ leak, onClose }: Props) {
  const { t } = useTranslation("leaks");
  const { t: common } = useTranslation();
  const suggested = leak.answers.public_before === "yes" ? "already_public" : leak.answers.covered === "no" ? "not_covered" : leak.outcome === "no_match" ? "no_match" : "other";
  const form = useForm({ initialValues: { reason: suggested as Schemas["LeakCloseReason"], note: "" } });
  const close = useAct(
    (values: typeof form.values) => body(api.POST("/leaks/{leak}/close", { params: { path: { leak: leak.id } }, body: { reason: values.reason, ...(values.note.trim() ? { note: values.note.trim() } : {}) } })),
    { done: t("closed"), refresh: concerned, onSuccess: onClose },
  );
  return (
    <form onSubmit={form.onSubmit((values) => close.mutate(values))}>
      <Stack>
        <Text size="sm">{t("closeText")}</Text>
        <Select label={t("closeReason")} data={reasons.map((value) => ({ value, label: t(`closeReasons.${value}`) }))} allowDeselect={false} {...form.getInputProps("reason")} />
        <Textarea label={t("note")} autosize minRows={2} maxLength={4000} {...form.getInputProps("note")} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={close.isPending}>
            {t("close")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function EditDialog(props: Props) {
  const { t } = useTranslation("leaks");
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t("edit")}>
      {props.opened && <Editing {...props} />}
    </Modal>
  );
}

function Editing({ leak, onClose }: Props) {
  const { t } = useTranslation("leaks");
  const { t: common } = useTranslation();
  const form = useForm({
    initialValues: { title: leak.title, note: leak.note, project: leak.project },
    validate: { title: (title) => (title.trim() === "" ? common("required") : null) },
  });
  const projects = useQuery({
    queryKey: ["projects", "select"],
    queryFn: ({ signal }) => body(api.GET("/projects", { signal, params: { query: { limit: 200, sort: "name", state: "open" } } })),
  });
  const save = useAct(
    ({ title, note, project }: typeof form.values) => body(api.PATCH("/leaks/{leak}", { params: { path: { leak: leak.id } }, body: { title: title.trim(), note: note.trim(), project } })),
    { done: t("changed"), refresh: concerned, onSuccess: onClose },
  );
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <TextInput label={t("name")} required maxLength={200} data-autofocus {...form.getInputProps("title")} />
        <Select
          label={t("project")}
          description={t("projectHint")}
          data={(projects.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          clearable
          {...form.getInputProps("project")}
        />
        <Textarea label={t("note")} autosize minRows={2} maxLength={4000} {...form.getInputProps("note")} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {common("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
