// What is to be done in a case, by whom, until when.
import { Button, Card, Checkbox, Group, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChecklist, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { AccountSelect } from "@/parts/AccountSelect";
import { EmptyState } from "@/parts/EmptyState";
import { FormDialog, missing } from "@/parts/FormDialog";
import { Moment } from "@/parts/Moment";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import { concerned, useCase } from "./acts";
import classes from "./cases.module.css";

type Task = Schemas["CaseTask"];

export function Component() {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const found = useCase();
  const may = useMay();
  const [adding, add] = useDisclosure();
  const writes = may("write_cases") && found.state !== "closed";
  const open = found.tasks.filter(({ state }) => state === "open").sort((one, other) => (one.due_at ?? "9").localeCompare(other.due_at ?? "9"));
  const ended = found.tasks.filter(({ state }) => state !== "open");
  return (
    <Stack>
      <Card>
        <Group justify="space-between" mb="md">
          <Title order={2} size="h3">
            {t("tasks")}
          </Title>
          {writes && (
            <Button size="xs" leftSection={<IconPlus size={14} />} onClick={add.open}>
              {t("addTask")}
            </Button>
          )}
        </Group>
        {open.length === 0 && <EmptyState icon={IconChecklist} title={t("tasksEmpty")} />}
        <Stack component="ul" gap="md" className={classes.plain}>
          {open.map((task) => (
            <Line key={task.id} task={task} writes={writes} />
          ))}
        </Stack>
      </Card>
      {ended.length > 0 && (
        <Card>
          <Title order={2} size="h3" mb="md">
            {t("doneTasks")}
          </Title>
          <Stack component="ul" gap="md" className={classes.plain}>
            {ended.map((task) => (
              <Line key={task.id} task={task} writes={writes} />
            ))}
          </Stack>
        </Card>
      )}
      <FormDialog
        opened={adding}
        onClose={add.close}
        title={t("addTask")}
        submit={t("addTask")}
        initial={() => ({ title: "", detail: "", assignee: found.owner?.account ?? null, due_at: null as string | null })}
        validate={(values) => missing(values, ["title"], common("required"))}
        run={({ title, detail, assignee, due_at }) =>
          body(
            api.POST("/cases/{case}/tasks", {
              params: { path: { case: found.id } },
              body: { title: title.trim(), ...(detail.trim() ? { detail: detail.trim() } : {}), ...(assignee ? { assignee } : {}), ...(due_at ? { due_at } : {}) },
            }),
          )
        }
        done={t("added")}
        refresh={concerned}
      >
        {(form) => (
          <>
            <TextInput label={t("taskTitle")} required maxLength={200} data-autofocus {...form.getInputProps("title")} />
            <Textarea label={t("taskDetail")} autosize minRows={2} maxLength={4000} {...form.getInputProps("detail")} />
            <AccountSelect label={t("assignee")} known={[found.owner, found.reviewer, found.second_reviewer]} value={form.values.assignee} onChange={(assignee) => form.setFieldValue("assignee", assignee)} />
            <ZonedTimeInput label={t("dueAt")} fixedZone future zone="" at={form.values.due_at} onChange={(at) => form.setFieldValue("due_at", at)} />
          </>
        )}
      </FormDialog>
    </Stack>
  );
}

function Line({ task, writes }: { task: Task; writes: boolean }) {
  const { t } = useTranslation("cases");
  const found = useCase();
  const change = useAct((state: Task["state"]) => body(api.PATCH("/cases/{case}/tasks/{task}", { params: { path: { case: found.id, task: task.id } }, body: { state } })), {
    refresh: concerned,
  });
  return (
    <Group component="li" wrap="nowrap" align="flex-start" justify="space-between">
      <Group wrap="nowrap" align="flex-start" gap="sm" miw={0}>
        <Checkbox
          mt={2}
          aria-label={t("markDone", { title: task.title })}
          checked={task.state === "done"}
          disabled={!writes || task.state === "dropped" || change.isPending}
          onChange={(event) => change.mutate(event.currentTarget.checked ? "done" : "open")}
        />
        <Stack gap={2} miw={0}>
          <Text size="sm" fw={550} td={task.state === "open" ? undefined : "line-through"}>
            {task.title}
          </Text>
          {task.detail && (
            <Text size="sm" c="dimmed" className={classes.prose}>
              {task.detail}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {task.assignee?.name}
            {task.done_at && ` · ${task.done_by ?? ""} ${dateTime(task.done_at)}`}
          </Text>
        </Stack>
      </Group>
      <Group gap="sm" wrap="nowrap" style={{ flex: "none" }}>
        {task.due_at && task.state === "open" && (
          <Text size="sm" c={task.overdue ? "red" : "dimmed"} fw={task.overdue ? 600 : undefined}>
            <Moment at={task.due_at} />
          </Text>
        )}
        {task.state !== "open" && <StateBadge of="task" state={task.state} />}
        {writes && (
          <Button size="compact-xs" variant="default" aria-label={`${task.state === "open" ? t("dropTask") : t("reopenTask")}: ${task.title}`} loading={change.isPending} onClick={() => change.mutate(task.state === "open" ? "dropped" : "open")}>
            {task.state === "open" ? t("dropTask") : t("reopenTask")}
          </Button>
        )}
      </Group>
    </Group>
  );
}
