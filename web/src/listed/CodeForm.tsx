// What a letter's link opens: the code that came apart from it. The same for every link, whatever is behind it.
import { Button, Card, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asApiError } from "@/api/errors";
import { Failure } from "@/parts/Failure";
import "./texts";

interface Props {
  title: string;
  text: string;
  busy: boolean;
  error: unknown;
  onOpen: (code: string) => void;
  onType: () => void;
}

const longest = 16;

export function CodeForm({ title, text, busy, error, onOpen, onType }: Props) {
  const { t } = useTranslation("listed");
  const [code, setCode] = useState("");
  const wrong = error !== null && [400, 401, 404, 410].includes(asApiError(error).status);
  return (
    <Stack maw={480} mx="auto">
      <Card withBorder padding="xl" radius="lg">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (code.trim()) onOpen(code.trim());
          }}
        >
          <Stack gap="lg">
            <div>
              <Title order={1} size="h2">{title}</Title>
              <Text mt="xs">{text}</Text>
            </div>
            <TextInput
              label={t("code")}
              size="lg"
              name="code"
              autoComplete="one-time-code"
              inputMode="numeric"
              maxLength={longest}
              value={code}
              error={wrong ? t("wrong") : undefined}
              onChange={(event) => {
                setCode(event.currentTarget.value.replace(/\s/g, ""));
                onType();
              }}
            />
            {!wrong && <Failure error={error} />}
            <Button type="submit" size="lg" fullWidth loading={busy} disabled={code === ""}>{t("open")}</Button>
          </Stack>
        </form>
      </Card>
      <Group gap={8} wrap="nowrap" align="flex-start" c="dimmed">
        <IconShieldLock size={18} style={{ flex: "none", marginTop: 2 }} aria-hidden />
        <Text size="sm">{t("private")}</Text>
      </Group>
    </Stack>
  );
}
