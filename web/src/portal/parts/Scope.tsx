// The promise in plain words: channel by channel what one may not do, and what one may.
import { List, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { IconCheck, IconHelp, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { instantIn, zoneName } from "../time";

type Channel = Schemas["Channel"];
const channels: Channel[] = ["own_media", "private_feeds", "direct_messages", "groups", "friends_family", "colleagues"];

interface ScopeProps {
  terms: Schemas["Terms"];
  sender: string;
  mayInvite: boolean;
}

function Mark({ kind }: { kind: "no" | "yes" | "open" }) {
  const Icon = kind === "no" ? IconX : kind === "yes" ? IconCheck : IconHelp;
  return (
    <ThemeIcon variant="light" color={kind === "no" ? "red" : kind === "yes" ? "teal" : "gray"} size={26} radius="xl">
      <Icon size={16} aria-hidden />
    </ThemeIcon>
  );
}

export function Scope({ terms, sender, mayInvite }: ScopeProps) {
  const { t } = useTranslation("portal");
  const covered = channels.filter((channel) => terms.channels.includes(channel));
  const open = channels.filter((channel) => !terms.channels.includes(channel));
  const until = terms.embargo_at
    ? t("scope.until", { instant: instantIn(terms.embargo_at, terms.embargo_zone ?? "UTC"), zone: zoneName(terms.embargo_zone ?? "UTC") })
    : t("scope.noEnd", { sender });
  const told = (channel: Channel) => (channel === "colleagues" && mayInvite ? t("scope.no.colleaguesInvite") : t(`scope.no.${channel}`));
  return (
    <Stack gap="lg">
      <div>
        <Title order={3} mb={4}>{t("scope.mayNot")}</Title>
        <Text size="sm" c="dimmed" mb="sm">{until}</Text>
        <List spacing="sm" icon={<Mark kind="no" />} styles={{ itemWrapper: { alignItems: "flex-start" } }}>
          {covered.map((channel) => (
            <List.Item key={channel}>
              <Text fw={550} lh={1.35}>{t(`scope.channel.${channel}`)}</Text>
              <Text size="sm" c="dimmed">{told(channel)}</Text>
            </List.Item>
          ))}
        </List>
      </div>
      <div>
        <Title order={3} mb="sm">{t("scope.may")}</Title>
        <List spacing="sm" icon={<Mark kind="yes" />} styles={{ itemWrapper: { alignItems: "flex-start" } }}>
          <List.Item>{t("scope.yes.open")}</List.Item>
          {terms.embargo_at ? <List.Item>{t("scope.yes.publish")}</List.Item> : null}
          {mayInvite ? <List.Item>{t("scope.yes.invite")}</List.Item> : null}
        </List>
      </div>
      {open.length > 0 ? (
        <div>
          <Title order={3} mb="sm">{t("scope.open")}</Title>
          <List spacing="xs" icon={<Mark kind="open" />}>
            {open.map((channel) => <List.Item key={channel}>{t(`scope.channel.${channel}`)}</List.Item>)}
          </List>
          <Text size="sm" c="dimmed" mt="xs">{t("scope.openHint", { sender })}</Text>
        </div>
      ) : null}
    </Stack>
  );
}
