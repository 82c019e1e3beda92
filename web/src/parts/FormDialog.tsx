// A form in a dialog: fields in the middle, cancel and one act at the foot. Values begin anew each time it opens.
import { Button, Group, Modal, type ModalProps, Stack, Text } from "@mantine/core";
import { type FormErrors, useForm, type UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { Failure } from "./Failure";

interface Props<Values extends Record<string, unknown>, Output> {
  opened: boolean;
  onClose: () => void;
  title: string;
  text?: ReactNode;
  submit: string;
  danger?: boolean;
  size?: ModalProps["size"];
  initial: () => Values;
  validate?: (values: Values) => FormErrors;
  run: (values: Values) => Promise<Output>;
  done?: string | ((output: Output) => string);
  refresh: string[];
  onDone?: (output: Output) => void;
  children: (form: UseFormReturnType<Values>) => ReactNode;
}

export function FormDialog<Values extends Record<string, unknown>, Output>(props: Props<Values, Output>) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size={props.size ?? "md"}>
      {props.opened && <Body {...props} />}
    </Modal>
  );
}

function Body<Values extends Record<string, unknown>, Output>({ onClose, text, submit, danger, initial, validate, run, done, refresh, onDone, children }: Props<Values, Output>) {
  const { t } = useTranslation();
  const form = useForm<Values>({ initialValues: initial(), ...(validate ? { validate } : {}) });
  const act = useAct(run, {
    ...(done ? { done } : {}),
    refresh,
    quiet: true,
    onSuccess: (output) => {
      onClose();
      onDone?.(output);
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => act.mutate(values))} noValidate>
      <Stack>
        {text && (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
        {children(form)}
        <Failure error={act.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" color={danger ? "red" : undefined} loading={act.isPending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Which of these fields are empty: "please fill this in" for each. */
export function missing<Values extends Record<string, unknown>>(values: Values, fields: (keyof Values & string)[], words: string): FormErrors {
  return Object.fromEntries(
    fields.filter((field) => values[field] === null || values[field] === undefined || String(values[field]).trim() === "").map((field) => [field, words]),
  );
}
