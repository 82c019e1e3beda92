// A supplier's answer: their own, or written down for them when it came by mail or telephone.
import { ActionIcon, Button, Checkbox, Group, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { FormDialog } from "@/parts/FormDialog";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { concerned } from "./acts";

type Rectification = Schemas["Rectification"];
const kinds: Schemas["RectificationAction"]["kind"][] = ["technical", "process", "contract", "training", "disciplinary", "other"];

interface Work {
  text: string;
  owner: string;
  kind: Schemas["RectificationAction"]["kind"];
  due_at: string | null;
  done_at: string | null;
  proof: string;
  [more: string]: unknown;
}
interface Values {
  team: string;
  containment: Work[];
  occurrence: string;
  escape: string;
  actions: Work[];
  flow_down: Schemas["FlowDown"][];
  [more: string]: unknown;
}

type Part = keyof Schemas["RectificationAnswer"];
const stages: Schemas["RectificationStage"][] = ["issued", "containment", "cause", "plan", "implementing", "verifying"];
const acceptedWith: Record<Part, Schemas["RectificationStage"]> = {
  team: "issued",
  containment: "containment",
  occurrence: "cause",
  escape: "cause",
  actions: "implementing",
  flow_down: "implementing",
};

/** What was accepted stays as it is: neither shown as a field nor sent again. */
export function isOpen(stage: Schemas["RectificationStage"], part: Part): boolean {
  return stages.indexOf(stage) <= stages.indexOf(acceptedWith[part]);
}

const lines = (text: string) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
const work = (values: Partial<Work> = {}): Work => ({ text: "", owner: "", kind: "process", due_at: null, done_at: null, proof: "", ...values });

function answerOf(stage: Schemas["RectificationStage"], { team, containment, occurrence, escape, actions, flow_down }: Values): Schemas["RectificationAnswer"] {
  const times = ({ due_at, done_at }: Work) => ({ ...(due_at ? { due_at } : {}), ...(done_at ? { done_at } : {}) });
  const filled = (all: Work[]) => all.filter(({ text }) => text.trim() !== "");
  const all: Schemas["RectificationAnswer"] = {
    team,
    containment: filled(containment).map((one) => ({ text: one.text, owner: one.owner, ...times(one), ...(one.proof ? { proof: one.proof } : {}) })),
    occurrence: lines(occurrence).map((text) => ({ text })),
    escape: lines(escape).map((text) => ({ text })),
    actions: filled(actions).map((one) => ({ text: one.text, owner: one.owner, kind: one.kind, due_at: one.due_at ?? "", ...(one.done_at ? { done_at: one.done_at } : {}), ...(one.proof ? { evidence: one.proof } : {}) })),
    flow_down: flow_down.map(({ supplier, commitment_signed, copies_recalled, note }) => ({ supplier, commitment_signed, copies_recalled, ...(note ? { note } : {}) })),
  };
  return Object.fromEntries(Object.entries(all).filter(([part]) => isOpen(stage, part as Part)));
}

function wrong(values: Values, required: string) {
  const found: Record<string, string> = {};
  for (const [field, needsDue] of [["containment", false], ["actions", true]] as const) {
    values[field].forEach((one, at) => {
      if (one.text.trim() === "") return;
      if (one.owner.trim() === "") found[`${field}.${at}.owner`] = required;
      if (needsDue && !one.due_at) found[`${field}.${at}.due_at`] = required;
    });
  }
  return found;
}

interface Props {
  found: Rectification;
  opened: boolean;
  onClose: () => void;
  /** The supplier's own words and way of saving; otherwise staff write it down for them. */
  title?: string;
  done?: string;
  save?: (answer: Schemas["RectificationAnswer"]) => Promise<Rectification>;
}

export function AnswerForm({ found, opened, onClose, title, done, save }: Props) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const open = (part: Part) => isOpen(found.stage, part);
  return (
    <FormDialog<Values, Rectification>
      opened={opened}
      onClose={onClose}
      title={title ?? t("answerFor")}
      submit={common("save")}
      size="xl"
      initial={() => ({
        team: found.team ?? "",
        containment: found.containment.length > 0 ? found.containment.map((one) => work({ text: one.text, owner: one.owner, due_at: one.due_at ?? null, done_at: one.done_at ?? null, proof: one.proof ?? "" })) : [work()],
        occurrence: found.occurrence.map(({ text }) => text).join("\n"),
        escape: found.escape.map(({ text }) => text).join("\n"),
        actions: found.actions.map((one) => work({ text: one.text, owner: one.owner, kind: one.kind, due_at: one.due_at, done_at: one.done_at ?? null, proof: one.evidence ?? "" })),
        flow_down: found.flow_down,
      })}
      validate={(values) => wrong(values, common("required"))}
      run={(values) => save?.(answerOf(found.stage, values)) ?? body(api.PUT("/rectifications/{rectification}", { params: { path: { rectification: found.id } }, body: answerOf(found.stage, values) }))}
      done={done ?? t("changed")}
      refresh={[...concerned, "rectification"]}
    >
      {(form) => (
        <>
          {open("team") && <TextInput label={t("team")} maxLength={2000} {...form.getInputProps("team")} />}
          {open("containment") && <Lines form={form} field="containment" title={t("containment")} />}
          {open("occurrence") && <Textarea label={t("occurrence")} autosize minRows={2} {...form.getInputProps("occurrence")} />}
          {open("escape") && <Textarea label={t("escape")} autosize minRows={2} {...form.getInputProps("escape")} />}
          {open("actions") && <Lines form={form} field="actions" title={t("actions")} withKind />}
          {open("flow_down") && form.values.flow_down.length > 0 && (
            <Stack gap="xs" role="group" aria-label={t("flowDown")}>
              <Text size="sm" fw={550}>
                {t("flowDown")}
              </Text>
              {form.values.flow_down.map((one, at) => (
                <Group key={one.supplier} gap="md">
                  <Text size="sm" flex="1 1 160px">
                    {one.name}
                  </Text>
                  <Checkbox label={t("signedAgain")} {...form.getInputProps(`flow_down.${at}.commitment_signed`, { type: "checkbox" })} />
                  <Checkbox label={t("recalled")} {...form.getInputProps(`flow_down.${at}.copies_recalled`, { type: "checkbox" })} />
                </Group>
              ))}
            </Stack>
          )}
        </>
      )}
    </FormDialog>
  );
}

function Lines({ form, field, title, withKind }: { form: UseFormReturnType<Values>; field: "containment" | "actions"; title: string; withKind?: boolean }) {
  const { t } = useTranslation("cases");
  return (
    <Stack gap="sm" role="group" aria-label={title}>
      <Text size="sm" fw={550}>
        {title}
      </Text>
      {form.values[field].map((one, at) => (
        <Stack key={at} gap="xs">
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <Textarea flex={1} label={`${title} ${at + 1}`} autosize minRows={1} maxLength={2000} {...form.getInputProps(`${field}.${at}.text`)} />
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("removeLine", { line: at + 1 })} onClick={() => form.removeListItem(field, at)}>
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
          <Group gap="xs" align="flex-start">
            <TextInput flex="1 1 140px" label={t("owner1")} maxLength={200} {...form.getInputProps(`${field}.${at}.owner`)} />
            {withKind && <Select flex="1 1 120px" label={t("kindLabel")} allowDeselect={false} data={kinds.map((value) => ({ value, label: t(`actionKind.${value}`) }))} {...form.getInputProps(`${field}.${at}.kind`)} />}
            <TextInput flex="1 1 160px" label={t("proof")} maxLength={2000} {...form.getInputProps(`${field}.${at}.proof`)} />
          </Group>
          <Group gap="xs" grow>
            <ZonedTimeInput label={t("dueAt")} quiet fixedZone zone="" at={one.due_at} error={form.errors[`${field}.${at}.due_at`]} onChange={(when) => form.setFieldValue(`${field}.${at}.due_at`, when as never)} />
            <ZonedTimeInput label={t("markAsDone")} quiet fixedZone zone="" at={one.done_at} onChange={(when) => form.setFieldValue(`${field}.${at}.done_at`, when as never)} />
          </Group>
        </Stack>
      ))}
      <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={() => form.insertListItem(field, work())} style={{ alignSelf: "flex-start" }}>
        {t("addLine")}
      </Button>
    </Stack>
  );
}
