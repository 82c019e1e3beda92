import { Button, Center, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Center component="main" mih="60vh" p="lg">
      <Stack align="center" gap="sm">
        <Title order={1}>{t("notFound")}</Title>
        <Text c="dimmed">{t("notFoundHint")}</Text>
        <Button component={Link} to="/" variant="default">
          {t("toStart")}
        </Button>
      </Stack>
    </Center>
  );
}
