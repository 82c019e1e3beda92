// The frame of pages before signing in: the mark, one card, language and appearance.
import { Box, Card, Center, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Preferences } from "@/parts/LanguageMenu";
import { Wordmark } from "@/parts/Mark";
import "@/texts/session";
import "@/texts/shell";
import classes from "./Doorway.module.css";

export function Doorway({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  const { t } = useTranslation("session");
  useEffect(() => {
    document.title = `${title} · Probity`;
  }, [title]);
  return (
    <Box className={classes.ground}>
      <Group component="header" justify="space-between" p="md">
        <Wordmark />
        <Preferences />
      </Group>
      <Center component="main" className={classes.middle}>
        <Stack w="100%" maw={420} gap="lg">
          <Card padding="xl" shadow="sm">
            <Stack gap="md">
              <Stack gap={6}>
                <Title order={1} size="h2">
                  {title}
                </Title>
                {text && (
                  <Text size="sm" c="dimmed">
                    {text}
                  </Text>
                )}
              </Stack>
              {children}
            </Stack>
          </Card>
          <Text size="sm" c="dimmed" ta="center">
            {t("tagline")}
          </Text>
        </Stack>
      </Center>
    </Box>
  );
}
