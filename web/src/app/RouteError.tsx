// Shown when a page itself fails, or when its part of the program could not be loaded after an update.
import { Button, Center, Code, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router-dom";
import { asApiError } from "@/api/errors";

export function RouteError() {
  const { t } = useTranslation();
  const error = asApiError(useRouteError());
  return (
    <Center component="main" mih="60vh" p="lg">
      <Stack align="center" gap="sm">
        <Title order={1}>{t("errorTitle")}</Title>
        <Text c="dimmed">{error.title}</Text>
        {error.detail && <Code>{error.detail}</Code>}
        <Button onClick={() => window.location.reload()}>{t("retry")}</Button>
      </Stack>
    </Center>
  );
}
