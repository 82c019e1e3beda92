// Who is signed in; own account, language, appearance, signing out.
import { Avatar, Box, Group, Menu, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconLogout, IconMoon, IconSelector, IconSun, IconUser } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api } from "@/api/client";
import { currentLocale, type Locale, setLocale } from "@/i18n";
import { initials } from "@/parts/initials";
import { useSession, useSignOut } from "@/session/session";
import classes from "./StaffShell.module.css";

export function AccountMenu({ compact = false }: { compact?: boolean }) {
  const { t } = useTranslation("shell");
  const { t: common } = useTranslation();
  const { session } = useSession();
  const signOut = useSignOut();
  const queries = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { account } = session;

  const choose = (locale: Locale) => {
    setLocale(locale);
    // Kept with the account, so that mails and other devices speak it too; the page need not wait.
    void api.PATCH("/account", { body: { locale } }).then(() => queries.invalidateQueries({ queryKey: ["session"] }), () => undefined);
  };
  const tick = (on: boolean) => (on ? <IconCheck size={14} /> : null);
  return (
    <Menu width={236} position={compact ? "bottom-end" : "top-start"} withinPortal>
      <Menu.Target>
        <UnstyledButton className={compact ? undefined : classes.account} aria-label={compact ? account.name : undefined}>
          <Group gap="sm" wrap="nowrap">
            <Avatar color="ink" size={compact ? 32 : 34} radius="xl" aria-hidden>
              {initials(account.name)}
            </Avatar>
            {!compact && (
              <>
                <Box flex={1} miw={0}>
                  <Text size="sm" fw={550} truncate>
                    {account.name}
                  </Text>
                  <Text size="xs" c="dimmed" truncate>
                    {session.organisation}
                  </Text>
                </Box>
                <IconSelector size={16} aria-hidden />
              </>
            )}
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{account.email}</Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={16} stroke={1.6} />}>
          {t("account")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{common("language")}</Menu.Label>
        <Menu.Item lang="en" rightSection={tick(currentLocale() === "en")} onClick={() => choose("en")}>
          English
        </Menu.Item>
        <Menu.Item lang="zh-Hans" rightSection={tick(currentLocale() === "zh")} onClick={() => choose("zh")}>
          中文
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("appearance")}</Menu.Label>
        <Menu.Item leftSection={<IconSun size={16} stroke={1.6} />} rightSection={tick(colorScheme === "light")} onClick={() => setColorScheme("light")}>
          {common("light")}
        </Menu.Item>
        <Menu.Item leftSection={<IconMoon size={16} stroke={1.6} />} rightSection={tick(colorScheme === "dark")} onClick={() => setColorScheme("dark")}>
          {common("dark")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void signOut()}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
