// Questions before an act that cannot, or not easily, be taken back.
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { modals } from "@mantine/modals";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { tellFailure } from "./notify";

interface Question {
  title: string;
  text: ReactNode;
  confirm: string;
  danger?: boolean;
  run: () => Promise<unknown>;
  /** Closed without an answer. */
  onCancel?: () => void;
}

interface ReasonQuestion extends Omit<Question, "run"> {
  run: (reason: string) => Promise<unknown>;
}

function Asking({ text, confirm, danger, run, id, withReason }: ReasonQuestion & { id: string; withReason: boolean }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState("");
  const ready = !withReason || reason.trim() !== "";
  const go = async () => {
    if (!ready) return;
    setBusy(true);
    try {
      await run(reason.trim());
      modals.close(id);
    } catch (error) {
      tellFailure(error);
      setBusy(false);
    }
  };
  return (
    <Stack
      component="form"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        void go();
      }}
    >
      <Text size="sm">{text}</Text>
      {withReason && (
        <Textarea
          label={t("reason")}
          description={t("reasonHint")}
          required
          autosize
          minRows={2}
          maxLength={2000}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={() => modals.close(id)}>
          {t("cancel")}
        </Button>
        <Button type="submit" color={danger ? "red" : undefined} loading={busy} disabled={!ready}>
          {confirm}
        </Button>
      </Group>
    </Stack>
  );
}

function open(question: ReasonQuestion, withReason: boolean): void {
  const id = `ask-${Math.round(performance.now() * 1000)}`;
  let ran = false;
  const run = async (reason: string) => {
    await question.run(reason);
    ran = true;
  };
  modals.open({
    modalId: id,
    title: question.title,
    onClose: () => {
      if (!ran) question.onCancel?.();
    },
    children: <Asking {...question} run={run} id={id} withReason={withReason} />,
  });
}

export function ask(question: Question): void {
  open(question, false);
}

export function askReason(question: ReasonQuestion): void {
  open(question, true);
}
