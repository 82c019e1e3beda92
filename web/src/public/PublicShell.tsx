// The frame around the public pages: whose they are, language, light or dark.
import { ActionIcon, Anchor, Box, Button, Container, Group, Text, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconLanguage, IconMoon, IconSun } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { currentLocale, setLocale } from "@/i18n";
import classes from "./public.module.css";

interface Props {
  organisation?: { name: string };
  /** Where the name at the top leads, when not to the organisation's statements. */
  home?: { to: string; label: string };
  children: ReactNode;
}

export function PublicShell({ organisation, home, children }: Props) {
  const { t } = useTranslation("public");
  const { t: shell } = useTranslation("portal");
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  const other = currentLocale() === "zh" ? "en" : "zh";
  return (
    <Box className={classes.page}>
      <a className="skip-link" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById("content")?.focus(); }}>
        {t("skip")}
      </a>
      <header className={classes.header}>
        <Container size="md" py="sm">
          <Group justify="space-between" wrap="nowrap">
            <Anchor component={Link} to={home?.to ?? "/statements"} c="var(--mantine-color-text)" fw={650} truncate aria-label={home?.label ?? t("home", { organisation: organisation?.name ?? "" })}>
              {home?.label ?? organisation?.name ?? "Probity"}
            </Anchor>
            <Group gap={4} wrap="nowrap" className={classes.tools}>
              <Button variant="subtle" color="gray" c="var(--mantine-color-text)" size="compact-md" leftSection={<IconLanguage size={18} aria-hidden />}
                lang={other === "zh" ? "zh-Hans" : "en"} aria-label={shell("shell.switchTo")} onClick={() => setLocale(other)}>
                {other === "zh" ? "中文" : "English"}
              </Button>
              <ActionIcon variant="subtle" color="gray" c="var(--mantine-color-text)" size="lg" aria-label={shell(dark ? "shell.light" : "shell.dark")}
                onClick={() => setColorScheme(dark ? "light" : "dark")}>
                {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
              </ActionIcon>
            </Group>
          </Group>
        </Container>
      </header>
      <Container component="main" id="content" tabIndex={-1} size="md" py="xl" className={classes.main}>
        {children}
      </Container>
      <footer className={classes.footer}>
        <Container size="md"><Text size="xs" c="dimmed">Probity</Text></Container>
      </footer>
    </Box>
  );
}
