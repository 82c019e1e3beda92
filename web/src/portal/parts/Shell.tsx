// The frame around every page of the portal: who sent this, "I slipped" always at hand, language, light or dark, leave.
import { ActionIcon, Box, Button, Group, Menu, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconAlertTriangle, IconDotsVertical, IconDoorExit, IconLanguage, IconMail, IconMoon, IconSun } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router-dom";
import { api } from "@/api/client";
import { currentLocale, setLocale } from "@/i18n";
import { canSlip, dropToken, type Home } from "../session";
import classes from "../portal.module.css";

function Monogram({ name }: { name: string }) {
  return (
    <span className={classes.monogram} aria-hidden="true">
      {[...name.trim()][0]?.toUpperCase() ?? "P"}
    </span>
  );
}

export function LanguageButton() {
  const { t } = useTranslation("portal");
  const other = currentLocale() === "zh" ? "en" : "zh";
  return (
    <Button variant="subtle" color="gray" size="compact-md" c="var(--mantine-color-text)" leftSection={<IconLanguage size={18} aria-hidden />}
      onClick={() => setLocale(other)} lang={other === "zh" ? "zh-Hans" : "en"} aria-label={t("shell.switchTo")}>
      {other === "zh" ? "中文" : "English"}
    </Button>
  );
}

function ShellMenu({ home }: { home: Home }) {
  const { t } = useTranslation("portal");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const other = currentLocale() === "zh" ? "en" : "zh";
  const dark = colorScheme === "dark" || (colorScheme === "auto" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  async function leave() {
    await api.DELETE("/recipient/session").catch(() => undefined);
    dropToken();
    queries.removeQueries({ queryKey: ["recipient"] });
    navigate("/r/left", { replace: true });
  }
  return (
    <Menu position="bottom-end" width={230} shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" c="var(--mantine-color-text)" size={44} aria-label={t("shell.menu")}>
          <IconDotsVertical size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLanguage size={18} aria-hidden />} lang={other === "zh" ? "zh-Hans" : "en"} onClick={() => setLocale(other)}>
          {other === "zh" ? "中文" : "English"}
        </Menu.Item>
        <Menu.Item leftSection={dark ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />} onClick={() => setColorScheme(dark ? "light" : "dark")}>
          {t(dark ? "shell.light" : "shell.dark")}
        </Menu.Item>
        {home.sender_contact ? (
          <Menu.Item component="a" href={`mailto:${home.sender_contact}`} leftSection={<IconMail size={18} aria-hidden />}>
            {t("shell.ask", { sender: home.sender })}
          </Menu.Item>
        ) : null}
        <Menu.Divider />
        <Menu.Item leftSection={<IconDoorExit size={18} aria-hidden />} onClick={() => void leave()}>
          {t("shell.leave")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function Shell({ home, children }: { home: Home | null; children: ReactNode }) {
  const { t } = useTranslation("portal");
  const { pathname } = useLocation();
  const maySlip = home !== null && home.signed.some(canSlip);
  return (
    <Box className={classes.shell}>
      <a className="skip-link" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById("content")?.focus(); }}>
        {t("shell.skip")}
      </a>
      <header className={classes.header}>
        <div className={classes.headerRow}>
          {home !== null ? (
            <UnstyledButton component={Link} to="/r" className={classes.brand} aria-label={t("shell.home", { sender: home.sender })}>
              <Monogram name={home.sender} />
              <Text component="span" fw={600} truncate>{home.sender}</Text>
            </UnstyledButton>
          ) : (
            <Group gap={10} wrap="nowrap">
              <Monogram name="P" />
              <Text component="span" fw={600}>Probity</Text>
            </Group>
          )}
          <Group gap={4} wrap="nowrap" style={{ flexShrink: 0 }}>
            {maySlip && pathname !== "/r/slip" ? (
              <Button component={Link} to="/r/slip" variant="light" color="red" size="sm" className={classes.slipButton} leftSection={<IconAlertTriangle size={16} aria-hidden />}>
                {t("slip.button")}
              </Button>
            ) : null}
            {home !== null ? <ShellMenu home={home} /> : <LanguageButton />}
          </Group>
        </div>
      </header>
      <main id="content" className={classes.main} tabIndex={-1}>
        {children}
      </main>
      <footer className={classes.footer}>
        <Text size="xs" c="dimmed">{t("shell.footer")}</Text>
      </footer>
    </Box>
  );
}
