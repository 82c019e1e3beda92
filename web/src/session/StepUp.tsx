// Asks for the password again when the API wants proof of presence; the refused request is then tried once more.
import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body, onStepUp } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { acceptSession, useSession } from "./session";

export function StepUp() {
  const { t } = useTranslation("session");
  const { session } = useSession();
  const queries = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const answer = useRef<((proved: boolean) => void) | null>(null);
  const asked = useRef<Promise<boolean> | null>(null);
  const form = useForm({ initialValues: { password: "", code: "" } });

  const finish = (proved: boolean) => {
    setOpened(false);
    form.reset();
    setError(null);
    answer.current?.(proved);
    answer.current = null;
    asked.current = null;
  };

  useEffect(() => {
    // Several requests refused at once share one question.
    onStepUp(() => {
      asked.current ??= new Promise((resolve) => {
        answer.current = resolve;
        setOpened(true);
      });
      return asked.current;
    });
    return () => onStepUp(null);
  }, []);

  const prove = async (values: { password: string; code: string }) => {
    setBusy(true);
    setError(null);
    try {
      const code = values.code.trim();
      const proved = await body(
        api.POST("/session/step-up", { body: { password: values.password, ...(code ? { code } : {}) } }),
      );
      acceptSession(queries, proved);
      finish(true);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal opened={opened} onClose={() => finish(false)} title={t("stepUpTitle")} zIndex={400}>
      <form onSubmit={form.onSubmit(prove)}>
        <Stack>
          <Text size="sm">{t("stepUpText")}</Text>
          <Failure error={error} />
          <input type="email" autoComplete="username" value={session.account.email} readOnly hidden />
          <PasswordInput label={t("password")} required autoComplete="current-password" data-autofocus {...form.getInputProps("password")} />
          {session.account.has_totp && (
            <TextInput label={t("code")} description={t("codeHint")} required inputMode="numeric" autoComplete="one-time-code" {...form.getInputProps("code")} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => finish(false)}>
              {t("cancel", { ns: "common" })}
            </Button>
            <Button type="submit" loading={busy}>
              {t("continue")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
