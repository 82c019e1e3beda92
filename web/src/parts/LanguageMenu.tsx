// Language and light or dark, where no account says so.
import { ActionIcon, Group, Menu, Tooltip, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { currentLocale, type Locale, setLocale } from "@/i18n";

export function LanguageMenu({ onChange }: { onChange?: (locale: Locale) => void }) {
  const { t } = useTranslation();
  const choose = (locale: Locale) => {
    setLocale(locale);
    onChange?.(locale);
  };
  const current = currentLocale();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t("language")}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("language")}>
            <IconLanguage size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item lang="en" rightSection={current === "en" && <IconCheck size={14} />} onClick={() => choose("en")}>
          English
        </Menu.Item>
        <Menu.Item lang="zh-Hans" rightSection={current === "zh" && <IconCheck size={14} />} onClick={() => choose("zh")}>
          中文
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function SchemeMenu() {
  const { t } = useTranslation();
  const { t: shell } = useTranslation("shell");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices = [
    { value: "light", label: t("light"), icon: IconSun },
    { value: "dark", label: t("dark"), icon: IconMoon },
    { value: "auto", label: t("system"), icon: IconDeviceDesktop },
  ] as const;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={shell("appearance")}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={shell("appearance")}>
            <IconSun size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ value, label, icon: Picture }) => (
          <Menu.Item
            key={value}
            leftSection={<Picture size={16} stroke={1.6} />}
            rightSection={colorScheme === value && <IconCheck size={14} />}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function Preferences({ onLocale }: { onLocale?: (locale: Locale) => void }) {
  return (
    <Group gap={2} wrap="nowrap">
      <LanguageMenu onChange={onLocale} />
      <SchemeMenu />
    </Group>
  );
}
